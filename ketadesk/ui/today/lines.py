"""The day's lists as lines of words and next steps; the steps themselves are in `steps`."""

from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from PySide6.QtWidgets import QWidget

from ketadesk.domain.appointments import EscortState
from ketadesk.domain.day import Visit
from ketadesk.domain.day_lists import (
    Arrival,
    ArrivalNeed,
    Late,
    Pickup,
    PickupStep,
    SheetDue,
)
from ketadesk.i18n import tr
from ketadesk.ui import words
from ketadesk.ui.paper import names
from ketadesk.ui.today.card_face import first_name, treatment
from ketadesk.ui.today.day_row import DayLine, RowButton
from ketadesk.ui.words import Look

NEAR = timedelta(minutes=45)
"""From so long before the start, "Arrived" is offered beside whatever else is still to do."""


class Steps(Protocol):
    """What the buttons do."""

    def arrived(self, visit: Visit) -> None: ...
    def open_session(self, visit: Visit) -> None: ...
    def name_escort(self, visit: Visit, button: QWidget) -> None: ...
    def call_escort(self, visit: Visit, button: QWidget) -> None: ...
    def escort_is(self, visit: Visit, state: EscortState) -> None: ...
    def sheets(self, visit: Visit) -> None: ...
    def local(self, moment: datetime) -> datetime: ...


def arrival_line(arrival: Arrival, steps: Steps, now: datetime) -> DayLine:
    """Who comes, in what state, and the next step."""
    visit, need = arrival.visit, arrival.need
    appointment = visit.appointment
    here = RowButton("arrived", tr("Arrived"), lambda _: steps.arrived(visit))
    buttons: list[RowButton] = []
    if need is ArrivalNeed.NAME_ESCORT:
        name = RowButton(
            "name_escort", tr("Name escort"), lambda button: steps.name_escort(visit, button)
        )
        buttons.append(name)
    elif need is ArrivalNeed.CALL_ESCORT:
        call = RowButton(
            "call_escort", tr("Call escort"), lambda button: steps.call_escort(visit, button)
        )
        buttons.append(call)
    elif need is ArrivalNeed.OPEN_SESSION:
        start = RowButton("open_session", tr("Open session"), lambda _: steps.open_session(visit))
        buttons.append(start._replace(role="primary"))
    else:
        buttons.append(here)
    near = now >= appointment.starts - NEAR
    if need in (ArrivalNeed.NAME_ESCORT, ArrivalNeed.CALL_ESCORT) and near:
        buttons.append(here)
    about, look = _arrival_state(arrival, steps, now)
    return DayLine(
        key=appointment.id,
        time=words.clock(steps.local(appointment.starts)),
        icon=look.icon,
        icon_role=look.role,
        who=words.person(visit.patient_name),
        about=about,
        about_tone="red" if arrival.late else "muted",
        buttons=tuple(buttons),
    )


def _arrival_state(arrival: Arrival, steps: Steps, now: datetime) -> tuple[str, Look]:
    appointment = arrival.visit.appointment
    what = treatment(arrival.visit)
    if arrival.late:
        late = words.minutes(now - appointment.starts)
        return tr("{length} late · {treatment}", length=late, treatment=what), Look("red", "clock")
    if arrival.need is ArrivalNeed.OPEN_SESSION:
        since = words.clock(steps.local(appointment.status_at))
        look = words.status_look(appointment.status)
        return tr("arrived {time} · {treatment}", time=since, treatment=what), look
    if arrival.need is ArrivalNeed.NAME_ESCORT:
        look = words.escort_look(EscortState.NOT_ASKED)
        return tr("no escort named · {treatment}", treatment=what), look
    if arrival.need is ArrivalNeed.CALL_ESCORT:
        look = words.escort_look(appointment.escort_state)
        return tr("escort not confirmed · {treatment}", treatment=what), look
    look = words.status_look(appointment.status)
    return f"{words.word(appointment.status)} · {what}", look


def pickup_line(pickup: Pickup, steps: Steps) -> DayLine:
    """Who fetches whom, when, and the next step with the escort."""
    visit = pickup.visit
    state = visit.appointment.escort_state
    look = words.escort_look(state)
    starts, ends = (words.clock(steps.local(moment)) for moment in _ends(pickup))
    escort = words.person(first_name(visit.escort_name)) or tr("no escort")
    about = f"{starts}–{ends}"
    if pickup.step is PickupStep.DONE:
        about = words.word(EscortState.HANDED_OVER)
        look = words.escort_look(EscortState.HANDED_OVER)
    elif pickup.step in (PickupStep.COMING, PickupStep.HERE):
        about = f"{words.word(state)} · {about}"
    else:
        if pickup.step is PickupStep.LATER and visit.appointment.escort_id is not None:
            about = tr("call at {time}", time=words.clock(steps.local(pickup.call_at)))
        about = f"{about} · {visit.escort_phone}" if visit.escort_phone else about
    return DayLine(
        key=visit.appointment.id,
        time=words.clock(steps.local(pickup.about)),
        icon=look.icon,
        icon_role=look.role,
        who=f"{escort} → {words.person(visit.patient_name)}",
        about=about,
        buttons=_pickup_buttons(pickup, steps),
    )


def _ends(pickup: Pickup) -> tuple[datetime, datetime]:
    return pickup.window.starts, pickup.window.ends


def _pickup_buttons(pickup: Pickup, steps: Steps) -> tuple[RowButton, ...]:
    visit = pickup.visit

    def becomes(name: str, text: str, state: EscortState) -> RowButton:
        return RowButton(name, text, lambda _: steps.escort_is(visit, state))

    if pickup.step is PickupStep.DONE:
        return (RowButton("sheet", tr("Sheets"), lambda _: steps.sheets(visit)),)
    if visit.appointment.escort_id is None:
        return (
            RowButton(
                "name_escort", tr("Name escort"), lambda button: steps.name_escort(visit, button)
            ),
        )
    here = becomes("escort_here", tr("Here"), EscortState.HERE)
    if pickup.step is PickupStep.LATER:
        return (becomes("call_pickup", tr("Called"), EscortState.CALLED),)
    if pickup.step is PickupStep.CALL:
        call = becomes("call_pickup", tr("Call now"), EscortState.CALLED)
        return (call._replace(role="primary"),)
    if pickup.step is PickupStep.COMING:
        if visit.appointment.escort_state is EscortState.CALLED:
            return (becomes("escort_way", tr("On the way"), EscortState.ON_THE_WAY), here)
        return (here,)
    return (RowButton("open_session", tr("Session"), lambda _: steps.open_session(visit)),)


def sheet_lines(due: tuple[SheetDue, ...], steps: Steps) -> list[DayLine]:
    """What is still to print, one line per visit."""
    visits = {sheet.visit.appointment.id: sheet.visit for sheet in due}
    made = []
    for key, visit in visits.items():
        mine = [sheet for sheet in due if sheet.visit.appointment.id == key]
        kinds = [_sheet_words(sheet) for sheet in mine]
        print_sheets = partial(_print, steps, visit)
        line = DayLine(
            key=key,
            time="",
            icon="file-text",
            icon_role="slate",
            who=words.person(visit.patient_name),
            about=f"{', '.join(kinds)} · {mine[0].language}",
            buttons=(RowButton("print", tr("Print"), print_sheets),),
        )
        made.append(line)
    return made


def _sheet_words(sheet: SheetDue) -> str:
    words_of_kind = names.in_a_line(sheet.kind)
    return tr("{sheet} changed", sheet=words_of_kind) if sheet.changed else words_of_kind


def _print(steps: Steps, visit: Visit, _button: QWidget) -> None:
    steps.sheets(visit)


def signature_line(late: Late, steps: Steps) -> DayLine:
    """A record of an earlier day that nobody has signed."""
    visit = late.visit
    day = words.day(steps.local(late.since).date(), short=True)
    return DayLine(
        key=visit.appointment.id,
        time="",
        icon="pen-line",
        icon_role="amber",
        who=words.person(visit.patient_name),
        about=tr("released {day}, not signed", day=day),
        about_tone="amber",
        buttons=(RowButton("sign", tr("Open"), lambda _: steps.open_session(visit)),),
    )
