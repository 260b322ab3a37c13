"""How a patient's wishes lie in a row: of a course, or of the waitlist."""

from typing import Any

from ketadesk.domain.ids import ChairId, StaffId
from ketadesk.domain.wishes import PartOfDay, Wishes
from ketadesk.store.database import Row
from ketadesk.store.values import iso_date, optional_date, optional_time, time_text


def wishes_values(wishes: Wishes) -> dict[str, Any]:
    """The columns that courses and the waitlist share; bounds are the waitlist's own."""
    return {
        "wish_weekdays": "".join(str(weekday) for weekday in sorted(wishes.weekdays)),
        "wish_part": None if wishes.part is None else wishes.part.value,
        "wish_chair_id": wishes.chair_id,
        "wish_nurse_id": wishes.nurse_id,
        "wish_at": time_text(wishes.at),
    }


def bounds_values(wishes: Wishes) -> dict[str, Any]:
    return {"not_before": iso_date(wishes.not_before)}


def wishes_from(row: Row) -> Wishes:
    part, chair_id, nurse_id = row["wish_part"], row["wish_chair_id"], row["wish_nurse_id"]
    return Wishes(
        weekdays=frozenset(int(digit) for digit in row["wish_weekdays"]),
        part=None if part is None else PartOfDay(part),
        chair_id=None if chair_id is None else ChairId(chair_id),
        nurse_id=None if nurse_id is None else StaffId(nurse_id),
        at=optional_time(row["wish_at"]),
        not_before=optional_date(row.get("not_before")),
    )
