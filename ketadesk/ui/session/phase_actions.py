"""What can be done with a session in its present phase, and what holds back the start."""

from decimal import Decimal
from typing import NamedTuple

from ketadesk.domain.dosing import show
from ketadesk.domain.session_record import SessionRecord
from ketadesk.domain.sessions import Phase
from ketadesk.domain.weights import SAME, weighed_today
from ketadesk.i18n import tr
from ketadesk.ui.session.checklist_words import short
from ketadesk.ui.widgets.buttons import ButtonRole


class Action(NamedTuple):
    """Something that can be done with the session now."""

    id: str
    text: str
    icon: str
    key: str
    role: ButtonRole = "plain"


def actions(record: SessionRecord) -> tuple[Action, ...]:
    """What can be done now. Alt keys, so that a letter typed into the line never stops a pump."""
    session = record.session
    if session.signed:
        return (Action("addendum", tr("Addendum…"), "pen-line", "Alt+D"),)
    stop = Action("stop", tr("Stop…"), "circle-x", "Alt+Shift+X", "danger")
    recover = Action("to_recovery", tr("To recovery"), "arrow-right", "Alt+R")
    release = Action("release", tr("Release…"), "hand-helping", "Alt+L", "primary")
    early = Action("release", tr("Leaves early…"), "log-out", "Alt+L")
    if session.phase is Phase.PREPARING:
        not_today = Action("stop", tr("Not today…"), "circle-x", "Alt+Shift+X", "danger")
        return (Action("begin", tr("Start"), "play", "Alt+S", "primary"), not_today)
    if session.phase is Phase.INFUSING:
        return (Action("pause", tr("Pause"), "pause", "Alt+P"), stop, recover)
    if session.phase is Phase.PAUSED:
        return (Action("resume", tr("Resume"), "play", "Alt+P", "primary"), stop, recover)
    if session.phase is Phase.STOPPED:
        given = session.infusion_started_at is not None
        return (recover, early) if given else (release,)
    if session.phase is Phase.RECOVERING:
        return (Action("mark_ready", tr("Ready"), "circle-check", "Alt+Y", "primary"), early)
    if session.phase is Phase.READY:
        back = Action("back_to_recovery", tr("Back to recovery"), "undo-2", "Alt+B")
        return (back, release)
    not_gone = Action("not_gone", tr("Not gone yet…"), "undo-2", "Alt+N")
    return (not_gone, Action("sign", tr("Sign…"), "file-check", "Alt+G", "primary"))


def held_back(record: SessionRecord) -> str:
    """In one line what holds back the start; nothing once it may begin."""
    if record.session.phase is not Phase.PREPARING or record.session.signed:
        return ""
    open_items = [short(item) for item in record.open_items]
    if record.order is None:
        open_items.append(tr("order"))
    other = other_weight(record)
    if other is not None and record.order is not None:
        ordered, today = show(record.order.weight), show(other)
        return tr("Order for {ordered} kg, weighed {today} kg", ordered=ordered, today=today)
    if not open_items:
        return ""
    shown = ", ".join(open_items[:3])
    more = len(open_items) - 3
    return (
        tr("Open: {shown} +{more}", shown=shown, more=more)
        if more > 0
        else tr("Open: {shown}", shown=shown)
    )


def other_weight(record: SessionRecord) -> Decimal | None:
    """Today's weight when the order was written for another one, before the start."""
    if record.session.phase is not Phase.PREPARING or record.order is None:
        return None
    weight = weighed_today(record.answers)
    if weight is None or abs(weight - record.order.weight) <= SAME:
        return None
    return weight
