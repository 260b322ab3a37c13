"""What a wording file may ask of the facts: named values, named conditions and named groups.

The three sets are closed: a wording that asks for anything else is broken and says so.
"""

import re
import unicodedata
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ketadesk.domain.sheets import SheetKind
from ketadesk.paper import dates
from ketadesk.paper.errors import PaperRefused
from ketadesk.paper.facts import (
    AftercareFacts,
    ClinicFacts,
    MedicineGiven,
    NextVisit,
    PickupFacts,
    PrintedBy,
    SheetFacts,
)

KIND_OF_FACTS: dict[type, SheetKind] = {
    AftercareFacts: SheetKind.AFTERCARE,
    PickupFacts: SheetKind.PICKUP,
}
CONDITIONS: dict[str, frozenset[str]] = {
    SheetKind.AFTERCARE: frozenset(
        {
            *("escort_named", "escort_not_named"),
            *("escort_stays", "escort_leaves", "escort_not_asked"),
            *("blood_pressure_high", "night_phone", "no_night_phone"),
            *("crisis_line_988", "other_crisis_line"),
            *("next_visit", "next_visit_counted", "next_visit_not_counted", "no_next_visit"),
        }
    ),
    SheetKind.PICKUP: frozenset(
        {
            *("ready_window", "ready_moment", "entrance_named", "ask_for_named"),
            *("escort_named", "escort_not_named", "night_phone", "no_night_phone"),
            *("crisis_line_988", "other_crisis_line"),
        }
    ),
}
_GROUP_OF_MEDICINE = {
    "nausea": "medicines_for_nausea",
    "calming": "medicines_to_calm",
    "blood_pressure": "medicines_for_blood_pressure",
    "other": "medicines_for_other_reasons",
}
GROUPS: dict[str, frozenset[str]] = {
    SheetKind.AFTERCARE: frozenset(_GROUP_OF_MEDICINE.values()),
    SheetKind.PICKUP: frozenset(),
}
# An amount in a medicine's name ("4 mg", "0.5 mg/kg"): what was given stays in the record.
_AMOUNT = re.compile(r"[\s,(]*\b\d[\d.,]*\s*(mg|mcg|µg|μg|ug|g|ml|units?|iu)\b(/\w+)*\)?", re.I)
_BLOOD_PRESSURE = re.compile(r"\d{2,3}/\d{2,3}")

Values = dict[str, str]


def clean(text: str | None) -> str:
    """Text as it is printed: one line, composed letters, without invisible marks."""
    composed = unicodedata.normalize("NFC", text or "")
    seen = "".join(" " if c.isspace() else c for c in composed if unicodedata.category(c) != "Cf")
    return " ".join(seen.split())


def kind_of(facts: SheetFacts) -> SheetKind:
    """The kind of sheet that these facts are for."""
    return KIND_OF_FACTS[type(facts)]


def conditions_met(facts: SheetFacts) -> frozenset[str]:
    """The names of the conditions that hold for these facts."""
    escort, night = bool(clean(facts.escort_name)), bool(clean(facts.clinic.phone_night))
    us_line = clean(facts.clinic.crisis_line) == "988"
    met = {
        "escort_named": escort,
        "escort_not_named": not escort,
        "night_phone": night,
        "no_night_phone": not night,
        "crisis_line_988": us_line,
        "other_crisis_line": not us_line,
    }
    met |= _aftercare_met(facts) if isinstance(facts, AftercareFacts) else _pickup_met(facts)
    return frozenset(name for name, holds in met.items() if holds)


def _aftercare_met(facts: AftercareFacts) -> dict[str, bool]:
    escort = bool(clean(facts.escort_name))
    visit = facts.next_visit
    counted = visit is not None and bool(visit.number and visit.of)
    return {
        "escort_stays": escort and facts.escort_stays_overnight is True,
        "escort_leaves": escort and facts.escort_stays_overnight is False,
        "escort_not_asked": escort and facts.escort_stays_overnight is None,
        "blood_pressure_high": facts.blood_pressure_high_at_release is not None,
        "next_visit": visit is not None,
        "no_next_visit": visit is None,
        "next_visit_counted": counted,
        "next_visit_not_counted": visit is not None and not counted,
    }


def _pickup_met(facts: PickupFacts) -> dict[str, bool]:
    return {
        "ready_window": facts.ready_from != facts.ready_until,
        "ready_moment": facts.ready_from == facts.ready_until,
        "entrance_named": bool(clean(facts.clinic.entrance)),
        "ask_for_named": bool(clean(facts.ask_for)),
    }


def values_of(facts: SheetFacts, language: str) -> Values:
    """Every placeholder that these facts can fill, as the words that will be printed."""
    clock = _Clock(facts.clinic, language)
    values = _clinic_values(facts.clinic) | {
        "on": dates.long_date(facts.on, language),
        "on_with_year": dates.long_date(facts.on, language, year=True),
        "patient_called": clean(facts.patient_called),
        "escort": clean(facts.escort_name),
        "printed_by": clean(facts.printed.name),
        "printed_at": _printed_at(facts.printed, clock),
    }
    if isinstance(facts, AftercareFacts):
        return values | _aftercare_values(facts, clock)
    return values | _pickup_values(facts, clock)


def groups_of(facts: SheetFacts, language: str) -> dict[str, list[Values]]:
    """The entries of each group, oldest first: the medicines given, by their reason."""
    if isinstance(facts, PickupFacts):
        return {}
    clock = _Clock(facts.clinic, language)
    groups: dict[str, list[Values]] = {name: [] for name in GROUPS[SheetKind.AFTERCARE]}
    for given in sorted(facts.medicines_given, key=lambda given: given.at):
        groups[_GROUP_OF_MEDICINE[given.kind]].append(_medicine_values(given, clock))
    return groups


class _Clock:
    """Writes times in the clinic's zone and the sheet's language; refuses one without a zone."""

    def __init__(self, clinic: ClinicFacts, language: str) -> None:
        self.language = language
        try:
            self._zone = ZoneInfo(clinic.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise PaperRefused("zone_unknown", {"zone": clinic.zone}) from None

    def local(self, at: datetime, fact: str) -> datetime:
        """The clinic's wall clock at this instant."""
        if at.tzinfo is None:
            raise PaperRefused("time_without_zone", {"fact": fact})
        return at.astimezone(self._zone)


def _clinic_values(clinic: ClinicFacts) -> Values:
    return {
        "clinic": clean(clinic.name),
        "address": clean(clinic.address),
        "entrance": clean(clinic.entrance),
        "phone_day": clean(clinic.phone_day),
        "phone_night": clean(clinic.phone_night),
        "emergency_number": clean(clinic.emergency_number),
        "crisis_line": clean(clinic.crisis_line),
    }


def _printed_at(printed: PrintedBy, clock: _Clock) -> str:
    at = clock.local(printed.at, "printed_at")
    language = clock.language
    return f"{dates.short_date(at, language)}, {dates.clock_time(at, language)}"


def _aftercare_values(facts: AftercareFacts, clock: _Clock) -> Values:
    driving = clock.local(facts.no_driving_before, "no_driving_before")
    _in_order("no_driving_before", facts.on, driving.date())
    pressure = facts.blood_pressure_high_at_release
    if pressure is not None and not _BLOOD_PRESSURE.fullmatch(pressure):
        raise PaperRefused("blood_pressure_unreadable", {"value": clean(pressure)})
    values = {
        "patient_name": clean(facts.patient_name),
        "no_driving_before": dates.moment(driving, clock.language),
        "blood_pressure": pressure or "",
    }
    if facts.next_visit is not None:
        values |= _next_visit_values(facts.next_visit, facts.on, clock)
    return values


def _next_visit_values(visit: NextVisit, on: date, clock: _Clock) -> Values:
    starts = clock.local(visit.starts, "next_starts")
    solids = clock.local(visit.no_solids_after, "no_solids_after")
    alcohol = clock.local(visit.no_alcohol_from, "no_alcohol_from")
    _in_order("next_starts", on, starts.date())
    _in_order("no_solids_after", solids, starts)
    _in_order("no_alcohol_from", alcohol, starts)
    return {
        "next_starts": dates.moment(starts, clock.language),
        "next_number": str(visit.number or ""),
        "next_of": str(visit.of or ""),
        "no_solids_after": dates.near_moment(solids, clock.language, near=starts),
        "no_alcohol_from": dates.near_moment(alcohol, clock.language, near=starts),
    }


def _pickup_values(facts: PickupFacts, clock: _Clock) -> Values:
    ready_from = clock.local(facts.ready_from, "ready_from")
    ready_until = clock.local(facts.ready_until, "ready_until")
    _in_order("ready_until", ready_from, ready_until)
    driving = clock.local(facts.no_driving_before, "no_driving_before")
    _in_order("no_driving_before", facts.on, driving.date())
    return {
        "no_driving_before": dates.moment(driving, clock.language),
        "ready_from": dates.clock_time(ready_from, clock.language),
        "ready_until": dates.clock_time(ready_until, clock.language),
        "ask_for": clean(facts.ask_for),
    }


def _medicine_values(given: MedicineGiven, clock: _Clock) -> Values:
    return {
        "medicine": clean(_AMOUNT.sub("", clean(given.name))),
        "medicine_at": dates.clock_time(clock.local(given.at, "medicine_at"), clock.language),
    }


def _in_order(fact: str, earlier: date, later: date) -> None:
    """A later time before an earlier one means wrong facts; such a sheet would mislead."""
    if later < earlier:
        raise PaperRefused("times_out_of_order", {"fact": fact})
