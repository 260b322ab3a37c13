"""Reads what clinicians ordered in a session, with how it is prepared."""

from decimal import Decimal
from typing import Any

from ketadesk.domain.ids import OrderId, PatientId, SessionId, StaffId, Uuid
from ketadesk.domain.preparation import BagMode, Preparation
from ketadesk.domain.sessions import Order, OrderDraft
from ketadesk.store.database import Database, Row
from ketadesk.store.values import moment, optional_decimal

_ORDERS = "SELECT * FROM orders WHERE session_id = :session_id ORDER BY id"
_LAST_WEIGHT = """
SELECT orders.weight FROM orders JOIN sessions ON sessions.id = orders.session_id
WHERE sessions.patient_id = :patient_id AND sessions.id <> :session_id
ORDER BY orders.id DESC LIMIT 1"""


def of_session(db: Database, session_id: SessionId) -> tuple[Order, ...]:
    """All orders as written, oldest first; the last one counts."""
    return tuple(_order(row) for row in db.rows(_ORDERS, session_id=session_id))


def last_weight(db: Database, patient_id: PatientId, *, before: SessionId) -> Decimal | None:
    """The weight in kg that the patient's newest order of another session was written for."""
    rows = db.rows(_LAST_WEIGHT, patient_id=patient_id, session_id=before)
    return Decimal(rows[0]["weight"]) if rows else None


def order_values(session_id: SessionId, draft: OrderDraft) -> dict[str, Any]:
    """The columns of an order, but for who entered it when; amounts as exact text."""
    return {
        "uuid": draft.uuid,
        "session_id": session_id,
        "ordered_by": draft.ordered_by.strip(),
        "weight": str(draft.weight),
        "dose_per_kg": str(draft.dose_per_kg),
        "dose": str(draft.dose),
        "duration": draft.duration,
        "route": draft.route.strip(),
        "preparation_note": draft.preparation_note.strip(),
        **_preparation_values(draft.preparation),
    }


def _preparation_values(preparation: Preparation | None) -> dict[str, str | None]:
    if preparation is None:
        return {"strength": None, "bag": None, "bag_mode": None}
    return {
        "strength": str(preparation.strength),
        "bag": None if preparation.bag is None else str(preparation.bag),
        "bag_mode": None if preparation.mode is None else preparation.mode.value,
    }


def _order(row: Row) -> Order:
    return Order(
        id=OrderId(row["id"]),
        uuid=Uuid(row["uuid"]),
        session_id=SessionId(row["session_id"]),
        ordered_by=row["ordered_by"],
        weight=Decimal(row["weight"]),
        dose_per_kg=Decimal(row["dose_per_kg"]),
        dose=Decimal(row["dose"]),
        duration=row["duration"],
        route=row["route"],
        preparation=_preparation(row),
        preparation_note=row["preparation_note"],
        entered_at=moment(row["entered_at"]),
        entered_by=StaffId(row["entered_by"]),
    )


def _preparation(row: Row) -> Preparation | None:
    strength, mode = optional_decimal(row["strength"]), row["bag_mode"]
    if strength is None:
        return None
    return Preparation(
        strength,
        bag=optional_decimal(row["bag"]),
        mode=None if mode is None else BagMode(mode),
    )
