"""What the session asks before it keeps something, and that no key skips an answer."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget

from ketadesk.domain.events import EventDraft, EventKind
from ketadesk.domain.ids import SessionId
from ketadesk.domain.sessions import (
    Answer,
    ChecklistItem,
    OrderDraft,
    Phase,
    Release,
    ReleasePath,
    current_answers,
)
from ketadesk.services import recording, sessions
from ketadesk.ui import commands, theme
from ketadesk.ui.session.session_page import SessionPage
from ketadesk.ui.session.view import SessionTarget
from tests.clinic_day import at
from tests.ui.session_day import SessionDay, utc

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def day(qapp: QApplication, qtbot, tmp_path: Path) -> Iterator[SessionDay]:
    theme.apply(qapp, dark=False)
    made = SessionDay(tmp_path / "harbor.ketadesk", qtbot)
    yield made
    made.close()


def page_of(day: SessionDay, session_id: SessionId) -> SessionPage:
    view = day.view()
    view.show_target(SessionTarget(session_id))
    day.wait(lambda: view.page.record is not None)
    return view.page


def infusing(day: SessionDay) -> tuple[SessionPage, SessionId]:
    session_id = day.infusing()
    page = page_of(day, session_id)
    day.wait(page.entry.line.hasFocus)
    return page, session_id


def dialog(day: SessionDay, page: QWidget, name: str) -> QDialog:
    day.wait(lambda: any(found.isVisible() for found in page.findChildren(QDialog, name)))
    return next(found for found in page.findChildren(QDialog, name) if found.isVisible())


def shown_phase(day: SessionDay, page: SessionPage, wanted: Phase) -> None:
    day.wait(lambda: page.record is not None and page.record.session.phase is wanted)


# the line


def test_escape_clears_the_line_keeps_the_keys_and_loses_nothing(day: SessionDay) -> None:
    page, _ = infusing(day)
    day.type("140/80 7")
    day.press(Qt.Key.Key_Escape)
    assert page.entry.line.text() == ""
    assert page.entry.line.hasFocus()
    assert "Up brings it back" in page.entry.said()
    day.press(Qt.Key.Key_Escape)
    assert page.entry.line.hasFocus()
    day.press(Qt.Key.Key_Up)
    assert page.entry.line.text() == "140/80 7"
    assert "not saved" in page.entry.said()


def test_the_last_reading_recalled_says_that_it_is_no_amendment(day: SessionDay) -> None:
    page, _ = infusing(day)
    day.line(page, "134/85 80 98 16")
    day.press(Qt.Key.Key_Up)
    assert "last reading again, not an amendment" in page.entry.said()


def test_what_is_being_typed_survives_a_walk_through_earlier_lines(day: SessionDay) -> None:
    page, _ = infusing(day)
    day.line(page, "134/85 80 98 16")
    day.type("150/9")
    day.press(Qt.Key.Key_Up)
    day.press(Qt.Key.Key_Down)
    assert page.entry.line.text() == "150/9"


def test_nothing_is_called_wrong_before_its_word_is_finished(day: SessionDay) -> None:
    page, _ = infusing(day)
    for typed in ("1", "13", "132/8", "132/84 8"):
        page.entry.line.setText(typed)
        assert not page.entry.line.marked(), typed
    page.entry.line.setText("132/84 8 ")
    assert page.entry.line.marked()
    page.entry.line.setText("132/84 888")
    assert page.entry.line.marked()


def test_an_unusual_value_gives_the_line_an_amber_frame(day: SessionDay) -> None:
    page, _ = infusing(day)
    day.type("192/112 78")
    assert page.entry.line.property("attention") is True
    page.entry.line.setText("132/84 78")
    assert page.entry.line.property("attention") is False


def test_with_large_text_the_warning_is_whole(day: SessionDay, qapp: QApplication) -> None:
    page, _ = infusing(day)
    theme.apply(qapp, dark=False, scale=1.5)
    day.type("192/112 78 98 16")
    day.press(Qt.Key.Key_Return)
    label = page.entry.findChild(QWidget, "entry_said_more")
    assert label.isVisible()
    assert label.text().startswith("Enter once more saves it")
    day.wait(lambda: label.height() >= label.heightForWidth(label.width()))
    assert page.entry.rect().contains(label.mapTo(page.entry, label.rect().bottomRight()))
    assert page.table.viewport().height() >= 2 * page.table.rowHeight(0)


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_the_warning_names_every_unusual_value_and_shows_all_of_it(
    day: SessionDay, qapp: QApplication, scale: float
) -> None:
    """In the room of 1366x768, with the score of MOAA/S in what was understood."""
    page, session_id = infusing(day)
    theme.apply(qapp, dark=False, scale=scale)
    page.window().resize(1290 if scale == 1.0 else 1252, 640)
    day.type("192/112 140 88 5 m4 d6 p3")
    day.press(Qt.Key.Key_Return)
    said = page.entry.said()
    for value in ("192", "112", "140", "88", "rate 5", "MOAA/S 4", "dissociation 6", "pain 3"):
        assert value in said, value
    for name in ("entry_said", "entry_said_more"):
        label = page.entry.findChild(QWidget, name)
        day.wait(lambda shown=label: shown.height() >= shown.heightForWidth(shown.width()))
        corners = (label.rect().topLeft(), label.rect().bottomRight())
        assert all(page.entry.rect().contains(label.mapTo(page.entry, one)) for one in corners)
        assert label.mapTo(page.entry, label.rect().bottomLeft()).y() < page.entry.line.y()
    assert page.bottom.height() == page.entry.height()
    assert len(day.kept(session_id).readings) == 1
    theme.apply(qapp, dark=False)


# amending


def test_a_reading_amended_later_keeps_its_true_time(day: SessionDay) -> None:
    """Everything in the line is typed over, ten minutes later; the seconds stay too."""
    page, session_id = infusing(day)
    day.clock.moment += timedelta(seconds=17)
    day.line(page, "154/95 92 96 15")
    taken = day.kept(session_id).readings[-1].taken_at
    due = day.kept(session_id).next_vitals(day.clock())
    day.pass_minutes(10)
    day.press(Qt.Key.Key_A, CTRL | SHIFT)
    day.wait(lambda: page.entry.line.text() == "154/95 92 96 15 @10:30")
    day.type("145/95 90 96 15")
    assert page.entry.line.text() == "145/95 90 96 15"
    assert page.entry.said().startswith("at 10:30: BP 145/95")
    day.press(Qt.Key.Key_Return)
    day.type("misread")
    day.press(Qt.Key.Key_Return)
    day.wait(lambda: len(day.kept(session_id).readings) == 3)
    assert day.kept(session_id).readings[-1].taken_at == taken
    assert day.kept(session_id).next_vitals(day.clock()) == due


def test_a_time_typed_while_amending_is_the_readings_time_from_then_on(day: SessionDay) -> None:
    page, session_id = infusing(day)
    day.press(Qt.Key.Key_A, CTRL | SHIFT)
    day.wait(page.entry.line.hasSelectedText)
    day.type("132/84 78 98 16 @10:20")
    assert page.entry.said().startswith("at 10:20: ")
    day.press(Qt.Key.Key_Return)
    day.type("wrong minute")
    day.press(Qt.Key.Key_Return)
    day.wait(lambda: len(day.kept(session_id).readings) == 2)
    (standing,) = day.kept(session_id).standing_readings
    assert standing.taken_at == utc(at(10, 20))


def test_enter_on_a_reading_amends_it_and_never_skips_the_reason(day: SessionDay) -> None:
    """The reading was 210 by mistake: its correction is no jump from itself."""
    page, session_id = infusing(day)
    day.type("210/95 80 98 16")
    day.press(Qt.Key.Key_Return)
    day.press(Qt.Key.Key_Return)
    day.wait(lambda: page.table.model().rowCount() == 2)
    page.table.setFocus()
    day.press(Qt.Key.Key_End)
    assert page.findChild(QWidget, "reading_actions").isVisible()
    day.press(Qt.Key.Key_Return)
    day.wait(page.entry.line.hasFocus)
    day.type("148/95 80 98 16 @10:30")
    day.press(Qt.Key.Key_Return)
    assert page.entry.reason.hasFocus()
    assert "was 210" not in page.entry.said()
    day.press(Qt.Key.Key_Return)
    assert page.entry.reason.hasFocus()
    assert len(day.kept(session_id).readings) == 2
    day.type("read off wrongly")
    day.press(Qt.Key.Key_Return)
    day.wait(lambda: len(day.kept(session_id).readings) == 3)
    assert day.kept(session_id).standing_readings[-1].vitals.systolic == 148


def test_a_line_begun_before_an_amendment_comes_back_after_it(day: SessionDay) -> None:
    page, _ = infusing(day)
    day.type("150/9")
    page.table.setFocus()
    day.press(Qt.Key.Key_A)
    day.press(Qt.Key.Key_Escape)
    assert page.entry.line.text() == "150/9"


def test_amending_is_found_by_name(day: SessionDay) -> None:
    page, _ = infusing(day)
    page.table.setFocus()
    names = [command.name for command in commands.within(page, "Sessions")]
    for wanted in ("Amend the chosen reading", "Withdraw the chosen reading", "Next chair"):
        assert wanted in names
    page.hide()
    assert not commands.within(page, "Sessions")


def test_an_event_is_amended_in_place(day: SessionDay) -> None:
    page, session_id = infusing(day)
    draft = EventDraft(EventKind.SIDE_EFFECT, day.clock(), code="nausea", grade=1)
    recording.record_event(day.db, day.stamp(), session_id, draft)
    day.wait(lambda: page.panel.events.count() == 2)
    page.panel.events.setFocus()
    page.panel.events.setCurrentRow(0)
    day.press(Qt.Key.Key_A)
    day.wait(page.event_line.fields.grade.hasFocus)
    day.type("2")
    day.press(Qt.Key.Key_Return)
    assert page.event_line.fields.reason.hasFocus()
    day.type("worse than noted")
    day.press(Qt.Key.Key_Return)
    day.wait(lambda: any(event.grade == 2 for event in day.kept(session_id).standing_events))
    standing = [event for event in day.kept(session_id).standing_events if event.code == "nausea"]
    assert [(event.grade, event.at) for event in standing] == [(2, draft.at)]


def test_within_a_minute_the_event_written_last_is_the_newest(day: SessionDay) -> None:
    """A typed time has no seconds: 10:30 typed after 10:30:20 happened is not older."""
    page, session_id = infusing(day)
    first = EventDraft(EventKind.NOTE, day.clock() + timedelta(seconds=20), detail="first")
    second = EventDraft(EventKind.NOTE, day.clock(), detail="second")
    for draft in (first, second):
        recording.record_event(day.db, day.stamp(), session_id, draft)
    day.wait(lambda: page.panel.events.count() == 3)
    titles = [page.panel.events.item(row).text().split("\n")[0] for row in range(2)]
    assert titles == ["second", "first"]


# events


def test_a_medicine_without_dose_is_asked_about_once(day: SessionDay) -> None:
    page, session_id = infusing(day)
    day.press(Qt.Key.Key_M, CTRL)
    day.wait(page.event_line.fields.medicine.hasFocus)
    day.type("ondansetron")
    day.press(Qt.Key.Key_Return)
    assert page.event_line.fields.purpose.hasFocus()
    assert not page.event_line.fields.purpose.code()
    day.type("n")
    day.press(Qt.Key.Key_Return)
    assert "dose, route, who ordered" in page.event_line.findChild(QWidget, "event_said").text()
    assert not any(event.medicine for event in day.kept(session_id).events)
    day.press(Qt.Key.Key_Return)
    day.wait(lambda: any(event.medicine for event in day.kept(session_id).events))


def test_words_that_no_code_knows_become_the_detail(day: SessionDay) -> None:
    page, session_id = infusing(day)
    day.press(Qt.Key.Key_5, CTRL)
    day.wait(page.event_line.fields.code.hasFocus)
    day.type("sees the room melt")
    day.press(Qt.Key.Key_Tab)
    day.wait(page.event_line.fields.grade.hasFocus)
    assert page.event_line.fields.detail.text() == "sees the room melt"
    day.type("4")
    day.press(Qt.Key.Key_Return)
    day.wait(page.banner.isVisible)
    kept = next(event for event in day.kept(session_id).events if event.grade == 4)
    assert (kept.code, kept.detail) == ("other", "sees the room melt")


def test_words_typed_at_the_grade_go_to_the_detail(day: SessionDay) -> None:
    page, _ = infusing(day)
    day.press(Qt.Key.Key_1, CTRL)
    day.wait(page.event_line.fields.grade.hasFocus)
    day.type("a")
    assert page.event_line.fields.detail.hasFocus()
    assert page.event_line.fields.detail.text() == "a"


# the checklist


def test_a_baseline_within_the_gate_answers_its_row(day: SessionDay) -> None:
    session_id = day.opened()
    page = page_of(day, session_id)
    day.press(Qt.Key.Key_F2)
    day.line(page, "132/84 78 98 16")
    day.wait(lambda: ChecklistItem.BASELINE in current_answers(day.kept(session_id).answers))
    answer = current_answers(day.kept(session_id).answers)[ChecklistItem.BASELINE]
    assert (answer.answer, answer.detail) == (Answer.MET, "132/84 at 10:00")
    day.wait(page.checklist.rows[next(iter(ChecklistItem))].hasFocus)


def test_a_baseline_above_the_gate_is_asked_about(day: SessionDay) -> None:
    session_id = day.opened()
    page = page_of(day, session_id)
    day.press(Qt.Key.Key_F2)
    day.line(page, "150/84 78 98 16")
    row = page.checklist.rows[ChecklistItem.BASELINE]
    day.wait(row.hasFocus)
    assert "M met, N not met?" in row._hint.text()
    assert not day.kept(session_id).answers


def test_a_weight_is_asked_for_and_a_far_one_twice(day: SessionDay) -> None:
    before = day.infusing()
    day.recovered(before)
    released = Release(ReleasePath.TO_ESCORT, escort_id=day.marta)
    sessions.release(day.db, day.stamp(), before, released, at=day.clock())
    session_id = day.opened_again()
    page = page_of(day, session_id)
    row = page.checklist.rows[ChecklistItem.WEIGHT]
    row.setFocus()
    day.press(Qt.Key.Key_M)
    assert row.detail.hasFocus()
    assert not day.kept(session_id).answers
    day.type("165")
    assert "165 kg = 363.8 lb" in row._hint.text()
    day.press(Qt.Key.Key_Return)
    day.wait(lambda: "last time 70 kg" in row._hint.text())
    assert "Enter once more" in row._hint.text()
    assert not day.kept(session_id).answers
    day.wait(row.detail.hasFocus)
    day.press(Qt.Key.Key_Return)
    day.wait(lambda: len(day.kept(session_id).answers) == 1)
    assert day.kept(session_id).answers[0].detail == "165"


def test_an_order_for_another_weight_does_not_start(day: SessionDay) -> None:
    from decimal import Decimal

    session_id = day.opened()
    day.check(session_id, *ChecklistItem)
    order = OrderDraft("Dr. Shah", Decimal(75), Decimal("0.5"), Decimal("37.5"), 40, "iv")
    recording.write_order(day.db, day.stamp(), session_id, order)
    page = page_of(day, session_id)
    assert "Order for 75 kg, weighed 70 kg" in page.phase_bar.held_back.full_text()
    assert page.findChild(QWidget, "jump_to_order").isVisible()
    day.press(Qt.Key.Key_S, ALT)
    day.wait(lambda: "75 kg" in page.order.said.text())
    assert page.shown_page() == "order"
    assert day.kept(session_id).session.phase is Phase.PREPARING


# ready, release and back


def test_ready_too_early_names_what_speaks_against_it(day: SessionDay) -> None:
    page, session_id = infusing(day)
    day.pass_minutes(40)
    day.press(Qt.Key.Key_R, ALT)
    shown_phase(day, page, Phase.RECOVERING)
    day.pass_minutes(0.4)
    day.press(Qt.Key.Key_Y, ALT)
    question = dialog(day, page, "question")
    said = " ".join(label.text() for label in question.findChildren(QWidget) if _has_text(label))
    assert "No vital signs since recovery began" in said
    assert "24 s of" in said
    day.qtbot.keyClick(question, Qt.Key.Key_Return)
    assert day.kept(session_id).session.phase is Phase.RECOVERING
    day.back_to(page)
    day.wait(page.entry.line.hasFocus)
    day.press(Qt.Key.Key_Y, ALT)
    question = dialog(day, page, "question")
    question.findChild(QLineEdit, "question_reason").setText("transferred to the ward")
    day.qtbot.mouseClick(question.findChild(QWidget, "question_confirm"), Qt.MouseButton.LeftButton)
    shown_phase(day, page, Phase.READY)


def _has_text(widget: QWidget) -> bool:
    return hasattr(widget, "text")


def test_enter_does_not_skip_the_sheet_that_nobody_printed(day: SessionDay) -> None:
    page, session_id = infusing(day)
    day.recovered(session_id)
    shown_phase(day, page, Phase.READY)
    wanted: list[tuple[str, object]] = []
    page._workplace.wanted.connect(lambda view, target: wanted.append((view, target)))
    day.press(Qt.Key.Key_L, ALT)
    release = dialog(day, page, "release_dialog")
    day.wait(lambda: "neither printed" in release.findChild(QWidget, "release_said").text())
    day.qtbot.keyClick(release, Qt.Key.Key_Return)
    day.wait(lambda: bool(wanted))
    assert wanted[0][0] == "sheets"
    assert day.kept(session_id).session.phase is Phase.READY


def test_a_release_is_taken_back_with_a_reason(day: SessionDay) -> None:
    page, session_id = infusing(day)
    day.recovered(session_id)
    released = Release(ReleasePath.TO_ESCORT, escort_id=day.marta)
    sessions.release(day.db, day.stamp(), session_id, released, at=day.clock())
    shown_phase(day, page, Phase.RELEASED)
    day.press(Qt.Key.Key_N, ALT)
    question = dialog(day, page, "question")
    day.wait(lambda: question.findChild(QLineEdit, "question_reason").hasFocus())
    day.type("still in the chair, the car is late")
    day.press(Qt.Key.Key_Return)
    shown_phase(day, page, Phase.READY)
    day.back_to(page)
    day.wait(page.entry.line.hasFocus)


def test_escape_asks_before_it_throws_a_typed_medicine_away(day: SessionDay) -> None:
    page, session_id = infusing(day)
    day.press(Qt.Key.Key_M, CTRL)
    fields = page.event_line.fields
    day.wait(fields.medicine.hasFocus)
    assert "needed" in fields.medicine.placeholderText() + fields.purpose.placeholderText()
    day.press(Qt.Key.Key_Escape)
    day.wait(page.entry.line.hasFocus)
    day.press(Qt.Key.Key_M, CTRL)
    day.wait(fields.medicine.hasFocus)
    day.type("ondansetron")
    day.press(Qt.Key.Key_Escape)
    asked = page.findChild(QDialog, "leave_dialog")
    day.wait(asked.isVisible)
    asked.reject()
    assert page.event_line.isVisible() and fields.medicine.text() == "ondansetron"
    assert not any(event.medicine for event in day.kept(session_id).events)


def test_after_the_baseline_the_next_key_answers_the_checklist(day: SessionDay) -> None:
    """The two items after the baseline are still open; no letter lands in the line."""
    session_id = day.opened()
    last = (ChecklistItem.BASELINE, *list(ChecklistItem)[-2:])
    day.check(session_id, *(item for item in ChecklistItem if item not in last))
    page = page_of(day, session_id)
    day.wait(page.checklist.rows[ChecklistItem.BASELINE].hasFocus)
    day.press(Qt.Key.Key_F2)
    day.line(page, "132/84 78 98 16")
    day.wait(page.checklist.rows[last[1]].hasFocus)
    day.press(Qt.Key.Key_M)
    day.press(Qt.Key.Key_M)
    day.wait(lambda: not day.kept(session_id).open_items)
    assert page.entry.line.text() == ""
    answers = current_answers(day.kept(session_id).answers)
    assert answers[ChecklistItem.BASELINE].detail.startswith("132/84 at")


def test_the_dose_beside_the_field_is_taken_over_by_its_key_only(day: SessionDay) -> None:
    session_id = day.opened()
    day.check(session_id, *ChecklistItem)
    page = page_of(day, session_id)
    page.show_page("order")
    form = page.order.form
    form.weight.setText("75.4")
    form.per_kg.setText("0.95")
    assert form.take.isVisible() and form.take.label() == "Take 71.63 mg"
    assert form.dose.text() == ""
    form.dose.setFocus()
    day.press(Qt.Key.Key_Equal)
    assert form.dose.text() == "71.63" and form.dose.isModified()
    assert form.take.isHidden()
    form.dose.setText("70")
    day.press(Qt.Key.Key_Equal)
    assert form.dose.text() == "70"
    form.dose.clear()
    day.qtbot.mouseClick(form.take, Qt.MouseButton.LeftButton)
    assert form.dose.text() == "71.63"


def test_enter_keeps_in_recovery_but_never_throws_the_typed_reason_away(day: SessionDay) -> None:
    page, session_id = infusing(day)
    sessions.to_recovery(day.db, day.stamp(), session_id, at=day.clock())
    day.wait(lambda: page.record is not None and page.record.session.phase is Phase.RECOVERING)
    day.press(Qt.Key.Key_Y, ALT)
    day.wait(lambda: page.findChild(QDialog, "question") is not None)
    question = page.findChild(QDialog, "question")
    reason = question.findChild(QLineEdit, "question_reason")
    day.wait(reason.hasFocus)
    day.type("walks well")
    day.press(Qt.Key.Key_Return)
    asked = question.findChild(QDialog, "leave_dialog")
    day.wait(asked.isVisible)
    asked.reject()
    assert question.isVisible() and reason.text() == "walks well"
    question.findChild(QWidget, "question_confirm").click()
    day.wait(lambda: day.kept(session_id).session.phase is Phase.READY)
