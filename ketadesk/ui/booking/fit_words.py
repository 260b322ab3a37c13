"""Places, what speaks for and against them, and wishes, in the words of the booking forms."""

from collections.abc import Iterable
from datetime import UTC, datetime

from ketadesk.domain.errors import Value
from ketadesk.domain.fitting import NotThen
from ketadesk.domain.merits import Good, Merit
from ketadesk.domain.objections import Objection
from ketadesk.domain.places import Place
from ketadesk.domain.wishes import PartOfDay, Wish
from ketadesk.i18n import tr
from ketadesk.ui import words
from ketadesk.ui.workplace import Workplace

_PARTS = {
    PartOfDay.MORNING: "morning",
    PartOfDay.AFTERNOON: "afternoon",
    PartOfDay.EVENING: "evening",
}
_WISHES = {
    Wish.WEEKDAY: "weekday",
    Wish.PART: "part of the day",
    Wish.NURSE: "nurse",
    Wish.CHAIR: "chair",
}


def part_word(part: PartOfDay) -> str:
    """What a part of the day is called."""
    return tr(_PARTS[part])


def when_text(workplace: Workplace, place: Place) -> str:
    """ "Wed 12 May 10:15", the day first because that is what is asked for."""
    local = workplace.local(place.span.starts)
    return f"{words.day(local.date(), short=True)} {words.clock(local)}"


def chair_text(workplace: Workplace, place: Place) -> str:
    """The chair's short name."""
    chairs = {chair.id: chair.name for chair in workplace.clinic_frame.chairs}
    return chairs.get(place.chair_id, "").split(" · ")[0]


def merits_text(workplace: Workplace, merits: Iterable[Merit]) -> str:
    """What speaks for a place, in one line."""
    return " · ".join(_merit(workplace, merit) for merit in merits)


def missed_text(missed: Iterable[Wish]) -> str:
    """ "not the wished weekday, chair", empty when every wish is met."""
    named = ", ".join(tr(_WISHES[wish]) for wish in missed)
    return tr("not the wished {wishes}", wishes=named) if named else ""


def rules_text(objections: Iterable[Objection]) -> str:
    """The rules in a few words each."""
    return ", ".join(words.word(one.guard) for one in objections)


def sentences(objections: Iterable[Objection]) -> str:
    """The rules in whole sentences."""
    return " ".join(words.objection(one) for one in objections)


def not_then_text(workplace: Workplace, not_then: NotThen) -> str:
    """ "Tue 11 May 10:00: The chair is taken by …", the first rule being enough."""
    first = not_then.objections[:1]
    when = when_text(workplace, not_then.place)
    return f"{when}, {chair_text(workplace, not_then.place)}: {sentences(first)}"


def _merit(workplace: Workplace, merit: Merit) -> str:
    values = merit.values
    match merit.good:
        case Good.CHAIR_FREE:
            return tr("{chair} is free", chair=str(values["chair"]).split(" · ")[0])
        case Good.NURSE_LOAD if values["hers"]:
            return tr("{count} of {most} infusions with the nurse", **values)
        case Good.NURSE_LOAD:
            return tr("{count} of {most} infusions at once", **values)
        case Good.SPACING:
            return _spacing(values["days"])
        case Good.ESCORT_HOURS:
            ready = datetime.fromtimestamp(float(str(values["ready_at"])), UTC)
            at = words.clock(workplace.local(ready))
            return tr("the escort can come at {time}", time=at)
        case _:
            return tr("the wished {wish}", wish=tr(_WISHES[Wish(str(values["wish"]))]))


def _spacing(apart: Value) -> str:
    days = int(str(apart))
    if days >= 0:
        return tr("{days} days after the visit before", days=days)
    return tr("{days} days before the next visit", days=-days)
