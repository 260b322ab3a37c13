"""From which reading a jump is counted while the nurse types the next line."""

from datetime import datetime

from ketadesk.domain.ids import ReadingId, SessionId, new_uuid
from ketadesk.domain.readings import Reading, ReadingDraft, Vitals
from ketadesk.ui.session.line_words import counted_from
from tests.clinic_day import LENA, at

CALM = Vitals(systolic=130, diastolic=80)
HIGH = Vitals(systolic=184, diastolic=96)


def kept(vitals: Vitals, moment: datetime, *, number: int, uuid: str | None = None) -> Reading:
    return Reading(
        id=ReadingId(number),
        uuid=new_uuid() if uuid is None else uuid,  # type: ignore[arg-type]
        session_id=SessionId(1),
        taken_at=moment,
        entered_at=moment,
        entered_by=LENA,
        vitals=vitals,
    )


def test_from_the_reading_saved_a_moment_ago_that_the_record_does_not_show_yet() -> None:
    first = kept(HIGH, at(9, 15), number=1)
    just_kept = ReadingDraft(at(9, 30), CALM)
    assert counted_from((first,), None, just_kept) == CALM
    assert counted_from((), None, just_kept) == CALM


def test_from_the_record_once_it_shows_it_and_never_from_an_older_one() -> None:
    just_kept = ReadingDraft(at(9, 30), CALM)
    shown = kept(HIGH, at(9, 30), number=2, uuid=just_kept.uuid)
    assert counted_from((shown,), None, just_kept) == HIGH
    newer = kept(HIGH, at(9, 45), number=3)
    assert counted_from((newer,), None, just_kept) == HIGH
    scores_only = ReadingDraft(at(9, 50), Vitals(pain=2))
    assert counted_from((newer,), None, scores_only) == HIGH


def test_never_from_the_reading_that_is_being_corrected() -> None:
    first, second = kept(CALM, at(9, 15), number=1), kept(HIGH, at(9, 30), number=2)
    assert counted_from((first, second), second, ReadingDraft(at(9, 30), HIGH)) == CALM
