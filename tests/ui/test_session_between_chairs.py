"""A nurse between two chairs: nothing of one patient ever stands at another, nothing is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from ketadesk.domain.ids import SessionId
from ketadesk.domain.sessions import ChecklistItem
from ketadesk.services import calendar
from ketadesk.ui import theme
from ketadesk.ui.session.session_page import SessionPage
from ketadesk.ui.session.view import AppointmentTarget, SessionsView, SessionTarget
from tests.ui.session_day import SessionDay

CTRL = Qt.KeyboardModifier.ControlModifier
LINE = "140/80 78 98 16"


@pytest.fixture
def day(qapp: QApplication, qtbot, tmp_path: Path) -> Iterator[SessionDay]:
    theme.apply(qapp, dark=False)
    made = SessionDay(tmp_path / "harbor.ketadesk", qtbot)
    yield made
    made.close()


def show(day: SessionDay, view: SessionsView, session_id: SessionId) -> SessionPage:
    view.show_target(SessionTarget(session_id))
    page = view.page
    day.wait(lambda: page.record is not None and page.record.session.id == session_id)
    return page


def at_ana(day: SessionDay) -> tuple[SessionsView, SessionPage, SessionId, SessionId]:
    ana, luis = day.infusing(), day.luis_infusing()
    view = day.view()
    page = show(day, view, ana)
    day.wait(page.entry.line.hasFocus)
    return view, page, ana, luis


def test_a_line_begun_at_one_patient_cannot_be_saved_at_another(day: SessionDay) -> None:
    view, page, ana, luis = at_ana(day)
    day.type(LINE)
    show(day, view, luis)
    assert page.entry.line.text() == ""
    assert not page.entry.line.isUndoAvailable()
    day.press(Qt.Key.Key_Z, CTRL)
    assert page.entry.line.text() == ""
    day.press(Qt.Key.Key_Up)
    assert page.entry.line.text() == ""
    day.press(Qt.Key.Key_Return)
    assert len(day.kept(luis).readings) == 1
    assert len(day.kept(ana).readings) == 1


def test_a_line_begun_is_there_again_when_the_nurse_comes_back(day: SessionDay) -> None:
    view, page, ana, luis = at_ana(day)
    day.type(LINE)
    show(day, view, luis)
    day.type("118/7")
    show(day, view, ana)
    assert page.entry.line.text() == LINE
    assert "not saved yet" in page.entry.said()
    show(day, view, luis)
    assert page.entry.line.text() == "118/7"


def test_saved_is_never_said_beside_another_patients_line(day: SessionDay) -> None:
    view, page, _ana, luis = at_ana(day)
    day.line(page, LINE)
    assert "saved" in page.entry.said()
    show(day, view, luis)
    assert page.entry.said() == ""


def test_a_reading_on_its_way_comes_to_the_patient_it_was_typed_for(day: SessionDay) -> None:
    """Enter, and at once over to the next chair, before the file has answered."""
    view, page, ana, luis = at_ana(day)
    day.type(LINE)
    day.press(Qt.Key.Key_Return)
    view.show_target(SessionTarget(luis))
    day.wait(lambda: page.record is not None and page.record.session.id == luis)
    day.wait(lambda: len(day.kept(ana).readings) == 2)
    assert len(day.kept(luis).readings) == 1
    assert page.entry.line.text() == "" and "saved" not in page.entry.said()
    show(day, view, ana)
    assert page.entry.line.text() == ""


def test_an_amendment_begun_waits_for_the_nurse(day: SessionDay) -> None:
    view, page, ana, luis = at_ana(day)
    page.table.setFocus()
    day.press(Qt.Key.Key_Return)
    day.wait(page.entry.line.hasFocus)
    show(day, view, luis)
    assert page.entry.reason.isHidden()
    assert page.entry.empty()
    show(day, view, ana)
    assert page.entry.reason.isVisible()
    assert page.entry.line.text().startswith("132/84")


def test_an_event_begun_is_never_kept_for_another_patient(day: SessionDay) -> None:
    view, page, ana, luis = at_ana(day)
    day.press(Qt.Key.Key_T, CTRL)
    day.wait(page.event_line.fields.detail.hasFocus)
    day.type("eyes closed")
    show(day, view, luis)
    assert not page.event_line.isVisible()
    day.wait(page.entry.line.hasFocus)
    show(day, view, ana)
    assert page.event_line.isVisible()
    assert page.event_line.fields.detail.text() == "eyes closed"
    page.event_line.fields.detail.setFocus()
    day.press(Qt.Key.Key_Return)
    day.wait(lambda: any(event.detail == "eyes closed" for event in day.kept(ana).events))
    assert not any(event.detail == "eyes closed" for event in day.kept(luis).events)


def test_a_detail_begun_on_the_checklist_stays_with_its_patient(day: SessionDay) -> None:
    ana = day.opened()
    luis = day.luis_infusing()
    view = day.view()
    page = show(day, view, ana)
    detail = page.checklist.rows[ChecklistItem.CONSENT].detail
    detail.setFocus()
    day.type("signed 10 May")
    show(day, view, luis)
    assert detail.text() == ""
    show(day, view, ana)
    assert detail.text() == "signed 10 May"


def test_who_was_told_is_asked_anew_at_the_next_patient(day: SessionDay) -> None:
    view, page, ana, luis = at_ana(day)
    day.severe(ana)
    day.severe(luis)
    day.wait(page.banner.isVisible)
    page.banner.name.setText("Dr. Shah")
    show(day, view, luis)
    day.wait(page.banner.isVisible)
    assert page.banner.name.text() == ""


def test_keys_lead_from_chair_to_chair(day: SessionDay) -> None:
    _view, page, ana, luis = at_ana(day)
    day.wait(page.panel.others.isVisible)
    day.press(Qt.Key.Key_PageDown, CTRL)
    day.wait(lambda: page.record is not None and page.record.session.id == luis)
    day.wait(page.entry.line.hasFocus)
    day.press(Qt.Key.Key_PageDown, CTRL)
    day.wait(lambda: page.record is not None and page.record.session.id == ana)


def test_who_has_only_arrived_is_no_stop_on_the_way_round(day: SessionDay) -> None:
    """Enter after a key of the round never begins a record, and the round goes on from there."""
    waiting = day.waiting()
    view, page, ana, luis = at_ana(day)
    day.wait(page.panel.others.isVisible)
    for expected in (luis, ana, luis):
        day.press(Qt.Key.Key_PageDown, CTRL)
        day.wait(lambda wanted=expected: shown_session(page) == wanted)
        day.wait(page.entry.line.hasFocus)
        day.press(Qt.Key.Key_Return)
    assert calendar.visit(day.db, waiting).session_id is None
    view.show_target(AppointmentTarget(waiting))
    day.wait(lambda: view.findChild(QWidget, "open_session").hasFocus())
    day.wait(lambda: len(view.arrival._chairs._cards) >= 3)
    day.press(Qt.Key.Key_PageDown, CTRL)
    day.wait(page.entry.line.hasFocus)
    day.wait(lambda: shown_session(page) == ana)


def shown_session(page: SessionPage) -> SessionId | None:
    return None if page.record is None else page.record.session.id


def test_the_line_about_other_chairs_leads_there(day: SessionDay) -> None:
    _view, page, _ana, luis = at_ana(day)
    day.wait(page.panel.others.isVisible)
    assert "Chair 2" in page.panel.others.label.text()
    day.qtbot.mouseClick(page.panel.others, Qt.MouseButton.LeftButton)
    day.wait(lambda: page.record is not None and page.record.session.id == luis)
    assert isinstance(page.findChild(QWidget, "go_to_other_chair"), QWidget)
