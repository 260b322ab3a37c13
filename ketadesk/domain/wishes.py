"""What a patient would like of a place, and what going without it is worth."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from ketadesk.domain.ids import ChairId, StaffId


class PartOfDay(StrEnum):
    """By the local time at which the appointment starts."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"

    @classmethod
    def of(cls, at: time) -> "PartOfDay":
        """The morning ends at 12:00, the afternoon at 17:00."""
        return cls.MORNING if at.hour < 12 else cls.AFTERNOON if at.hour < 17 else cls.EVENING


@dataclass(frozen=True)
class Wishes:
    """What the patient would like; only `not_before` and `not_after` are kept without fail.

    Weekdays count from 0 for Monday, none means any; `at` is the usual or asked-for local time.
    """

    weekdays: frozenset[int] = frozenset()
    part: PartOfDay | None = None
    chair_id: ChairId | None = None
    nurse_id: StaffId | None = None
    at: time | None = None
    not_before: date | None = None
    not_after: date | None = None


NO_WISHES = Wishes()


@dataclass(frozen=True)
class Hours:
    """From when until when somebody can come, in local time; None where any time is good."""

    begins: time | None = None
    ends: time | None = None

    @property
    def any(self) -> bool:
        return self.begins is None and self.ends is None


ANY_HOURS = Hours()


class Wish(StrEnum):
    WEEKDAY = "weekday"
    PART = "part"
    NURSE = "nurse"
    CHAIR = "chair"


COST: dict[Wish, int] = {Wish.WEEKDAY: 7, Wish.PART: 5, Wish.NURSE: 4, Wish.CHAIR: 2}
"""How many days one would rather wait than go without a wish."""


def missed_day(wishes: Wishes, day: date) -> tuple[Wish, ...]:
    """The weekday, if it is not a wished one."""
    met = not wishes.weekdays or day.weekday() in wishes.weekdays
    return () if met else (Wish.WEEKDAY,)


def missed_part(wishes: Wishes, at: time) -> tuple[Wish, ...]:
    """The part of the day, if the local time of the start is not in the wished one."""
    return () if wishes.part in (None, PartOfDay.of(at)) else (Wish.PART,)
