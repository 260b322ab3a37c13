"""How moments, dates and exact amounts lie in the file, and how they come back."""

from datetime import UTC, date, datetime, time
from decimal import Decimal


def seconds(moment_: datetime) -> int:
    """UTC seconds of an aware moment; a naive one is a defect, never guessed."""
    if moment_.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be kept")
    return int(moment_.timestamp())


def moment(seconds_: int) -> datetime:
    return datetime.fromtimestamp(seconds_, UTC)


def optional_seconds(moment_: datetime | None) -> int | None:
    return None if moment_ is None else seconds(moment_)


def optional_moment(seconds_: int | None) -> datetime | None:
    return None if seconds_ is None else moment(seconds_)


def iso_date(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def optional_date(text: str | None) -> date | None:
    return None if not text else date.fromisoformat(text)


def optional_time(text: str) -> time | None:
    """A local time of day; the empty text is none."""
    return time.fromisoformat(text) if text else None


def time_text(at: time | None) -> str:
    return "" if at is None else at.isoformat("minutes")


def optional_decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
