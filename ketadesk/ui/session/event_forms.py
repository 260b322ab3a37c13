"""The one-line forms of the additions: which fields each has and the event they make."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from ketadesk.domain.events import Event, EventDraft, EventKind, SideEffect
from ketadesk.i18n import tr

Form = Literal["side_effect", "severe", "medicine", "intervention", "note"]

KINDS: dict[Form, EventKind] = {
    "side_effect": EventKind.SIDE_EFFECT,
    "severe": EventKind.SIDE_EFFECT,
    "medicine": EventKind.MEDICINE,
    "intervention": EventKind.INTERVENTION,
    "note": EventKind.NOTE,
}

GRADED: tuple[Form, ...] = ("side_effect", "severe")
"""Forms that ask for a code and a grade."""


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
        Addition("other", tr("Other…"), "Ctrl+6", "side_effect"),
        Addition("medicine", tr("Medicine"), "Ctrl+M", "medicine"),
        Addition("intervention", tr("Action"), "Ctrl+I", "intervention"),
        Addition("note", tr("Note"), "Ctrl+T", "note"),
    )


class Texts(NamedTuple):
    """What is typed into the text fields of a form, in their order from left to right."""

    medicine: str = ""
    dose: str = ""
    route: str = ""
    ordered_by: str = ""
    detail: str = ""
    reason: str = ""


NOTHING_TYPED = Texts()


@dataclass(frozen=True)
class EventForm:
    """A form as it is filled; `amended` is the event it would replace."""

    addition: Addition
    code: str = ""
    grade: int | None = None
    texts: Texts = NOTHING_TYPED
    hour: int = 0
    minute: int = 0
    amended: Event | None = None


def empty_form(addition: Addition, now: datetime) -> EventForm:
    """A form to be filled: the button that was pressed says what happened, if it says one thing."""
    return EventForm(addition, code=addition.code, hour=now.hour, minute=now.minute)


def form_of(event: Event, local: datetime) -> EventForm:
    """The form in which a kept event is amended; `local` is its time on the clinic's clock."""
    form = next(form for form, kind in KINDS.items() if kind is event.kind)
    name = "other" if form == "side_effect" else form
    return EventForm(
        Addition(name, tr("Amend"), "", form),
        code=event.code,
        grade=event.grade,
        texts=Texts(medicine=event.medicine, detail=event.detail),
        hour=local.hour,
        minute=local.minute,
        amended=event,
    )


def medicine_detail(*, dose: str, route: str, ordered_by: str) -> str:
    """Dose, route and who ordered it, in words; the name is kept apart."""
    given = " ".join(part for part in (dose.strip(), route.strip()) if part)
    ordered = ordered_by.strip()
    if not ordered:
        return given
    said = tr("ordered by {name}", name=ordered)
    return f"{given}, {said}" if given else said


def draft(form: EventForm, *, at: datetime) -> EventDraft:
    """The event that a filled form means; amended, a note or action keeps its code."""
    kind_of_form, amended, texts = form.addition.form, form.amended, form.texts
    code, detail = form.code, texts.detail
    if kind_of_form in ("note", "intervention"):
        code = amended.code if amended is not None else ""
    if kind_of_form == "medicine" and amended is None:
        detail = medicine_detail(dose=texts.dose, route=texts.route, ordered_by=texts.ordered_by)
    return EventDraft(
        KINDS[kind_of_form],
        at,
        code=code,
        medicine=texts.medicine.strip() if kind_of_form == "medicine" else "",
        grade=form.grade if kind_of_form in GRADED else None,
        detail=detail.strip(),
        amends_id=amended.id if amended is not None else None,
        amend_reason=texts.reason.strip(),
    )
