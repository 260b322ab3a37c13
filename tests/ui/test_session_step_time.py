"""A start pressed too late is put right, with a reason; the clocks follow."""
# ruff: noqa: F811 - fixtures of other files are used by their names

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ketadesk.domain.ids import SessionId
from ketadesk.services import sessions
from ketadesk.ui.session.session_page import SessionPage
from ketadesk.ui.session.step_time_dialog import StepTimeDialog
from ketadesk.ui.session.view import SessionTarget
from tests.ui.session_day import SessionDay
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
