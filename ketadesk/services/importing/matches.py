"""Who of an export is already there, who is new, and who resembles someone.

The same person: the same record number and given name, or the same name and birth date unless the
record numbers differ. A record number that belongs to someone else is refused; nobody is guessed
away. Rows without number and birth date are the same only when they are equal in every value.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha1
from uuid import UUID

from ketadesk.domain.errors import Refused
from ketadesk.domain.ids import PatientId, Uuid
from ketadesk.domain.importing.rows import RowReader
from ketadesk.domain.importing.source import KnownRow, RefusedRow, Resemblance, SourceRow
from ketadesk.domain.names import digits, folded, full_name
from ketadesk.domain.patients import PatientDraft
from ketadesk.services.patients import NAME_LIKENESS_BORN_SAME_DAY
from ketadesk.store.database import Row

IMPORTED = UUID("6e7a4c0e-3d0b-5b55-9f0c-7d3f5a1f2b10")
"""The namespace of the UUIDs of imported rows: the same row makes the same UUID again."""

MOST_COMPARED = 50
"""Names compared per birth date: beyond, the date is a placeholder and resembles nobody."""


@dataclass(frozen=True)
class NewPatient:
    uuid: Uuid
    draft: PatientDraft


@dataclass
class Sorted:
    """The rows of an export by what is to become of each."""

    new: list[NewPatient] = field(default_factory=list)
    back: list[tuple[PatientId, PatientDraft]] = field(default_factory=list)
    known: list[KnownRow] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    look_at: list[Resemblance] = field(default_factory=list)


@dataclass(slots=True)
class _Person:
    """Someone in the clinic file, or from an earlier row of the export (then without an id)."""

    name: str
    key: str
    given: str
    born: str | None
    number: str
    phone: str
    email: str
    patient_id: PatientId | None
    active: bool
    uuid: str


class _People:
    """Everyone so far, found by what tells people apart."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.by_uuid: dict[str, _Person] = {}
        self.by_number: dict[str, _Person] = {}
        self.by_name_and_birth: dict[tuple[str, str], _Person] = {}
        self.unnumbered: dict[tuple[str, str], _Person] = {}
        self.by_name: defaultdict[str, list[_Person]] = defaultdict(list)
        self.by_birth: defaultdict[str, list[_Person]] = defaultdict(list)
        self.by_phone: defaultdict[tuple[str, str], list[_Person]] = defaultdict(list)
        for row in rows:
            self.add(_kept_person(row))

    def add(self, person: _Person) -> None:
        self.by_uuid[person.uuid] = person
        if person.number:
            self.by_number[person.number] = person
        self.by_name[person.key].append(person)
        if person.born:
            self.by_birth[person.born].append(person)
            self.by_name_and_birth.setdefault((person.key, person.born), person)
            if not person.number:
                self.unnumbered.setdefault((person.key, person.born), person)
        if len(person.phone) >= 7:
            self.by_phone[person.phone, _first_word(person.given)].append(person)

    def same(self, person: _Person) -> _Person | None:
        """The one who is this person; Refused when their record number is someone else's."""
        if person.number and (other := self.by_number.get(person.number)):
            if _same_given(other.given, person.given) and _may_be_equal(other.born, person.born):
                return other
            raise Refused(
                "row_record_number_taken", record_number=person.number, patient=other.name
            )
        other = self.by_uuid.get(person.uuid)
        if other is not None and not (person.number and other.number):
            return other
        namesakes = self.unnumbered if person.number else self.by_name_and_birth
        return namesakes.get((person.key, person.born)) if person.born else None

    def like(self, person: _Person) -> tuple[_Person, str] | None:
        """Someone who could be this person after all, and why; a person has to look."""
        for other in self.by_name.get(person.key, ())[:MOST_COMPARED]:
            if _could_be_one_birth(person.born, other.born):
                return other, "same_name"
        others = self.by_birth.get(person.born or "", ())
        if 0 < len(others) <= MOST_COMPARED:
            from rapidfuzz import fuzz

            for other in others:
                alike = fuzz.token_sort_ratio(person.key, other.key)
                same_given = _first_word(person.given) == _first_word(other.given)
                if same_given or alike >= NAME_LIKENESS_BORN_SAME_DAY:
                    return other, "same_birth_date"
        for other in self.by_phone.get((person.phone, _first_word(person.given)), ())[:1]:
            return other, "same_phone"
        return None


def sort_rows(rows: Sequence[SourceRow], reader: RowReader, existing: Iterable[Row]) -> Sorted:
    """Puts every row in one place: new, brought back, known or refused."""
    people = _People(existing)
    found = Sorted()
    for row in rows:
        try:
            draft = reader.draft(row)
            person = _new_person(draft, row)
            same = people.same(person)
        except Refused as error:
            found.refused.append(RefusedRow(row.line, error.code, error.values, row))
            continue
        if same is not None:
            _sort_same(found, row, draft, person, same)
            continue
        like = people.like(person)
        if like is not None:
            other, code = like
            found.look_at.append(Resemblance(row.line, person.name, other.name, code))
        if person.uuid in people.by_uuid:
            person.uuid = _uuid("values", row.values)
        people.add(person)
        found.new.append(NewPatient(Uuid(person.uuid), draft))
    return found


def _sort_same(
    found: Sorted, row: SourceRow, draft: PatientDraft, person: _Person, same: _Person
) -> None:
    if not same.active and same.patient_id is not None:
        same.active = True
        found.back.append((same.patient_id, draft))
        return
    differs = tuple(
        name
        for name, mine, other in (
            ("name", person.key, same.key),
            ("birth_date", person.born, same.born),
            ("record_number", person.number, same.number),
            ("phone", person.phone, same.phone),
            ("email", person.email, same.email),
        )
        if mine and mine != other
    )
    code = "known_patient" if same.patient_id is not None else "twice_in_file"
    known = KnownRow(row.line, person.name, same.patient_id or PatientId(0), code, differs)
    found.known.append(known)


def _new_person(draft: PatientDraft, row: SourceRow) -> _Person:
    name = full_name(draft.given_name, draft.family_name)
    born = draft.birth_date.isoformat() if draft.birth_date else None
    person = _person(name, draft.given_name, born, draft.record_number, draft.phone, draft.email)
    if draft.record_number:
        person.uuid = _uuid("number", (draft.record_number,))
    elif born:
        person.uuid = _uuid("born", (person.key, born))
    else:
        person.uuid = _uuid("values", row.values)
    return person


def _kept_person(row: Row) -> _Person:
    name = full_name(row["given_name"], row["family_name"])
    person = _person(
        name,
        row["given_name"],
        row["birth_date"],
        row["record_number"],
        row["phone"],
        row["email"],
    )
    person.uuid = row["uuid"]
    person.patient_id = PatientId(row["id"])
    person.active = bool(row["active"])
    return person


def _person(
    name: str, given: str, born: str | None, number: str, phone: str, email: str
) -> _Person:
    return _Person(
        name=name,
        key=" ".join(folded(name).split()),
        given=folded(given),
        born=born,
        number=number,
        phone=digits(phone)[-10:],
        email=email.casefold(),
        patient_id=None,
        active=True,
        uuid="",
    )


def _same_given(one: str, other: str) -> bool:
    """Whether two given names are one: a middle name may be missing or be only an initial."""
    return all(
        mine == their or (at > 0 and mine[0] == their[0] and 1 in (len(mine), len(their)))
        for at, (mine, their) in enumerate(
            zip(one.replace(".", " ").split(), other.replace(".", " ").split(), strict=False)
        )
    )


def _first_word(text: str) -> str:
    return text.partition(" ")[0]


def _could_be_one_birth(one: str | None, other: str | None) -> bool:
    """Whether two birth dates may be one: one is missing, has a slip, or is turned round."""
    if one is None or other is None:
        return True
    (year, month, day), theirs = one.split("-"), other.split("-")
    return [year, month, day] == [theirs[0], theirs[2], theirs[1]] or (
        sum(mine == their for mine, their in zip((year, month, day), theirs, strict=True)) >= 2
    )


def _may_be_equal(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _uuid(kind: str, values: Sequence[str]) -> str:
    """`str(uuid5(...))`, put together from the digest: an import makes one for every row."""
    name = "\x1f".join((kind, *values))
    digest = sha1(IMPORTED.bytes + name.encode(), usedforsecurity=False).hexdigest()
    variant = "89ab"[int(digest[16], 16) % 4]
    return f"{digest[:8]}-{digest[8:12]}-5{digest[13:16]}-{variant}{digest[17:20]}-{digest[20:32]}"
