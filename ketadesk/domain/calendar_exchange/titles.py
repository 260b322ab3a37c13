"""Whom an event's title names, out of everybody the clinic knows: one person, or nobody.

The first given name and all of the family name must stand in it as whole words, in any order and
without regard to accents, as the find field has them. Initials are no name: "Ana G." may be
anyone's.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ketadesk.domain.ids import PatientId
from ketadesk.domain.names import folded, full_name

_WORDS = re.compile(r"[^\W_]+")
MOST_SHOWN = 3


@dataclass(frozen=True)
class Person:
    """A patient by what tells them apart; `born` is an ISO date or empty."""

    id: PatientId
    given_name: str
    family_name: str
    called_name: str
    born: str
    record_number: str

    @property
    def label(self) -> str:
        """ "Ana García · 1985-03-14 · 00123": as it is offered, and understood when given back."""
        name = full_name(self.given_name, self.family_name)
        return " · ".join(part for part in (name, self.born, self.record_number) if part)


MOST_WORDS = 40
"""Words of a title that are looked at."""


def words_of(text: str) -> list[str]:
    return _WORDS.findall(folded(text))


class People:
    """Everybody, looked up by the words of their names."""

    def __init__(self, everybody: Iterable[Person]) -> None:
        self._by_word: dict[str, list[Person]] = defaultdict(list)
        self._by_family: dict[str, list[Person]] = defaultdict(list)
        self._by_label: dict[str, list[Person]] = defaultdict(list)
        for person in everybody:
            words = words_of(f"{person.family_name} {person.given_name}")
            for word in set(words):
                self._by_word[word].append(person)
            for word in words[:1]:
                self._by_family[word].append(person)
            name = full_name(person.given_name, person.family_name)
            labels = {" ".join(words_of(text)) for text in (person.label, name)}
            for label in labels | {" ".join(words_of(person.record_number))}:
                if label:
                    self._by_label[label].append(person)

    def named(self, title: str) -> list[Person]:
        """Who is named: nobody, one, or several between whom a person must choose."""
        said = set(words_of(title)[:MOST_WORDS])
        near = {person.id: person for word in said for person in self._by_family.get(word, ())}
        named = {person.id: names for person in near.values() if (names := _named(person, said))}
        # "Ana García López" names no other Ana García besides.
        return [
            near[person_id]
            for person_id, names in named.items()
            if not any(names < other for other in named.values())
        ]

    def near(self, title: str) -> list[Person]:
        """The few who share most of a title's words, to be looked at."""
        said = set(words_of(title)[:MOST_WORDS])
        shared: dict[PatientId, int] = defaultdict(int)
        near: dict[PatientId, Person] = {}
        for word in said:
            for person in self._by_word.get(word, ())[:50]:
                shared[person.id] += 1
                near[person.id] = person
        ordered = sorted(near, key=lambda person_id: (-shared[person_id], person_id))
        return [near[person_id] for person_id in ordered[:MOST_SHOWN]]

    def meant(self, text: str) -> Person | None:
        """The one whose record number, name or label was written; None for nobody or several."""
        found = self._by_label.get(" ".join(words_of(text)), ())
        return found[0] if len(found) == 1 else None


def _named(person: Person, said: set[str]) -> frozenset[str]:
    """The words of the title that are this person's name; none where they are not named."""
    family, given = words_of(person.family_name), words_of(person.given_name)
    called = words_of(person.called_name)
    if not family:
        return frozenset(given) if len(given) > 1 and said.issuperset(given) else frozenset()
    if not said.issuperset(family):
        return frozenset()
    for first in (given[:1], called[:1]):
        if first and said.issuperset(first) and not {*first} <= {*family}:
            return frozenset((*family, *(word for word in given if word in said), *first))
    return frozenset()
