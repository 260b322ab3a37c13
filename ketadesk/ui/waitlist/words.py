"""What is said of those who wait: how urgent, what they would like, and why a place fits."""

from collections.abc import Sequence
from datetime import UTC, datetime

from ketadesk import i18n
from ketadesk.domain.merits import Good, Merit
from ketadesk.domain.objections import Objection
from ketadesk.domain.waitlist import OfferAnswer, WaitlistOffer, WaitUrgency
from ketadesk.domain.wishes import PartOfDay, Wish, Wishes
from ketadesk.i18n import tr
from ketadesk.services.calendar import Frame
from ketadesk.ui import words
from ketadesk.ui.calendar.visit_text import Local
from ketadesk.ui.theme import Role

_URGENCY: dict[WaitUrgency, tuple[str, Role]] = {
    WaitUrgency.URGENT: ("urgent", "red"),
    WaitUrgency.SOON: ("soon", "amber"),
    WaitUrgency.ROUTINE: ("routine", "slate"),
}
_PARTS = {
    PartOfDay.MORNING: "mornings",
    PartOfDay.AFTERNOON: "afternoons",
    PartOfDay.EVENING: "evenings",
}
_ANSWERS = {
    OfferAnswer.ACCEPTED: "accepted",
    OfferAnswer.DECLINED: "declined",
    OfferAnswer.NO_ANSWER: "no answer",
}
_WISHES = {
    Wish.WEEKDAY: "the wished day",
    Wish.PART: "the wished time of day",
    Wish.NURSE: "the wished nurse",
    Wish.CHAIR: "the wished chair",
}


def urgency(one: WaitUrgency) -> str:
    """How urgent it is, in a word."""
    return tr(_URGENCY[one][0])


def urgency_role(one: WaitUrgency) -> Role:
    """The colour that goes with the word."""
    return _URGENCY[one][1]


def part(one: PartOfDay) -> str:
    """ "mornings"."""
    return tr(_PARTS[one])


def wished(wishes: Wishes, frame: Frame) -> str:
    """What somebody would like, "any time" when nothing."""
    chairs = {chair.id: chair.name.split(" · ")[0] for chair in frame.chairs}
    staff = {member.id: member.name for member in frame.staff}
    days = ", ".join(words.weekday(day, short=True) for day in sorted(wishes.weekdays))
    said = [
        days,
        "" if wishes.part is None else part(wishes.part),
        "" if wishes.chair_id is None else chairs.get(wishes.chair_id, ""),
        "" if wishes.nurse_id is None else staff.get(wishes.nurse_id, ""),
    ]
    return " · ".join(one for one in said if one) or tr("any time")


def offered(offers: Sequence[WaitlistOffer], local: Local) -> str:
    """The last answer and how often they were asked, nothing before the first time."""
    if not offers:
        return ""
    last = offers[-1]
    when = words.day(local(last.starts).date(), short=True)
    said = f"{when}: {tr(_ANSWERS[last.answer])}"
    return f"{said} ({len(offers)}×)" if len(offers) > 1 else said


def why(merits: Sequence[Merit], local: Local) -> str:
    """What speaks for a place; that its chair is free goes without saying."""
    said = (_merit(one, local) for one in merits)
    return " · ".join(one for one in said if one)


def against(objections: Sequence[Objection]) -> str:
    """What stays to be said against it."""
    return " ".join(i18n.sentence(one.guard, one.values) for one in objections)


def _merit(merit: Merit, local: Local) -> str:
    values = merit.values
    if merit.good is Good.NURSE_LOAD:
        return tr("{count} of {most} infusions", count=values["count"], most=values["most"])
    if merit.good is Good.SPACING:
        days = int(values["days"] or 0)
        if days < 0:
            return tr("{days} days before the next", days=-days)
        return tr("{days} days after the last", days=days)
    if merit.good is Good.ESCORT_HOURS:
        ready = datetime.fromtimestamp(int(values["ready_at"] or 0), UTC)
        return tr("ready {time}, when the escort can come", time=words.clock(local(ready)))
    if merit.good is Good.WISH_MET:
        return tr(_WISHES[Wish(str(values["wish"]))])
    return ""
