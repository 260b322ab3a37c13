"""Reads one typed line as a set of vital signs: `132/84 78 98 16 m4 d5 p3 o2 2 @10:35; note`.

First the four vital signs in the order of the table, "-" for one that was not taken: blood
pressure, heart rate, saturation, respiratory rate. Then, by letter and in any order: MOAA/S,
dissociation, pain, oxygen flow, the true time. What follows a semicolon or stands in quotes is a
note. Nothing is guessed: what is not understood is a problem with its place in the line.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from ketadesk.domain.errors import Value
from ketadesk.domain.flags import flags
from ketadesk.domain.line_time import TimeProblem, true_time
from ketadesk.domain.readings import BOUNDS, Vitals
from ketadesk.domain.rules import Rules

POSITIONS = ("heart_rate", "oxygen_saturation", "respiratory_rate")
"""What the plain numbers after the blood pressure stand for."""

_END = r"(?=[\s,;\"“”]|$)"
_GAP = re.compile(r"[\s,]+")
_NOTE = re.compile(r";(?P<rest>.*)|[\"“”](?P<quoted>[^\"“”]*)(?:[\"“”]|$)", re.DOTALL)
_TIME = re.compile(
    r"(?:t\s*|@\s*)(?P<hour>[0-9]{1,2})[:.h](?P<minute>[0-9]{2})" + _END, re.IGNORECASE
)
_PRESSURE = re.compile(r"(?P<systolic>[0-9]+)\s*/\s*(?P<diastolic>[0-9]+)" + _END)
_NUMBER = re.compile(r"(?P<number>[0-9]+)%?" + _END)
_SKIP = re.compile(r"[-–—]" + _END)
_LETTERS = (
    ("moaas", r"moaa/?s|m"),
    ("dissociation", r"dissociation|diss|d"),
    ("pain", r"pain|p"),
)
_LETTERED = tuple(
    (vital, re.compile(rf"(?:{letters})\s*(?P<number>[0-9]+)" + _END, re.IGNORECASE))
    for vital, letters in _LETTERS
)
_WITHOUT_NUMBER = tuple(
    (vital, re.compile(rf"(?:{letters})" + _END, re.IGNORECASE))
    for vital, letters in (*_LETTERS, ("oxygen_flow", "o2"))
)
_OXYGEN = re.compile(
    r"o2\s*(?P<number>[0-9]{1,6}(?:[.,][0-9]{1,3})?)\s*(?:l(?:/min)?)?" + _END, re.IGNORECASE
)
_TOKEN = re.compile(r"[^\s,;\"“”]+")


@dataclass(frozen=True)
class Problem:
    """A remark on the characters from `start` up to `end` of the line; codes have sentences."""

    code: str
    values: Mapping[str, Value]
    start: int
    end: int


@dataclass(frozen=True)
class ParsedLine:
    """What a line says. Problems keep it from being saved; the unusual asks for one more Enter.

    `taken_at` is UTC: the time that was typed, else that of the amended reading, else now.
    """

    vitals: Vitals
    taken_at: datetime
    time_typed: bool
    problems: tuple[Problem, ...] = ()
    unusual: tuple[Problem, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.problems


def parse(
    text: str,
    *,
    now: datetime,
    rules: Rules | None = None,
    previous: Vitals | None = None,
    amended_at: datetime | None = None,
) -> ParsedLine:
    """Reads the line as typed at `now` on the clinic's wall clock; never raises for any text.

    A line that amends a reading keeps its true time `amended_at`, to the second and the day,
    unless another minute is typed.

    With the clinic's rules, values across a threshold are unusual, and so are jumps from the
    previous reading larger than the clinic allows without asking.
    """
    scan = _Scan(text, now, amended_at)
    scan.run()
    vitals = Vitals(**scan.found, note=" ".join(scan.notes))
    problems = tuple(sorted(scan.problems, key=lambda problem: (problem.start, problem.end)))
    if vitals.empty and not problems:
        problems = (Problem("line_empty", {}, 0, len(text)),)
    unusual: tuple[Problem, ...] = ()
    if rules is not None and not problems:
        unusual = _unusual(vitals, scan.places, rules, previous)
    return ParsedLine(
        vitals=vitals,
        taken_at=scan.taken_at,
        time_typed=scan.time_typed,
        problems=problems,
        unusual=unusual,
    )


class _Scan:
    """One walk through a line, from left to right."""

    def __init__(self, text: str, now: datetime, amended_at: datetime | None) -> None:
        self.text = text
        self.found: dict[str, Any] = {}
        self.places: dict[str, tuple[int, int]] = {}
        self.notes: list[str] = []
        self.problems: list[Problem] = []
        self.taken_at = true_time(None, amended_at or now)
        self.time_typed = False
        self._amended_at = amended_at
        self._now = now
        self._position = 0
        self._lost = False
        """After something not understood, nobody knows what the plain numbers stand for."""

    def run(self) -> None:
        at = 0
        while at < len(self.text):
            gap = _GAP.match(self.text, at)
            at = gap.end() if gap else self._token(at)

    def _token(self, at: int) -> int:
        """Reads what stands at `at` and returns where it ends."""
        for pattern, read in (
            (_NOTE, self._note),
            (_TIME, self._time),
            (_PRESSURE, self._pressure),
            (_SKIP, self._skip),
            (_NUMBER, self._number),
            (_OXYGEN, self._oxygen),
        ):
            match = pattern.match(self.text, at)
            if match:
                read(match)
                return match.end()
        for vital, pattern in _LETTERED:
            match = pattern.match(self.text, at)
            if match:
                self._put(vital, match["number"], *match.span())
                return match.end()
        return self._not_understood(at)

    def _not_understood(self, at: int) -> int:
        for vital, pattern in _WITHOUT_NUMBER:
            match = pattern.match(self.text, at)
            if match:
                self._problem("line_number_missing", *match.span(), vital=vital)
                return match.end()
        match = _TOKEN.match(self.text, at)
        end = match.end() if match else at + 1
        self._problem("line_token_unknown", at, end, token=self.text[at:end][:40])
        self._lost = True
        return end

    def _note(self, match: re.Match[str]) -> None:
        note = (match["rest"] or match["quoted"] or "").strip()
        if note:
            self.notes.append(note)

    def _time(self, match: re.Match[str]) -> None:
        shown = f"{match['hour']}:{match['minute']}"
        if self.time_typed:
            self._problem("line_given_twice", *match.span(), vital="taken_at")
            return
        self.time_typed = True
        typed = int(match["hour"]), int(match["minute"])
        if typed == self._amended_minute():
            return
        try:
            self.taken_at = true_time(typed, self._now)
        except TimeProblem as problem:
            self._problem(problem.code, *match.span(), time=shown)

    def _amended_minute(self) -> tuple[int, int] | None:
        """What the clinic's clock showed when the amended reading was taken."""
        if self._amended_at is None:
            return None
        local = self._amended_at.astimezone(self._now.tzinfo)
        return local.hour, local.minute

    def _pressure(self, match: re.Match[str]) -> None:
        if self._position > 0:
            code = "line_given_twice" if "systolic" in self.places else "line_pressure_not_first"
            self._problem(code, *match.span(), vital="systolic")
            return
        self._position = 1
        self._lost = False
        self._put("systolic", match["systolic"], *match.span())
        self._put("diastolic", match["diastolic"], *match.span())
        systolic, diastolic = self.found.get("systolic"), self.found.get("diastolic")
        if systolic is not None and diastolic is not None and systolic <= diastolic:
            self._problem(
                "line_pressure_swapped", *match.span(), systolic=systolic, diastolic=diastolic
            )

    def _skip(self, match: re.Match[str]) -> None:
        if self._position > len(POSITIONS):
            self._problem("line_too_many_numbers", *match.span(), token=match[0])
        self._position += 1

    def _number(self, match: re.Match[str]) -> None:
        token = match[0][:12]
        if self._lost:
            return
        if self._position > len(POSITIONS):
            self._problem("line_too_many_numbers", *match.span(), token=token)
        elif self._position == 0:
            self._problem("line_pressure_expected", *match.span(), token=token)
            self._lost = True
        else:
            self._put(POSITIONS[self._position - 1], match["number"], *match.span())
            self._position += 1

    def _oxygen(self, match: re.Match[str]) -> None:
        flow = Decimal(match["number"].replace(",", "."))
        self._keep("oxygen_flow", flow, str(flow), *match.span())

    def _put(self, vital: str, number: str, start: int, end: int) -> None:
        # A number longer than any vital sign is never converted: it is impossible as it stands.
        value = int(number) if len(number) <= 6 else None
        self._keep(vital, value, number[:12], start, end)

    def _keep(self, vital: str, value: Any, shown: str, start: int, end: int) -> None:
        if vital in self.places:
            self._problem("line_given_twice", start, end, vital=vital)
            return
        self.places[vital] = (start, end)
        low, high = BOUNDS[vital]
        if value is None or not low <= value <= high:
            self._problem(
                "line_value_impossible", start, end, vital=vital, value=shown, low=low, high=high
            )
            return
        self.found[vital] = value

    def _problem(self, code: str, start: int, end: int, **values: Value) -> None:
        self.problems.append(Problem(code, values, start, end))


_JUMPS = ("systolic", "diastolic", "heart_rate", "oxygen_saturation")


def _unusual(
    vitals: Vitals,
    places: Mapping[str, tuple[int, int]],
    rules: Rules,
    previous: Vitals | None,
) -> tuple[Problem, ...]:
    """What crosses one of the clinic's thresholds, and what jumped since the previous reading."""
    found = []
    for flag in flags(vitals, rules, None):
        code = "line_value_high" if flag.code.endswith("_high") else "line_value_low"
        values: dict[str, Value] = {"vital": flag.vital, "value": flag.value, "limit": flag.limit}
        found.append(Problem(code, values, *places[flag.vital]))
    for vital in _JUMPS:
        value = getattr(vitals, vital)
        before = None if previous is None else getattr(previous, vital)
        if value is None or before is None:
            continue
        if abs(value - before) > getattr(rules, f"jump_{vital}"):
            values = {"vital": vital, "value": value, "previous": before}
            found.append(Problem("line_value_jump", values, *places[vital]))
    return tuple(sorted(found, key=lambda remark: (remark.start, remark.end)))
