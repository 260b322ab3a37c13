"""The one source of the present moment, so that tests and the tour can hold it still."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]
"""Answers with the present moment as an aware UTC datetime."""


def system_clock() -> datetime:
    """The machine's present moment, in whole seconds, because that is what the store keeps."""
    return datetime.now(UTC).replace(microsecond=0)


@dataclass
class HeldClock:
    """A clock that stands still until it is moved; for tests, the tour and keying in a past day."""

    moment: datetime

    def __call__(self) -> datetime:
        return self.moment


@dataclass(frozen=True)
class ShiftedClock:
    """A clock that runs, but somewhere else in time; for the demo, whose day stands at 10:42."""

    shift: timedelta

    def __call__(self) -> datetime:
        return system_clock() + self.shift
