"""Says who has a chair already, with the next free place and sharing it one key away."""

from datetime import UTC, datetime

from ketadesk.domain.objections import Guard
from ketadesk.domain.places import Place
from ketadesk.i18n import tr
from ketadesk.services.proposing import PlaceAnswer
from ketadesk.ui import words
from ketadesk.ui.widgets.notice import Notice, NoticeAction
from ketadesk.ui.workplace import Workplace


def say_taken(notice: Notice, workplace: Workplace, answer: PlaceAnswer) -> None:
    """Says nothing where the place is free; its actions are "instead" and "share"."""
    taken = next((one for one in answer.objections if one.guard is Guard.CHAIR_TAKEN), None)
    if taken is None:
        return
    starts, ends = (
        words.clock(workplace.local(datetime.fromtimestamp(float(str(taken.values[name])), UTC)))
        for name in ("starts_at", "ends_at")
    )
    actions = []
    if answer.instead is not None:
        text = take_text(workplace, answer.instead)
        actions.append(NoticeAction("instead", text, key="Alt+T"))
    actions.append(NoticeAction("share", tr("Share…"), key="Alt+S"))
    sentence = tr(
        "Taken by {name}, {starts} to {ends}.",
        name=words.person(str(taken.values["patient"])),
        starts=starts,
        ends=ends,
    )
    notice.tell(sentence, kind="warning", actions=actions)


def take_text(workplace: Workplace, place: Place) -> str:
    """ "Take Thu 13 May 11:15, Chair 2", without the day when it is today."""
    local = workplace.local(place.span.starts)
    chairs = {chair.id: chair.name for chair in workplace.clinic_frame.chairs}
    chair = chairs.get(place.chair_id, "").split(" · ")[0]
    if local.date() == workplace.today():
        return tr("Take {time}, {chair}", time=words.clock(local), chair=chair)
    day = words.day(local.date(), short=True)
    return tr("Take {day} {time}, {chair}", day=day, time=words.clock(local), chair=chair)
