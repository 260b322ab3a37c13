"""Invented people: patients with names from many places, and who takes them home."""

import tomllib
from collections.abc import Container
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from ketadesk import resources
from ketadesk.domain.names import folded
from ketadesk.domain.patients import Eligibility, PatientDraft
from ketadesk.sample.chance import Chance


@dataclass(frozen=True)
class EscortPerson:
    name: str
    relation: str
    phone: str
    stays_overnight: bool | None


@dataclass(frozen=True)
class Person:
    """A patient before being written: the form, what belongs to it, and how the body answers.

    `weight` in kg; `systolic`, `diastolic` in mmHg and `heart_rate` per minute are the person's
    own baseline, around which readings are made up.
    """

    draft: PatientDraft
    escorts: tuple[EscortPerson, ...]
    allergies: tuple[tuple[str, str], ...]
    medications: tuple[tuple[str, str], ...]
    weight: Decimal
    systolic: int
    diastolic: int
    heart_rate: int
    since: date = field(default=date.min)
    """The day the patient became known here."""


def person(
    chance: Chance, number: int, *, since: date, today: date, others: Container[tuple[str, str]]
) -> Person:
    """One more patient, no namesake of the `others`; the record number keeps the rest apart."""
    people = _people()
    while True:
        folk = chance.choice(people["peoples"])
        given, family = chance.choice(folk["given"]), chance.choice(folk["family"])
        if chance.happens(0.02):
            given, family = chance.choice(people["one_named"]), ""
        if (given, family) not in others:
            break
    language = folk["language"] if chance.happens(0.8) else "en"
    draft = PatientDraft(
        given_name=given,
        family_name=family,
        called_name=given.split()[0] if " " in given else "",
        birth_date=chance.birth_date(today),
        record_number=f"HC-{number:05d}",
        phone=_phone(chance),
        email=_email(given, family, number) if chance.happens(0.7) else "",
        address=f"{chance.randint(1, 480)} {chance.choice(people['streets'])}",
        spoken_language=language,
        written_language=language,
        interpreter_needed=language != "en" and chance.happens(0.2),
    )
    return Person(
        draft=with_eligibility(draft, since),
        escorts=_escorts(chance, given, family),
        allergies=_some(chance, people["allergies"], 0.25),
        medications=_some(chance, people["medications"], 0.55),
        weight=Decimal(chance.randint(480, 1080)) / 10,
        systolic=chance.randint(108, 138),
        diastolic=chance.randint(66, 86),
        heart_rate=chance.randint(60, 84),
        since=since,
    )


def with_eligibility(draft: PatientDraft, since: date) -> PatientDraft:
    """Assessed and approved by the clinic's doctor soon after the first call."""
    return replace(
        draft,
        eligibility=Eligibility.APPROVED,
        assessed_by="Dr. Shah",
        assessed_on=since,
        approved_by="Dr. Shah",
        approved_on=since + timedelta(days=1),
        approval_expires_on=since + timedelta(days=366),
    )


def _escorts(chance: Chance, given: str, family: str) -> tuple[EscortPerson, ...]:
    return tuple(
        EscortPerson(
            name=f"{_other_name(chance, given)} {family}".strip(),
            relation=chance.choice(_people()["relations"]),
            phone=_phone(chance),
            stays_overnight=chance.choice((True, True, False, None)),
        )
        for _ in range(chance.choice((1, 1, 1, 2)))
    )


def _other_name(chance: Chance, given: str) -> str:
    """Nobody is taken home by a namesake."""
    while (name := str(chance.choice(chance.choice(_people()["peoples"])["given"]))) == given:
        continue
    return name


def _some(
    chance: Chance, pairs: list[list[str]], probability: float
) -> tuple[tuple[str, str], ...]:
    """None, one or two of the pairs."""
    if not chance.happens(probability):
        return ()
    chosen = chance.sample(pairs, chance.choice((1, 1, 2)))
    return tuple((first, second) for first, second in chosen)


def _phone(chance: Chance) -> str:
    """An exchange that films use, in area codes that phone checks accept."""
    area = chance.choice(("310", "213", "818", "562", "626", "909", "661", "805"))
    return f"{area}-555-{chance.randint(100, 9999):04d}"


def _email(given: str, family: str, number: int) -> str:
    letters = "".join(mark for mark in folded(given + "." + family) if mark.isascii())
    local = "".join(mark for mark in letters if mark.isalnum() or mark == ".").strip(".")
    return f"{local}.{number}@example.org"


@cache
def _people() -> dict[str, Any]:
    return tomllib.loads(resources.text("sample", "people.toml"))
