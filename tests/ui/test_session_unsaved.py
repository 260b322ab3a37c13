"""What is half typed in a session is known to be, so that nobody closes the window over it."""
# ruff: noqa: F811 - fixtures of other files are used by their names

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ketadesk.domain.sessions import ChecklistItem
from ketadesk.ui.leaving import unsaved_in
from ketadesk.ui.session.event_forms import additions
from ketadesk.ui.session.view import SessionsView, SessionTarget
from tests.ui.session_day import SessionDay
from tests.ui.test_session import day  # noqa: F401


def infusing(day: SessionDay) -> SessionsView:
    session_id = day.infusing()
    view = day.view()
    view.show_target(SessionTarget(session_id))
    day.wait(view.page.entry.line.hasFocus)
    return view


def test_a_line_is_unsaved_until_the_file_has_it(day: SessionDay) -> None:
    view = infusing(day)
    assert not unsaved_in(view)
    day.type("132/84 78 98 16")
    assert unsaved_in(view)
    day.press(Qt.Key.Key_Return)
    day.wait(lambda: not view.page.entry.line.text())
    assert not unsaved_in(view)


def test_a_line_left_at_another_chair_is_still_unsaved(day: SessionDay) -> None:
    luis = day.luis_infusing()
    view = infusing(day)
    ana = view.page.session_id()
    day.type("132/84")
    view.show_target(SessionTarget(luis))
    day.wait(lambda: view.page.session_id() == luis and not view.page.entry.line.text())
    assert unsaved_in(view)
    view.show_target(SessionTarget(ana))
    day.wait(lambda: view.page.entry.line.text() == "132/84")
    view.page.entry.line.clear()
    assert not unsaved_in(view)


def test_an_event_is_unsaved_once_something_is_typed(day: SessionDay) -> None:
    view = infusing(day)
    note = next(one for one in additions() if one.form not in ("side_effect", "severe", "medicine"))
    view.page.begin_event(note)
    assert not unsaved_in(view)
    view.page.bottom.event_line.fields.detail.setFocus()
    day.type("asks for a blanket")
    assert unsaved_in(view)
    day.press(Qt.Key.Key_Escape)
    view.findChild(QWidget, "leave_it").click()
    assert not unsaved_in(view)


@pytest.fixture
def opened(day: SessionDay) -> SessionsView:
    """A session before its checklist."""
    session_id = day.opened()
    view = day.view()
    view.show_target(SessionTarget(session_id))
    day.wait(lambda: view.page.record is not None)
    return view


def test_a_half_typed_order_waits_for_its_own_session(day: SessionDay, opened) -> None:
    ana, order = opened.page.session_id(), opened.page.order
    assert not unsaved_in(opened)
    opened.page.show_page("order")
    order.form.ordered_by.setCurrentText("Dr. Shah")
    order.form.per_kg.setFocus()
    day.type("0.5")
    assert unsaved_in(opened)
    luis = day.luis_infusing()
    opened.show_target(SessionTarget(luis))
    day.wait(lambda: order.form.dose.text() == "35")
    assert unsaved_in(opened)
    opened.show_target(SessionTarget(ana))
    day.wait(lambda: order.form.dose.text() == "")
    assert (order.form.per_kg.text(), order.form.ordered_by.currentText()) == ("0.5", "Dr. Shah")


def test_a_detail_without_its_answer_is_unsaved(day: SessionDay, opened) -> None:
    row = opened.page.checklist.rows[ChecklistItem.WEIGHT]
    row.detail.setFocus()
    day.type("70 kg")
    assert unsaved_in(opened)
    row.setFocus()
    day.press(Qt.Key.Key_M)
    day.wait(lambda: not unsaved_in(opened))
