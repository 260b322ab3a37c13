"""A start pressed too late is put right, with a reason; the clocks follow."""
# ruff: noqa: F811 - fixtures of other files are used by their names

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ketadesk.domain.ids import SessionId
from ketadesk.services import sessions
from ketadesk.ui.session.session_page import SessionPage
from ketadesk.ui.session.step_time_dialog import StepTimeDialog
from ketadesk.ui.session.view import SessionTarget
from tests.clinic_day import at
from tests.ui.session_day import SessionDay, utc
from tests.ui.test_session import day  # noqa: F401

ALT = Qt.KeyboardModifier.AltModifier


def infusing(day: SessionDay) -> tuple[SessionPage, SessionId]:
    session_id = day.infusing()
    day.pass_minutes(10)
    view = day.view()
    view.show_target(SessionTarget(session_id))
    day.wait(view.page.entry.line.hasFocus)
    return view.page, session_id


def asked(day: SessionDay) -> StepTimeDialog:
    day.wait(lambda: isinstance(QApplication.activeModalWidget(), StepTimeDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, StepTimeDialog)
    return dialog


def test_a_start_pressed_too_late_is_corrected_with_a_reason(day: SessionDay) -> None:
    page, session_id = infusing(day)
    pressed = day.kept(session_id).session.infusion_started_at
    assert pressed is not None
    day.press(Qt.Key.Key_T, ALT)
    dialog = asked(day)
    shown = dialog.time.time()
    dialog.time.setTime(shown.addSecs(-180))
    dialog.confirm.click()
    assert dialog.reason.refusal
    assert day.kept(session_id).session.infusion_started_at == pressed
    day.qtbot.keyClicks(dialog.reason.line, "pump ran before the key")
    day.qtbot.keyClick(dialog.reason.line, Qt.Key.Key_Return)
    day.wait(lambda: day.kept(session_id).session.infusion_started_at != pressed)
    kept = day.kept(session_id)
    assert kept.session.infusion_started_at == pressed - timedelta(minutes=3)
    day.wait(lambda: page.header.running.value() == "13:00")
    day.wait(lambda: QApplication.activeModalWidget() is None)


@pytest.mark.parametrize("typed", ["1027", "10:27", "10.27"])
def test_a_time_is_typed_over_as_in_every_other_field(day: SessionDay, typed: str) -> None:
    """Digits, Tab, the reason, Enter; nothing else is touched."""
    page, session_id = infusing(day)
    day.press(Qt.Key.Key_T, ALT)
    dialog = asked(day)
    day.wait(dialog.time.hasFocus)
    assert dialog.time.selectedText() == "10:30"
    day.type(typed)
    day.press(Qt.Key.Key_Tab)
    assert dialog.time.text() == "10:27"
    assert dialog.reason.line.hasFocus()
    day.type("pump ran before the key")
    day.press(Qt.Key.Key_Return)
    day.wait(lambda: page.header.running.value() == "13:00")
    assert day.kept(session_id).session.infusion_started_at == utc(at(10, 27))


def test_the_time_that_stands_already_corrects_nothing(day: SessionDay) -> None:
    _page, session_id = infusing(day)
    before = day.kept(session_id)
    day.press(Qt.Key.Key_T, ALT)
    dialog = asked(day)
    day.wait(dialog.time.hasFocus)
    day.qtbot.keyClicks(dialog.reason.line, "no reason at all")
    for typed, said in (("10:30", "already"), ("1099", "can't be read"), ("", "can't be read")):
        dialog.time.setText(typed)
        dialog.confirm.click()
        assert said in dialog._time_field.refusal(), typed
        assert dialog.time.hasFocus()
    assert day.kept(session_id) == before
    day.press(Qt.Key.Key_Tab)
    assert dialog.reason.line.hasFocus()
    day.press(Qt.Key.Key_Tab)
    assert dialog.confirm.hasFocus()


def test_start_and_resume_have_words_of_their_own(day: SessionDay) -> None:
    page, session_id = infusing(day)
    sessions.pause(day.db, day.stamp(), session_id, at=day.clock())
    day.pass_minutes(2)
    sessions.resume(day.db, day.stamp(), session_id, at=day.clock())
    day.wait(lambda: page.panel.events.count() == 3)
    shown = [page.panel.events.item(row).text().strip() for row in range(3)]
    assert shown == ["Infusion resumed", "Infusion paused", "Infusion started"]
    day.press(Qt.Key.Key_T, ALT)
    choices = asked(day).step.control
    offered = [choices.itemText(row) for row in range(choices.count())]
    assert offered == [
        "10:42  Infusion resumed",
        "10:40  Infusion paused",
        "10:30  Infusion started",
    ]


def test_a_start_after_the_pause_is_refused_and_stays_in_the_dialog(day: SessionDay) -> None:
    page, session_id = infusing(day)
    started = day.kept(session_id).session.infusion_started_at
    sessions.pause(day.db, day.stamp(), session_id, at=day.clock())
    day.pass_minutes(10)
    day.wait(lambda: page.panel.events.count() == 2)
    page.panel.events.setFocus()
    page.panel.events.setCurrentRow(1)
    day.press(Qt.Key.Key_A)
    dialog = asked(day)
    dialog.time.setTime(dialog.time.time().addSecs(15 * 60))
    day.qtbot.keyClicks(dialog.reason.line, "mistaken")
    dialog.confirm.click()
    day.wait(lambda: "next step" in dialog.said.text())
    assert day.kept(session_id).session.infusion_started_at == started
    assert dialog.isVisible()


def test_a_step_chosen_among_the_events_opens_on_itself(day: SessionDay) -> None:
    page, session_id = infusing(day)
    page.panel.events.setFocus()
    page.panel.events.setCurrentRow(page.panel.events.count() - 1)
    day.press(Qt.Key.Key_A)
    dialog = asked(day)
    steps = [event.id for event in day.kept(session_id).events]
    assert dialog.step.chosen() == steps[0]
    assert not page.panel.events.actions_.withdraw.isVisible()
