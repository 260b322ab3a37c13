"""What happened besides vital signs: what is severe, who was told, what can't be kept."""

from dataclasses import replace

import pytest

from ketadesk.domain.errors import Refused
from ketadesk.domain.events import (
    ADDENDUM,
    CLINICIAN_TOLD,
    SEVERE,
    Event,
    EventDraft,
    EventKind,
    MedicinePurpose,
    SideEffect,
    check_event,
    standing_events,
    untold,
)
from ketadesk.domain.ids import EventId, SessionId, StaffId
from tests.domain.made_sessions import at


def event(number: int, code: str, kind: EventKind = EventKind.SIDE_EFFECT, **more: object) -> Event:
    made = Event(
        kind=kind,
        at=at(10, number),
        code=code,
        id=EventId(number),
        session_id=SessionId(1),
        entered_at=at(10, number),
        entered_by=StaffId(1),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def told(number: int) -> Event:
    return event(number, CLINICIAN_TOLD, EventKind.INTERVENTION)


@pytest.mark.parametrize("effect", list(SideEffect))
def test_what_is_severe_by_its_name(effect: SideEffect) -> None:
    assert event(1, effect.value).severe is (effect in SEVERE)
    assert not event(1, effect.value, EventKind.NOTE).severe


@pytest.mark.parametrize(
    ("grade", "severe"), [(None, False), (1, False), (2, False), (3, True), (4, True), (5, True)]
)
def test_what_is_severe_by_its_grade(grade: int | None, severe: bool) -> None:
    assert event(1, SideEffect.NAUSEA, grade=grade).severe is severe


def test_an_addendum_is_a_note_of_that_code() -> None:
    assert event(1, ADDENDUM, EventKind.NOTE).addendum
    assert not event(1, "", EventKind.NOTE).addendum
    assert not event(1, ADDENDUM, EventKind.INTERVENTION).addendum


def test_events_that_count_stand_by_their_true_time() -> None:
    first, second = event(1, SideEffect.NAUSEA), event(2, SideEffect.RASH)
    earlier = event(3, SideEffect.HEADACHE, at=at(9))
    amended = event(4, SideEffect.VOMITING, at=at(10, 1), amends_id=first.id)
    withdrawn = event(5, SideEffect.RASH, amends_id=second.id, withdrawn=True)
    same_minute = event(6, SideEffect.FALL, at=at(10, 1))
    assert standing_events((first, second, earlier, amended, withdrawn, same_minute)) == (
        earlier,
        amended,
        same_minute,
    )


def test_the_newest_severe_effect_waits_until_someone_was_told_of_it() -> None:
    airway, fall = event(1, SideEffect.AIRWAY), event(2, SideEffect.FALL)
    rash = event(4, SideEffect.RASH, grade=3)
    assert untold(()) is None
    assert untold((fall,)) is None
    assert untold((airway, fall)) == airway
    assert untold((airway, fall, told(3))) is None
    assert untold((airway, told(3), rash)) == rash
    assert untold((airway, rash)) == rash


def test_what_was_told_counts_from_when_it_was_written_down() -> None:
    """A severe effect entered late, with a time before the telling, was not told of then."""
    entered_late = event(5, SideEffect.AIRWAY, at=at(9))
    assert untold((entered_late, told(3))) == entered_late


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (EventDraft(EventKind.PHASE, at(10), "infusing"), "phase_events_stay"),
        (EventDraft(EventKind.SIDE_EFFECT, at(10), "hiccups"), "side_effect_unknown"),
        (EventDraft(EventKind.SIDE_EFFECT, at(10), detail="sick"), "side_effect_unknown"),
        (EventDraft(EventKind.MEDICINE, at(10), "sleep", "x"), "medicine_purpose_unknown"),
        (EventDraft(EventKind.MEDICINE, at(10), "nausea", " "), "medicine_without_name"),
        (EventDraft(EventKind.NOTE, at(10), " ", detail="\n"), "event_empty"),
        (EventDraft(EventKind.SIDE_EFFECT, at(10), "nausea", grade=0), "grade_impossible"),
        (EventDraft(EventKind.SIDE_EFFECT, at(10), "nausea", grade=6), "grade_impossible"),
    ],
)
def test_what_cannot_be_kept(draft: EventDraft, code: str) -> None:
    with pytest.raises(Refused) as refused:
        check_event(draft)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "draft",
    [
        EventDraft(EventKind.SIDE_EFFECT, at(10), "nausea", grade=1),
        EventDraft(EventKind.SIDE_EFFECT, at(10), "other", grade=5),
        EventDraft(EventKind.MEDICINE, at(10), MedicinePurpose.NAUSEA, "ondansetron"),
        EventDraft(EventKind.NOTE, at(10), detail="asked for music"),
        EventDraft(EventKind.INTERVENTION, at(10), CLINICIAN_TOLD),
    ],
)
def test_what_can(draft: EventDraft) -> None:
    check_event(draft)
