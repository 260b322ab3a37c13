"""A whole infusion by keyboard, in the real view on a real file, and what must never go wrong."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTime
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget

from ketadesk.domain.events import EventKind, MedicinePurpose
from ketadesk.domain.ids import SessionId
from ketadesk.domain.sessions import Answer, ChecklistItem, Phase, ReleasePath, current_answers
from ketadesk.services import sessions
from ketadesk.ui import theme
from ketadesk.ui.session.session_page import SessionPage
from ketadesk.ui.session.view import AppointmentTarget, SessionTarget
from ketadesk.ui.widgets.label import Label
from tests.clinic_day import DR_SHAH, at
from tests.ui.session_day import SessionDay

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def day(qapp: QApplication, qtbot, tmp_path: Path) -> Iterator[SessionDay]:
    theme.apply(qapp, dark=False)
    made = SessionDay(tmp_path / "harbor.ketadesk", qtbot)
    yield made
    made.close()


def infusing_page(day: SessionDay) -> tuple[SessionPage, SessionId]:
    session_id = day.infusing()
    view = day.view()
    view.show_target(SessionTarget(session_id))
    day.wait(lambda: view.page.record is not None)
    day.wait(view.page.entry.line.hasFocus)
    return view.page, session_id


def phase(day: SessionDay, session_id: SessionId) -> Phase:
    return day.kept(session_id).session.phase


def shown_phase(day: SessionDay, page: SessionPage, wanted: Phase) -> None:
    day.wait(lambda: page.record is not None and page.record.session.phase is wanted)


def dialog(day: SessionDay, page: QWidget, name: str) -> QDialog:
    day.wait(lambda: any(found.isVisible() for found in page.findChildren(QDialog, name)))
    return next(found for found in page.findChildren(QDialog, name) if found.isVisible())


def test_a_whole_infusion_by_keyboard(day: SessionDay) -> None:
    view = day.view()
    view.show_target(AppointmentTarget(day.appointment))
    day.wait(lambda: view.findChild(QWidget, "open_session").hasFocus())
    day.press(Qt.Key.Key_Return)
    page = view.page
    day.wait(lambda: page.record is not None)
    session_id = page.session_id()
    assert session_id is not None
    answer_the_checklist(day, page, session_id)
    write_the_order(day, page)
    infuse(day, page, session_id)
    recover_and_release(day, page, session_id)
    sign(day, page, session_id)
    assert not day.told


def answer_the_checklist(day: SessionDay, page: SessionPage, session_id: SessionId) -> None:
    """M for each, the weight in lb, one item not met and overridden by the clinician."""
    day.wait(page.checklist.rows[ChecklistItem.IDENTITY].hasFocus)
    assert "identity" in page.phase_bar.held_back.full_text()
    day.press(Qt.Key.Key_M)
    day.press(Qt.Key.Key_N)
    day.wait(lambda: ChecklistItem.CONSENT in current_answers(day.kept(session_id).answers))
    day.wait(page.checklist.rows[ChecklistItem.CONSENT]._override.isVisible)
    day.press(Qt.Key.Key_O)
    question = dialog(day, page, "question")
    day.wait(lambda: question.findChild(QLineEdit, "question_reason").hasFocus())
    day.type("signed on paper, scan follows")
    day.press(Qt.Key.Key_Return)
    day.wait(lambda: len(day.kept(session_id).answers) == 3)
    day.back_to(page)
    page.checklist.rows[ChecklistItem.CONSENT].setFocus()
    day.press(Qt.Key.Key_Down)
    day.press(Qt.Key.Key_Return)
    day.type("154.3 lb")
    day.press(Qt.Key.Key_Return)
    for item in list(ChecklistItem)[2:]:
        assert page.checklist.rows[item].hasFocus()
        day.press(Qt.Key.Key_A if item is ChecklistItem.PREGNANCY else Qt.Key.Key_M)
    day.wait(lambda: page.record is not None and not page.record.open_items)
    kept = current_answers(day.kept(session_id).answers)
    assert kept[ChecklistItem.CONSENT].answer is Answer.NOT_MET
    assert kept[ChecklistItem.CONSENT].override_by == DR_SHAH
    assert kept[ChecklistItem.PREGNANCY].answer is Answer.NOT_APPLICABLE
    assert kept[ChecklistItem.WEIGHT].detail == "154.3 lb"


def write_the_order(day: SessionDay, page: SessionPage) -> None:
    day.press(Qt.Key.Key_F6)
    order = page.order
    day.wait(order.form.ordered_by.hasFocus)
    assert order.form.weight.text() == "69.99"
    assert not order.form.dose.text()
    order.form.ordered_by.setFocus()
    day.type("Dr. Shah")
    order.form.per_kg.setFocus()
    day.type("0.5")
    order.form.dose.setFocus()
    day.type("35")
    day.press(Qt.Key.Key_Return)
    day.wait(lambda: page.record is not None and page.record.order is not None)
    assert "35 mg" in [label.text() for label in page.panel.findChildren(Label)]


def infuse(day: SessionDay, page: SessionPage, session_id: SessionId) -> None:
    """A baseline, the start, five readings of which one is amended, nausea, a pause."""
    day.line(page, "132/84 78 98 16 m5 d0")
    day.pass_minutes(5)
    day.press(Qt.Key.Key_S, ALT)
    shown_phase(day, page, Phase.INFUSING)
    for line in ("134/85 80 98 16", "144/90 86 97 16", "151/93 90 97 15", "154/95 92 96 15"):
        day.pass_minutes(5)
        day.line(page, line)
    amend_the_last(day, page, session_id)
    day.press(Qt.Key.Key_1, CTRL)
    day.wait(page.event_line.fields.grade.hasFocus)
    day.type("1")
    day.type("slight")
    day.press(Qt.Key.Key_Return)
    day.wait(lambda: any(event.code == "nausea" for event in day.kept(session_id).events))
    day.wait(page.entry.line.hasFocus)
    day.press(Qt.Key.Key_P, ALT)
    shown_phase(day, page, Phase.PAUSED)
    day.pass_minutes(3)
    day.press(Qt.Key.Key_P, ALT)
    shown_phase(day, page, Phase.INFUSING)
    assert day.kept(session_id).session.paused_seconds == 180


def amend_the_last(day: SessionDay, page: SessionPage, session_id: SessionId) -> None:
    page.table.setFocus()
    day.press(Qt.Key.Key_End)
    day.press(Qt.Key.Key_A)
    day.wait(page.entry.line.hasFocus)
    assert page.entry.line.text() == "154/95 92 96 15 @10:20"
    day.type("145/95 92 96 15 @10:20")
    day.press(Qt.Key.Key_Return)
    day.wait(page.entry.reason.hasFocus)
    day.type("digits swapped")
    day.press(Qt.Key.Key_Return)
    day.wait(lambda: len(day.kept(session_id).readings) == 6)
    kept = day.kept(session_id)
    assert [reading.vitals.systolic for reading in kept.standing_readings] == [
        132,
        134,
        144,
        151,
        145,
    ]
    amended = next(reading for reading in kept.readings if reading.amends_id is not None)
    assert amended.amend_reason == "digits swapped"
    day.wait(lambda: page.table.model().rowCount() == 6)
    day.wait(page.entry.line.hasFocus)


def recover_and_release(day: SessionDay, page: SessionPage, session_id: SessionId) -> None:
    day.pass_minutes(20)
    day.press(Qt.Key.Key_R, ALT)
    shown_phase(day, page, Phase.RECOVERING)
    day.pass_minutes(45)
    day.line(page, "128/80 74 98 16")
    day.press(Qt.Key.Key_Y, ALT)
    shown_phase(day, page, Phase.READY)
    day.press(Qt.Key.Key_L, ALT)
    release = dialog(day, page, "release_dialog")
    day.wait(lambda: "not printed" in release.findChild(QWidget, "release_sheets").text())
    day.qtbot.keyClick(release, Qt.Key.Key_L, ALT)
    shown_phase(day, page, Phase.RELEASED)
    day.back_to(page)
    kept = day.kept(session_id).session.release
    assert kept is not None
    assert (kept.path, kept.to_name) == (ReleasePath.TO_ESCORT, "Marta")


def sign(day: SessionDay, page: SessionPage, session_id: SessionId) -> None:
    page.entry.line.setFocus()
    day.press(Qt.Key.Key_G, ALT)
    question = dialog(day, page, "question")
    day.qtbot.keyClick(question, Qt.Key.Key_Return)
    day.wait(lambda: page.record is not None and page.record.session.signed)
    assert day.kept(session_id).session.signed
    assert not page.entry.line.isEnabled()
    assert page.phase_bar.action_ids() == ("addendum",)


HOSTILE = (
    "nonsense",
    "132/84 78 98 16 99 100",
    "84/132 78",
    "132/84 780",
    "132/84 78 98 16 t25:99",
    "'; DROP TABLE readings; --",
    "<b>132/84</b>",
    "१३२/८४ ७८",
    "132/84 78 98 16 t23:59",
    "/" * 290,
    "-",
    "🙂",
)


def test_what_is_not_understood_stays_in_the_line(day: SessionDay) -> None:
    page, session_id = infusing_page(day)
    for line in HOSTILE:
        page.entry.line.setText(line)
        day.press(Qt.Key.Key_Return)
        assert page.entry.line.text() == line
        assert page.entry.said(), line
        for problem in page.entry.line.marked():
            assert 0 <= problem.start <= problem.end <= len(line)
    assert len(day.kept(session_id).readings) == 1
    page.entry.line.clear()
    day.line(page, "132/84 78 98 16")


def test_an_unusual_value_needs_one_more_enter_and_says_why(day: SessionDay) -> None:
    page, session_id = infusing_page(day)
    day.type("192/112 78 98 16")
    day.press(Qt.Key.Key_Return)
    assert "192" in page.entry.said() and "Enter once more" in page.entry.said()
    assert len(day.kept(session_id).readings) == 1
    day.press(Qt.Key.Key_Return)
    day.wait(lambda: page.entry.line.text() == "")
    assert len(day.kept(session_id).readings) == 2
    assert "saved 10:30" in page.entry.said()


def test_changing_an_unusual_line_asks_again(day: SessionDay) -> None:
    page, session_id = infusing_page(day)
    day.type("192/112 78 98 16")
    day.press(Qt.Key.Key_Return)
    day.type("0")
    day.press(Qt.Key.Key_Backspace)
    day.press(Qt.Key.Key_Return)
    assert "Enter once more" in page.entry.said()
    assert len(day.kept(session_id).readings) == 1


def test_a_refused_reading_keeps_its_text(day: SessionDay) -> None:
    """The record is signed in another window between two looks of this one."""
    page, session_id = infusing_page(day)
    day.type("134/85 80 98 16")
    day.recovered(session_id)
    from ketadesk.domain.sessions import Release

    released = Release(ReleasePath.TO_ESCORT, escort_id=day.marta)
    sessions.release(day.db, day.stamp(), session_id, released, at=day.clock())
    sessions.sign(day.db, day.stamp(), session_id)
    day.press(Qt.Key.Key_Return)
    day.wait(lambda: "signed" in page.entry.said())
    assert page.entry.line.text() == "134/85 80 98 16"
    assert len(day.kept(session_id).readings) == 2


def test_what_is_typed_while_saving_is_not_lost(day: SessionDay) -> None:
    page, _ = infusing_page(day)
    day.type("134/85 80 98 16")
    day.press(Qt.Key.Key_Return)
    day.type(" 13")
    day.wait(lambda: page.entry.line.text() == " 13")


def test_up_recalls_what_was_sent(day: SessionDay) -> None:
    page, _ = infusing_page(day)
    day.line(page, "134/85 80 98 16")
    day.press(Qt.Key.Key_Up)
    assert page.entry.line.text() == "134/85 80 98 16"
    day.press(Qt.Key.Key_Down)
    assert page.entry.line.text() == ""


def test_another_windows_reading_appears_within_two_seconds(day: SessionDay, qtbot) -> None:
    page, session_id = infusing_page(day)
    other = day.view()
    other.show_target(SessionTarget(session_id))
    day.wait(lambda: other.page.record is not None)
    day.pass_minutes(5)
    other.page.entry.line.setText("144/90 86 97 16")
    other.page.entry.line.entered.emit()
    qtbot.waitUntil(lambda: page.table.model().rowCount() == 2, timeout=2000)


def test_a_line_being_typed_survives_another_windows_reading(day: SessionDay) -> None:
    page, session_id = infusing_page(day)
    day.type("134/8")
    day.pass_minutes(5)
    day.read(session_id, "144/90 86 97 16")
    day.wait(lambda: page.table.model().rowCount() == 2)
    assert page.entry.line.text() == "134/8"


def severe_breathing(day: SessionDay, page: SessionPage) -> None:
    """A severe effect, chosen by a part of its name, with its grade; nothing is preselected."""
    day.press(Qt.Key.Key_5, CTRL)
    day.wait(page.event_line.fields.code.hasFocus)
    assert not page.event_line.fields.code.code()
    assert page.event_line.fields.grade.grade() is None
    day.type("breath")
    page.event_line.fields.grade.setFocus()
    day.type("3")
    assert page.event_line.fields.code.code() == "breathing_difficulty"


def test_a_severe_effect_stays_on_screen_until_someone_was_told(day: SessionDay) -> None:
    page, session_id = infusing_page(day)
    severe_breathing(day, page)
    day.press(Qt.Key.Key_Return)
    day.wait(lambda: page.banner.isVisible() and page.entry.line.hasFocus())
    page.banner.name.setFocus()
    day.press(Qt.Key.Key_Return)
    assert page.banner.isVisible()
    day.type("Dr. Shah")
    day.press(Qt.Key.Key_Return)
    day.wait(lambda: not page.banner.isVisible())
    told = [event for event in day.kept(session_id).events if event.kind is EventKind.INTERVENTION]
    assert [event.detail for event in told] == ["Told Dr. Shah"]
    day.wait(page.entry.line.hasFocus)


def test_an_event_of_a_time_still_to_come_is_asked_about_and_not_kept(day: SessionDay) -> None:
    page, session_id = infusing_page(day)
    severe_breathing(day, page)
    kept = len(day.kept(session_id).events)
    later = page._workplace.now() + timedelta(minutes=30)
    page.event_line.fields.time.setTime(QTime(later.hour, later.minute))
    day.press(Qt.Key.Key_Return)
    assert page.event_line.isVisible()
    assert page.event_line.fields.time.hasFocus()
    assert "lies in the future" in page.event_line.findChild(Label, "event_said").text()
    assert len(day.kept(session_id).events) == kept


def test_a_medicine_keeps_its_name_apart_from_its_dose(day: SessionDay) -> None:
    page, session_id = infusing_page(day)
    day.press(Qt.Key.Key_M, CTRL)
    day.wait(page.event_line.fields.medicine.hasFocus)
    day.press(Qt.Key.Key_Return)
    assert page.event_line.isVisible()
    for text in ("ondansetron", "b", "4 mg", "IV", "Dr. Shah"):
        day.type(text)
        day.press(Qt.Key.Key_Tab)
    page.event_line.fields.ordered_by.setFocus()
    day.press(Qt.Key.Key_Return)
    day.wait(lambda: any(event.medicine for event in day.kept(session_id).events))
    kept = next(event for event in day.kept(session_id).events if event.medicine)
    assert (kept.medicine, kept.detail) == ("ondansetron", "4 mg IV, ordered by Dr. Shah")
    assert kept.code == MedicinePurpose.BLOOD_PRESSURE


def test_a_signed_session_is_locked_and_takes_an_addendum(day: SessionDay) -> None:
    page, session_id = infusing_page(day)
    from ketadesk.domain.sessions import Release

    day.recovered(session_id)
    released = Release(ReleasePath.TO_ESCORT, escort_id=day.marta)
    sessions.release(day.db, day.stamp(), session_id, released, at=day.clock())
    sessions.sign(day.db, day.stamp(), session_id)
    day.wait(lambda: page.record is not None and page.record.session.signed)
    assert not page.entry.line.isEnabled()
    assert page.checklist.rows[ChecklistItem.IDENTITY].detail.isReadOnly()
    assert not any(button.isVisible() for button in page.panel._buttons)
    page.table.setFocus()
    day.press(Qt.Key.Key_End)
    day.press(Qt.Key.Key_A)
    assert page.entry.line.text() == ""
    day.press(Qt.Key.Key_D, ALT)
    question = dialog(day, page, "question")
    day.wait(lambda: question.findChild(QLineEdit, "question_reason").hasFocus())
    day.type("called back, all well")
    day.press(Qt.Key.Key_Return)
    day.wait(lambda: any(event.code == "addendum" for event in day.kept(session_id).events))


def test_vitals_that_are_late_say_so(day: SessionDay) -> None:
    page, _ = infusing_page(day)
    assert page.header.vitals.accessibleName() == "next vitals in 05:00"
    day.pass_minutes(7)
    day.workplace.ticked.emit(day.workplace.now())
    assert page.header.vitals.accessibleName() == "vitals late by 02:00"
    assert page.header.running.value() == "07:00"


def test_a_stop_asks_why(day: SessionDay) -> None:
    page, session_id = infusing_page(day)
    day.pass_minutes(5)
    day.press(Qt.Key.Key_X, ALT | SHIFT)
    question = dialog(day, page, "question")
    day.wait(lambda: question.findChild(QLineEdit, "question_reason").hasFocus())
    day.press(Qt.Key.Key_Return)
    assert phase(day, session_id) is Phase.INFUSING
    day.type("infiltrated line")
    day.press(Qt.Key.Key_Return)
    shown_phase(day, page, Phase.STOPPED)


def test_the_list_names_who_has_arrived_and_enter_goes_on(day: SessionDay) -> None:
    view = day.view()
    view.show_target(None)
    day.wait(lambda: len(view.list.rows()) == 1)
    assert view.list.rows()[0].patient == "Ana García"
    assert view.list.rows()[0].arrived
    view.list.table.setFocus()
    day.press(Qt.Key.Key_Return)
    day.wait(lambda: view.findChild(QWidget, "open_session").hasFocus())
    day.press(Qt.Key.Key_Return)
    day.wait(lambda: view.page.record is not None)
    day.press(Qt.Key.Key_Left, ALT)
    day.wait(lambda: bool(view.list.rows()) and not view.list.rows()[0].arrived)
    assert at(9, 55) == day.kept(view.page.session_id()).session.opened_at  # type: ignore[arg-type]
