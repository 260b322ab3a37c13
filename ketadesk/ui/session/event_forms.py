"""The one-line forms of the additions: which fields each has and the event they make."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ketadesk.domain.events import EventDraft, EventKind, SideEffect
from ketadesk.i18n import tr

Form = Literal["side_effect", "severe", "medicine", "intervention", "note"]


@dataclass(frozen=True)
class Addition:
    """A button of the side panel: what it is called, its key, and which form it opens."""

    id: str
    text: str
    key: str
    form: Form
    code: str = ""


def additions() -> tuple[Addition, ...]:
    """Ctrl with a digit or letter, because plain ones belong to the reading line."""
    return (
        Addition("nausea", tr("Nausea"), "Ctrl+1", "side_effect", SideEffect.NAUSEA),
        Addition("dizziness", tr("Dizzy"), "Ctrl+2", "side_effect", SideEffect.DIZZINESS),
        Addition("anxiety", tr("Anxious"), "Ctrl+3", "side_effect", SideEffect.ANXIETY),
        Addition("headache", tr("Headache"), "Ctrl+4", "side_effect", SideEffect.HEADACHE),
        Addition("severe", tr("Severe…"), "Ctrl+5", "severe"),
        Addition("other", tr("Other…"), "Ctrl+6", "side_effect", SideEffect.OTHER),
        Addition("medicine", tr("Medicine"), "Ctrl+M", "medicine"),
        Addition("intervention", tr("Action"), "Ctrl+I", "intervention"),
        Addition("note", tr("Note"), "Ctrl+T", "note"),
    )


def medicine_detail(*, dose: str, route: str, ordered_by: str) -> str:
    """Dose, route and who ordered it, in words; the name is kept apart."""
    given = " ".join(part for part in (dose.strip(), route.strip()) if part)
    ordered = ordered_by.strip()
    if not ordered:
        return given
    said = tr("ordered by {name}", name=ordered)
    return f"{given}, {said}" if given else said


def draft(
    addition: Addition,
    *,
    at: datetime,
    code: str,
    grade: int | None,
    medicine: str,
    detail: str,
) -> EventDraft:
    """The event that a filled form means."""
    if addition.form in ("side_effect", "severe"):
        return EventDraft(EventKind.SIDE_EFFECT, at, code=code, grade=grade, detail=detail.strip())
    if addition.form == "medicine":
        return EventDraft(
            EventKind.MEDICINE, at, code=code, medicine=medicine.strip(), detail=detail
        )
    kind = EventKind.NOTE if addition.form == "note" else EventKind.INTERVENTION
    return EventDraft(kind, at, detail=detail.strip())
