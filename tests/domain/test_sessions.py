"""What a session may do next, what holds it back, and what its entries must say."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from ketadesk.domain.clinic import Role, Staff
from ketadesk.domain.errors import Refused
from ketadesk.domain.events import (
    EventDraft,
    EventKind,
    MedicinePurpose,
    SideEffect,
    check_event,
)
from ketadesk.domain.ids import AnswerId, ReadingId, SessionId, StaffId
from ketadesk.domain.readings import Reading, Vitals, check_vitals, standing
from ketadesk.domain.sessions import (
    Answer,
    AnswerDraft,
    ChecklistAnswer,
    ChecklistItem,
    Phase,
    Release,
    ReleasePath,
    Session,
    check_answer,
    check_in_phase,
    check_moment,
    check_phase_step,
    check_release,
    check_release_step,
    check_unsigned,
    nurse_of_session,
    open_items,
)
from tests.domain.made_sessions import at, reading, session

ESCORT = Release(ReleasePath.TO_ESCORT, to_name="Marta")
ADVICE = Release(ReleasePath.AGAINST_ADVICE, reason="walks out")
ALONE = Release(ReleasePath.ALONE, reason="lives next door")


def code_of(check, *values: object, **named: object) -> str | None:
    try:
        check(*values, **named)
    except Refused as refused:
        return refused.code
    return None


def answered(
    item: ChecklistItem, answer: Answer, number: int, override: str = ""
) -> ChecklistAnswer:
    return ChecklistAnswer(
        AnswerId(number), SessionId(1), item, answer, "", override, None, at(10), StaffId(1)
    )


def test_the_checklist_holds_back_until_every_item_is_answered_or_overridden() -> None:
    answers = [
        answered(item, Answer.MET, number) for number, item in enumerate(ChecklistItem, start=1)
    ]
    assert open_items(answers) == ()
    assert open_items(answers[1:]) == (ChecklistItem.IDENTITY,)
    answers.append(answered(ChecklistItem.FASTING, Answer.NOT_MET, 90))
    assert open_items(answers) == (ChecklistItem.FASTING,)
    answers.append(answered(ChecklistItem.FASTING, Answer.NOT_MET, 91, "two sips of water"))
    assert open_items(answers) == ()
    answers.append(answered(ChecklistItem.FASTING, Answer.NOT_APPLICABLE, 92))
    assert open_items(answers) == ()


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (AnswerDraft(ChecklistItem.CONSENT, Answer.MET), None),
        (AnswerDraft(ChecklistItem.FASTING, Answer.NOT_MET), None),
        (AnswerDraft(ChecklistItem.FASTING, Answer.NOT_MET, "", "sip", StaffId(3)), None),
        (AnswerDraft(ChecklistItem.FASTING, Answer.NOT_MET, "", "sip"), "override_needs_person"),
        (
            AnswerDraft(ChecklistItem.FASTING, Answer.MET, "", "sip", StaffId(3)),
            "override_without_need",
        ),
    ],
)
def test_an_override_needs_a_name_and_something_to_override(
    draft: AnswerDraft, code: str | None
) -> None:
    assert code_of(check_answer, draft) == code


@pytest.mark.parametrize(
    ("current", "wanted", "code"),
    [
        (Phase.PREPARING, Phase.INFUSING, None),
        (Phase.PAUSED, Phase.INFUSING, None),
        (Phase.STOPPED, Phase.RECOVERING, None),
        (Phase.READY, Phase.RECOVERING, None),
        (Phase.PREPARING, Phase.RECOVERING, "phase_step_unknown"),
        (Phase.INFUSING, Phase.RELEASED, "phase_step_unknown"),
        (Phase.RELEASED, Phase.INFUSING, "phase_step_unknown"),
    ],
)
def test_phases_follow_each_other(current: Phase, wanted: Phase, code: str | None) -> None:
    assert code_of(check_phase_step, current, wanted) == code


GIVEN = {"infusion_started_at": at(10, 20)}


@pytest.mark.parametrize(
    ("held", "release", "code"),
    [
        (session(Phase.READY, **GIVEN), ESCORT, None),
        (session(Phase.READY, **GIVEN), ALONE, None),
        (session(Phase.STOPPED), ESCORT, None),
        (session(Phase.STOPPED, **GIVEN), ADVICE, None),
        (session(Phase.RECOVERING, **GIVEN), ADVICE, None),
        (session(Phase.RECOVERING, **GIVEN), ESCORT, "release_before_ready"),
        (session(Phase.STOPPED, **GIVEN), ALONE, "release_before_ready"),
        (session(Phase.INFUSING, **GIVEN), ADVICE, "phase_step_unknown"),
        (session(), ESCORT, "phase_step_unknown"),
    ],
)
def test_who_may_leave_when(held: Session, release: Release, code: str | None) -> None:
    assert code_of(check_release_step, held, release) == code


def test_a_release_says_to_whom_or_why() -> None:
    assert code_of(check_release, ESCORT) is None
    assert code_of(check_release, ALONE) is None
    assert code_of(check_release, Release(ReleasePath.TO_ESCORT)) == "release_needs_escort"
    assert code_of(check_release, Release(ReleasePath.ALONE)) == "release_needs_reason"


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        (at(11), None),
        (at(11, 1), None),
        (at(11, 1, 1), "moment_in_future"),
        (at(10) - timedelta(hours=24), None),
        (at(10) - timedelta(hours=24, seconds=1), "moment_too_early"),
    ],
)
def test_moments_have_been_and_belong_to_the_day(moment: datetime, code: str | None) -> None:
    assert code_of(check_moment, session(), moment, now=at(11)) == code


def test_a_signed_session_takes_nothing() -> None:
    assert code_of(check_unsigned, session()) is None
    assert code_of(check_unsigned, session(signed_at=at(12))) == "session_signed"


def test_time_infused_leaves_pauses_out() -> None:
    assert session().infusing_for(at(11)) == timedelta()
    running = session(Phase.INFUSING, **GIVEN, paused_seconds=120)
    assert running.infusing_for(at(10, 30)) == timedelta(minutes=8)
    paused = session(Phase.PAUSED, **GIVEN, paused_at=at(10, 25))
    assert paused.infusing_for(at(11)) == timedelta(minutes=5)
    over = session(Phase.RECOVERING, **GIVEN, infusion_ended_at=at(11))
    assert over.infusing_for(at(12)) == timedelta(minutes=40)


@pytest.mark.parametrize(
    ("vitals", "code"),
    [
        (Vitals(132, 84), None),
        (Vitals(note="calm"), None),
        (Vitals(), "reading_empty"),
        (Vitals(systolic=132), "pressure_incomplete"),
        (Vitals(84, 132), "pressure_swapped"),
        (Vitals(1320, 84), "vital_impossible"),
        (Vitals(oxygen_saturation=980), "vital_impossible"),
        (Vitals(oxygen_flow=Decimal("60.5")), "vital_impossible"),
        (Vitals(moaas=6), "vital_impossible"),
    ],
)
def test_what_cannot_be_true_is_refused(vitals: Vitals, code: str | None) -> None:
    assert code_of(check_vitals, vitals) == code


def test_replaced_and_withdrawn_readings_do_not_stand() -> None:
    first, second = reading(at(10, 20), 1), reading(at(10, 10), 2)
    better = Reading(**{**vars(reading(at(10, 21), 3)), "amends_id": ReadingId(1)})
    gone = Reading(**{**vars(reading(at(10, 10), 4)), "amends_id": ReadingId(2), "withdrawn": True})
    assert standing((first, second)) == (second, first)
    assert standing((first, second, better)) == (second, better)
    assert standing((first, second, better, gone)) == (better,)


def event(kind: EventKind, **more: object) -> EventDraft:
    return EventDraft(kind, at(10, 30), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (event(EventKind.NOTE, detail="music on"), None),
        (event(EventKind.SIDE_EFFECT, code=SideEffect.NAUSEA, grade=1), None),
        (
            event(EventKind.MEDICINE, code=MedicinePurpose.NAUSEA, medicine="ondansetron"),
            None,
        ),
        (event(EventKind.NOTE, detail="  "), "event_empty"),
        (event(EventKind.PHASE, code="infusing"), "phase_events_stay"),
        (event(EventKind.SIDE_EFFECT, code="bored"), "side_effect_unknown"),
        (event(EventKind.SIDE_EFFECT, code=SideEffect.NAUSEA, grade=6), "grade_impossible"),
        (event(EventKind.MEDICINE, medicine="ondansetron"), "medicine_purpose_unknown"),
        (event(EventKind.MEDICINE, code=MedicinePurpose.OTHER), "medicine_without_name"),
    ],
)
def test_an_event_says_what_happened(draft: EventDraft, code: str | None) -> None:
    assert code_of(check_event, draft) == code


ROSA = Staff(StaffId(1), "Rosa M.", Role.NURSE)
SHAH = Staff(StaffId(3), "Dr. Shah", Role.CLINICIAN)
JO = Staff(StaffId(4), "Jo Alvarado", Role.RECEPTIONIST)
GONE = Staff(StaffId(5), "Ida N.", Role.NURSE, active=False)


@pytest.mark.parametrize(
    ("planned", "working", "nurse"),
    [
        (ROSA, SHAH, ROSA),
        (ROSA, JO, ROSA),
        (None, ROSA, ROSA),
        (None, SHAH, SHAH),
        (GONE, SHAH, SHAH),
        (JO, ROSA, ROSA),
    ],
)
def test_a_session_is_the_planned_nurses_else_of_the_nurse_who_opens_it(
    planned: Staff | None, working: Staff, nurse: Staff
) -> None:
    assert nurse_of_session(planned=planned, working=working) == nurse.id


@pytest.mark.parametrize("working", [JO, GONE, None])
def test_who_does_not_nurse_never_becomes_the_nurse_of_record(working: Staff | None) -> None:
    with pytest.raises(Refused, match="session_needs_nurse"):
        nurse_of_session(planned=GONE, working=working)


@pytest.mark.parametrize("phase", list(Phase))
def test_a_step_of_one_phase_is_taken_from_no_other(phase: Phase) -> None:
    if phase is Phase.PAUSED:
        check_in_phase(session(phase), Phase.PAUSED, Phase.INFUSING)
        return
    with pytest.raises(Refused) as refused:
        check_in_phase(session(phase), Phase.PAUSED, Phase.INFUSING)
    assert refused.value.code == "phase_step_unknown"
    assert refused.value.values == {"current": phase.value, "wanted": "infusing"}
