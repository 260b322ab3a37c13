"""Says who has a chair already, with the next free place and sharing it one key away."""

from ketadesk.domain.places import Place
from ketadesk.i18n import tr
from ketadesk.services.proposing import PlaceAnswer
from ketadesk.ui import words
from ketadesk.ui.widgets.notice import Notice, NoticeAction
from ketadesk.ui.workplace import Workplace


def say_taken(notice: Notice, workplace: Workplace, answer: PlaceAnswer) -> None:
    """Says nothing where the place is free; its actions are "instead" and "share"."""
    taken = answer.judgement.taken_by
    if taken is None:
        return
    actions = []
    if answer.instead is not None:
        text = _place_text(workplace, answer.instead)
        actions.append(NoticeAction("instead", text, key="Alt+T"))
    actions.append(NoticeAction("share", tr("Share…"), key="Alt+S"))
    sentence = tr(
        "Taken by {name}, {starts} to {ends}.",
        name=words.person(taken.patient_name),
        starts=words.clock(workplace.local(taken.appointment.starts)),
        ends=words.clock(workplace.local(taken.appointment.ends)),
    )
    notice.tell(sentence, kind="warning", actions=actions)


def _place_text(workplace: Workplace, place: Place) -> str:
    local = workplace.local(place.span.starts)
    chairs = {chair.id: chair.name for chair in workplace.clinic_frame.chairs}
    chair = chairs.get(place.chair_id, "").split(" · ")[0]
    if local.date() == workplace.today():
        return tr("Take {time}, {chair}", time=words.clock(local), chair=chair)
    day = words.day(local.date(), short=True)
    return tr("Take {day} {time}, {chair}", day=day, time=words.clock(local), chair=chair)
