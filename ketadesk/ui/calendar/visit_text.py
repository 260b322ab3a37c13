"""What a visit says of itself on a tile, in the agenda and to a screen reader; nothing painted."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from ketadesk.domain.appointments import EscortState, Reason, Status
from ketadesk.domain.day import Visit
from ketadesk.domain.objections import Guard
from ketadesk.domain.sessions import Phase
from ketadesk.domain.times import MINUTE
from ketadesk.i18n import tr
from ketadesk.ui import words
from ketadesk.ui.theme import Role

Local = Callable[[datetime], datetime]
"""Turns a moment into the clinic's wall clock."""


class Look(NamedTuple):
    """Words, the role their colour has, and the icon that says it without colour.

    `shorter` is what a narrow tile says in their place, beside the icon, the longest first.
    """

    text: str
    role: Role
    icon: str
    shorter: tuple[str, ...] = ()


class TileText(NamedTuple):
    """The lines of a tile; `late` is empty unless the patient is awaited past the start."""

    name: str
    number: str
    detail: str
    escort: Look | None
    status: Look
    late: str = ""
    shorter_detail: tuple[str, ...] = ()
    despite: bool = False
    """Whether it was booked against a rule; which and why stands in the full text."""


def tile_text(visit: Visit, *, now: datetime, local: Local) -> TileText:
    """Everything a tile may show; what has no room is left out by the painter."""
    late = length_late(visit, now=now)
    return TileText(
        name=words.person(visit.patient_name),
        number=visit.count,
        detail=detail(visit),
        escort=escort_look(visit, local),
        status=status_look(visit, now=now, local=local),
        late=tr("{length} late", length=words.minutes(late)) if late else "",
        shorter_detail=_shorter_detail(visit),
        despite=bool(visit.appointment.override.guards),
    )


def detail(visit: Visit) -> str:
    """Protocol, tier and the nurse's first name."""
    nurse = visit.nurse_name.split()
    first = "" if not nurse else visit.nurse_name if nurse[0].endswith(".") else nurse[0]
    parts = (visit.protocol_name, words.word(visit.tier), first)
    return " · ".join(part for part in parts if part)


def _shorter_detail(visit: Visit) -> tuple[str, ...]:
    name, tier = visit.protocol_name, words.word(visit.tier)
    return (f"{name} · {tier}", name)


def status_look(visit: Visit, *, now: datetime, local: Local) -> Look:
    """The status in a word, with what makes it worth reading: since when, how long, why."""
    appointment = visit.appointment
    role, icon = words.status_look(appointment.status)
    text = words.word(appointment.status)
    shorter: tuple[str, ...] = ()
    if appointment.status is Status.ARRIVED:
        shorter = (text,)
        text = tr("arrived {time}", time=words.clock(local(appointment.status_at)))
    elif visit.phase is Phase.RELEASED:
        text = words.word(Phase.RELEASED)
    elif appointment.status is Status.IN_SESSION and visit.phase is not None:
        text, icon = words.word(visit.phase), words.phase_look(visit.phase).icon
        if visit.phase_since is not None:
            shorter = (text,)
            text = f"{text} {words.minutes(now - visit.phase_since)}"
    elif appointment.mistaken:
        text = words.word(Reason.BOOKED_BY_MISTAKE)
    elif appointment.status_reason is not None:
        called_off = (tr("cancelled"),) if appointment.status.cancelled else ()
        shorter = (text, *called_off)
        text = f"{text} · {words.word(appointment.status_reason)}"
    return Look(text, role, icon, shorter)


def escort_look(visit: Visit, local: Local) -> Look | None:
    """Where the escort stands; nothing for someone who does not come or left without one."""
    appointment = visit.appointment
    state = appointment.escort_state
    if not appointment.status.takes_the_chair:
        return None
    if appointment.status is Status.COMPLETED and state is not EscortState.HANDED_OVER:
        return None
    if appointment.escort_id is None and state is not EscortState.HANDED_OVER:
        return Look(tr("no escort"), *words.escort_look(EscortState.NOT_ASKED), (tr("none"),))
    role, icon = words.escort_look(state)
    if state is EscortState.HANDED_OVER:
        return Look(_handed_over(visit, local), role, icon, (words.word(state), tr("left")))
    if state is EscortState.NOT_ASKED:
        return Look(tr("escort not asked"), "amber", "phone-call", (tr("not asked"), tr("to ask")))
    if state is EscortState.NAMED:
        return Look(tr("escort not confirmed"), role, icon, (tr("to confirm"), tr("to call")))
    shorter: tuple[str, ...] = (words.word(state),)
    if state is EscortState.CONFIRMED:
        shorter = (tr("escort ok"), tr("ok"))
    return Look(tr("escort {state}", state=words.word(state)), role, icon, shorter)


def _handed_over(visit: Visit, local: Local) -> str:
    word = words.word(EscortState.HANDED_OVER)
    if visit.phase is Phase.RELEASED and visit.phase_since is not None:
        return f"{word} {words.clock(local(visit.phase_since))}"
    return word


def length_late(visit: Visit, *, now: datetime) -> timedelta:
    """How long, in whole minutes, a patient who has not arrived is awaited; else nothing."""
    if not visit.appointment.status.awaited:
        return timedelta()
    late = now - visit.appointment.starts
    return max(timedelta(), late - late % MINUTE)


def counts_minutes(visit: Visit) -> bool:
    """Whether what the tile says changes while time passes."""
    return visit.appointment.status.awaited or visit.appointment.status is Status.IN_SESSION


def times(visit: Visit, local: Local) -> str:
    appointment = visit.appointment
    return f"{words.clock(local(appointment.starts))}–{words.clock(local(appointment.ends))}"


def description(visit: Visit, *, chair: str, now: datetime, local: Local) -> str:
    """Everything the tile stands for, line by line, for the tooltip and the screen reader."""
    text = tile_text(visit, now=now, local=local)
    appointment = visit.appointment
    escort = [text.escort.text] if text.escort else []
    escort += [words.person(visit.escort_name), visit.escort_relation, visit.escort_phone]
    decided = appointment.override
    shared = "" if decided.reason == appointment.overlap_reason else appointment.overlap_reason
    lines = (
        f"{text.name} {text.number}".strip(),
        f"{times(visit, local)} · {chair}",
        text.detail,
        " · ".join(part for part in escort if part),
        " · ".join(part for part in (text.status.text, text.late) if part),
        *_despite(visit),
        tr("Shares the chair: {reason}", reason=shared) if shared else "",
        appointment.note,
    )
    return "\n".join(line for line in lines if line)


def _despite(visit: Visit) -> list[str]:
    """Against which rules it was booked, why, and who decided so."""
    decided = visit.appointment.override
    if not decided.guards:
        return []
    rules = ", ".join(words.word(guard) for guard in Guard if guard in decided.guards)
    why = f"{decided.reason} ({visit.override_name})" if visit.override_name else decided.reason
    return [tr("Booked despite: {rules}", rules=rules), tr("Reason: {reason}", reason=why)]
