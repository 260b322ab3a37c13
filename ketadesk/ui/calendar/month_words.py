"""What the month says of a day: how much of it is booked, what is closed, who is short."""

from datetime import date

from ketadesk.domain.day_load import DayLoad
from ketadesk.i18n import tr
from ketadesk.ui import words
from ketadesk.ui.calendar.overview import MonthDay
from ketadesk.ui.calendar.visit_text import Local

NOTHING = DayLoad()


def describe(one: MonthDay, *, local: Local, today: date) -> str:
    """The day in full, line by line."""
    day = words.day(one.day)
    lines = [tr("{day}, today", day=day) if one.day == today else day]
    if one.load.room:
        lines.append(f"{booked(one.load)} · {of_capacity(one.load)} · {percent(one.load)}")
    elif one.load.booked:
        lines.append(f"{booked(one.load)} · {tr('closed')}")
    else:
        lines.append(tr("closed"))
    for closure in one.closures:
        starts, ends = local(closure.span.starts), local(closure.span.ends)
        times = f"{words.clock(starts)}–{words.clock(ends)}"
        if starts.date() != one.day or ends.date() != one.day:
            times = tr("for the day")
        lines.append(tr("Closed {times}: {reason}", times=times, reason=closure.reason))
    for visit in one.short:
        time = words.clock(local(visit.appointment.starts))
        name = words.person(visit.patient_name)
        lines.append(tr("No escort: {time} {name}", time=time, name=name))
    return "\n".join(lines)


def booked(load: DayLoad) -> str:
    return tr("{number} booked", number=load.booked)


def of_capacity(load: DayLoad) -> str:
    """ "9 of 40 h": what is booked of the hours of all chairs."""
    taken, room = hours(load.minutes), hours(load.room)
    return tr("{taken} of {room} h", taken=taken, room=room)


def percent(load: DayLoad) -> str:
    return f"{round(100 * load.share)} %"


def hours(minutes: float) -> str:
    """Whole hours, or halves while they are few."""
    halves = round(minutes / 30)
    return f"{halves // 2}.5" if halves % 2 and halves < 20 else str(round(minutes / 60))
