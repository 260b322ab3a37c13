"""A session inside the whole window: found by name, and its plain keys are its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from ketadesk.domain.ids import SessionId
from ketadesk.domain.patients import AllergyDraft
from ketadesk.domain.sessions import Answer, ChecklistItem, current_answers
from ketadesk.services import patients
from ketadesk.ui import theme
from ketadesk.ui.reach import commands_of
from ketadesk.ui.session.view import SessionTarget
from tests.ui.session_day import SessionDay
from tests.ui.test_everywhere import real_key, rows
from tests.ui.test_main_window import Opens, idle, kept, opens

__all__ = ["kept", "opens"]
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def day(qapp: QApplication, qtbot, tmp_path: Path) -> Iterator[SessionDay]:
    theme.apply(qapp, dark=False)
    made = SessionDay(tmp_path / "harbor.ketadesk", qtbot)
    yield made
    made.close()


def test_who_lies_in_a_chair_is_found_with_the_session_first(
    day: SessionDay, opens: Opens, qtbot
) -> None:
    session_id = day.infusing()
    window = opens(day.path)
    window.activateWindow()
    real_key(window, Qt.Key.Key_K, CONTROL)
    qtbot.keyClicks(window.header.find_field.line, "garcia")
    idle(qtbot, window)
    assert rows(window)[:2] == ["Ana García", "Ana García"]
    index = window.header.find_field.results.list.model().index(0, 0)
    assert "session, Chair 1" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    real_key(window, Qt.Key.Key_Return)
    idle(qtbot, window)
    assert window.rail.choice() == "sessions"
    assert shown(window, session_id)


def shown(window, session_id: SessionId) -> bool:  # type: ignore[no-untyped-def]
    page = window.views["sessions"].page
    return page.record is not None and page.record.session.id == session_id


def test_n_on_the_checklist_is_not_met_and_books_nothing(
    day: SessionDay, opens: Opens, qtbot
) -> None:
    session_id = day.opened()
    window = opens(day.path)
    window.activateWindow()
    window.show_view("sessions", SessionTarget(session_id))
    qtbot.waitUntil(lambda: shown(window, session_id))
    page = window.views["sessions"].page
    row = page.checklist.rows[ChecklistItem.CONSENT]
    row.setFocus()
    qtbot.waitUntil(row.hasFocus)
    real_key(window, Qt.Key.Key_N)
    idle(qtbot, window)
    answers = current_answers(day.kept(session_id).answers)
    assert answers[ChecklistItem.CONSENT].answer is Answer.NOT_MET
    assert not [one for one in window.findChildren(QDialog, "booking_popover") if one.isVisible()]


def test_alt_z_undoes_while_a_reading_is_being_typed(day: SessionDay, opens: Opens, qtbot) -> None:
    session_id = day.infusing()
    window = opens(day.path)
    window.activateWindow()
    window.show_view("sessions", SessionTarget(session_id))
    qtbot.waitUntil(lambda: shown(window, session_id))
    line = window.views["sessions"].page.entry.line
    qtbot.waitUntil(line.hasFocus)
    desk = window.views["sessions"].page.header._workplace.desk
    stamp, draft = desk.stamp(), AllergyDraft(substance="penicillin")
    desk.do(lambda db: patients.add_allergy(db, stamp, day.ana, draft), receiver=window)
    idle(qtbot, window)
    qtbot.keyClicks(line, "132/84")
    real_key(window, Qt.Key.Key_Z, Qt.KeyboardModifier.AltModifier)
    idle(qtbot, window)
    standing = [one.substance for one in patients.record(day.db, day.ana).allergies if one.active]
    assert standing == ["latex"]
    assert line.text() == "132/84"


def test_the_key_list_of_a_session_names_each_key_once_and_as_it_works(
    day: SessionDay, opens: Opens, qtbot
) -> None:
    session_id = day.opened()
    window = opens(day.path)
    window.activateWindow()
    window.show_view("sessions", SessionTarget(session_id))
    qtbot.waitUntil(lambda: shown(window, session_id))
    page = window.views["sessions"].page
    qtbot.waitUntil(page.checklist.rows[ChecklistItem.IDENTITY].hasFocus)
    listed = [one for one in commands_of(window, also_waiting=True) if one.key]
    keys = {one.name: (one.key, one.place) for one in listed}
    assert keys["Medicine"] == ("Ctrl+M", "Sessions")
    assert keys["Nausea"] == ("Ctrl+1", "Sessions")
    assert keys["Checklist"] == ("F5", "Sessions")
    assert keys["Met"] == ("M", "In a row of the checklist")
    assert keys["Book"] == ("Ctrl+B", "Window")
    assert len({one.key for one in listed}) == len(listed)
    real_key(window, Qt.Key.Key_M, CONTROL)
    qtbot.waitUntil(page.event_line.fields.medicine.hasFocus)
    real_key(window, Qt.Key.Key_Escape)
    real_key(window, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: page.shown_page() == "order")
