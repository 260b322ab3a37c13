"""What a filled form of an event still lacks, and in which of its fields it is to be said."""

from typing import NamedTuple

from ketadesk.domain.events import SEVERE, SEVERE_GRADE
from ketadesk.i18n import tr
from ketadesk.ui.session.event_forms import GRADED, EventForm


class Lack(NamedTuple):
    """The name of a field of the form, and the question that stands beside it."""

    field: str
    sentence: str


def lack(form: EventForm) -> Lack | None:
    """The first thing without which the event says too little; None when it may be kept."""
    kind, texts = form.addition.form, form.texts
    if kind in GRADED:
        found = _lack_of_effect(form)
    elif kind == "medicine":
        found = _lack_of_medicine(form)
    else:
        found = None if texts.detail.strip() else Lack("detail", tr("Write what happened."))
    if found is None and form.amended is not None and not texts.reason.strip():
        return Lack("reason", tr("Say why it is amended."))
    return found


def _lack_of_effect(form: EventForm) -> Lack | None:
    if not form.code:
        return Lack("code", tr("What happened?"))
    if form.grade is None:
        return Lack("grade", tr("Which grade, 1 to 5?"))
    listed = form.code in tuple(SEVERE)
    if form.addition.form == "severe" and not listed and form.grade < SEVERE_GRADE:
        return Lack("grade", tr("Severe begins at grade {grade}.", grade=SEVERE_GRADE))
    return None


def _lack_of_medicine(form: EventForm) -> Lack | None:
    if not form.texts.medicine.strip():
        return Lack("medicine", tr("Which medicine?"))
    return None if form.code else Lack("purpose", tr("What is it for?"))


def usually_written(form: EventForm) -> dict[str, str]:
    """The empty fields of a medicine that are usually filled: their names, and words for them."""
    if form.addition.form != "medicine" or form.amended is not None:
        return {}
    texts = form.texts
    fields = {
        "dose": (texts.dose, tr("dose")),
        "route": (texts.route, tr("route")),
        "ordered_by": (texts.ordered_by, tr("who ordered")),
    }
    return {name: said for name, (typed, said) in fields.items() if not typed.strip()}
