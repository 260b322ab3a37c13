"""A reading is in the file, but nobody heard so: asking again keeps it once, and the line lives."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ketadesk.domain.ids import SessionId
from ketadesk.ui import theme
from ketadesk.ui.desk import Desk
from ketadesk.ui.session.session_page import SessionPage
from ketadesk.ui.session.view import SessionTarget
from tests.clinic_day import LENA, ROSA
from tests.ui.session_day import SessionDay


@pytest.fixture
def day(qapp: QApplication, qtbot, tmp_path: Path) -> Iterator[SessionDay]:
    theme.apply(qapp, dark=False)
    made = SessionDay(tmp_path / "harbor.ketadesk", qtbot)
    yield made
    made.close()


@pytest.fixture
def session_id(day: SessionDay) -> SessionId:
    return day.infusing()


@pytest.fixture
def page(day: SessionDay, session_id: SessionId) -> SessionPage:
    view = day.view()
    view.show_target(SessionTarget(session_id))
    day.wait(lambda: view.page.record is not None)
    day.wait(view.page.entry.line.hasFocus)
    return view.page


def lose_one_answer(desk: Desk, patch: pytest.MonkeyPatch, *, written: bool) -> None:
    """The next write breaks: after it was committed, or before it reached the file."""
    do = desk.do

    def broken(work: Any, **more: Any) -> None:
        patch.undo()

        def break_off(db: Any) -> None:
            if written:
                work(db)
            raise ConnectionError("nobody heard the answer")

        do(break_off, **more)

    patch.setattr(desk, "do", broken)


def values(day: SessionDay, session_id: SessionId) -> list[int | None]:
    """The systolic pressures in the file, the baseline first."""
    return [reading.vitals.systolic for reading in day.kept(session_id).readings]


@pytest.mark.parametrize("written", [True, False])
def test_enter_again_after_a_lost_answer_keeps_one_reading(
    day: SessionDay,
    page: SessionPage,
    session_id: SessionId,
    monkeypatch: pytest.MonkeyPatch,
    written: bool,
) -> None:
    lose_one_answer(day.workplace.desk, monkeypatch, written=written)
    day.type("134/85 80 98 16")
    day.press(Qt.Key.Key_Return)
    day.wait(lambda: "Not saved" in page.entry.said())
    assert page.entry.line.text() == "134/85 80 98 16"
    assert values(day, session_id) == ([132, 134] if written else [132])
    asked_at = day.clock()

    day.pass_minutes(3)
    day.press(Qt.Key.Key_Return)
    day.wait(lambda: page.entry.line.text() == "")

    assert values(day, session_id) == [132, 134]
    assert day.kept(session_id).readings[-1].taken_at == asked_at, "it was taken when first sent"
    assert "saved" in page.entry.said()


def test_another_line_after_a_lost_answer_is_another_reading(
    day: SessionDay, page: SessionPage, session_id: SessionId, monkeypatch: pytest.MonkeyPatch
) -> None:
    lose_one_answer(day.workplace.desk, monkeypatch, written=True)
    day.type("134/85 80 98 16")
    day.press(Qt.Key.Key_Return)
    day.wait(lambda: "Not saved" in page.entry.said())
    page.entry.line.selectAll()
    day.pass_minutes(5)
    day.type("138/86 80 98 16")
    day.press(Qt.Key.Key_Return)
    day.wait(lambda: page.entry.line.text() == "")
    assert values(day, session_id) == [132, 134, 138]


def test_the_same_values_five_minutes_later_are_a_reading_of_their_own(
    day: SessionDay, page: SessionPage, session_id: SessionId
) -> None:
    for _ in range(2):
        day.pass_minutes(5)
        day.line(page, "134/85 80 98 16")
    assert values(day, session_id) == [132, 134, 134]


def test_a_lost_answer_of_a_session_left_meanwhile_waits_beside_its_own_line(
    day: SessionDay, page: SessionPage, session_id: SessionId, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = SessionId(session_id + 1)
    lose_one_answer(day.workplace.desk, monkeypatch, written=True)
    day.type("134/85 80 98 16")
    page.entry.line.entered.emit()
    page.entry.set_session(elsewhere, ())
    assert page.entry.line.text() == ""
    day.wait(lambda: any("ConnectionError" in text for text in day.told))
    assert "Not saved" not in page.entry.said()

    page.entry.set_session(session_id, ())
    assert page.entry.line.text() == "134/85 80 98 16"
    assert "Not saved" in page.entry.said()
    page.entry.line.entered.emit()
    day.wait(lambda: page.entry.line.text() == "")
    assert values(day, session_id) == [132, 134]


def break_once(
    day: SessionDay, page: SessionPage, patch: pytest.MonkeyPatch, written: bool
) -> None:
    lose_one_answer(day.workplace.desk, patch, written=written)
    day.type("134/85 80 98 16")
    day.press(Qt.Key.Key_Return)
    day.wait(lambda: "Not saved" in page.entry.said())


@pytest.mark.parametrize("written", [True, False])
def test_a_line_cleared_after_a_lost_answer_and_typed_again_is_a_reading_of_its_own(
    day: SessionDay,
    page: SessionPage,
    session_id: SessionId,
    monkeypatch: pytest.MonkeyPatch,
    written: bool,
) -> None:
    break_once(day, page, monkeypatch, written)
    day.press(Qt.Key.Key_Escape)
    day.pass_minutes(15)
    day.line(page, "134/85 80 98 16")

    assert values(day, session_id) == ([132, 134, 134] if written else [132, 134])
    assert day.kept(session_id).readings[-1].taken_at == day.clock()


def test_the_line_shows_the_time_that_enter_would_keep(
    day: SessionDay, page: SessionPage, session_id: SessionId, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = page.entry._time
    break_once(day, page, monkeypatch, False)
    assert shown.text() == "10:30"
    day.pass_minutes(15)
    day.workplace.ticked.emit(day.workplace.now())
    assert shown.text() == "10:30", "what stands in the line was measured then"

    day.type(" m5")
    assert shown.text() == "10:45"
    day.press(Qt.Key.Key_Return)
    day.wait(lambda: page.entry.line.text() == "")
    assert day.kept(session_id).readings[-1].taken_at == day.clock()


@pytest.mark.parametrize("written", [True, False])
def test_enter_again_by_another_person_keeps_one_reading_under_the_name_of_who_kept_it(
    day: SessionDay,
    page: SessionPage,
    session_id: SessionId,
    monkeypatch: pytest.MonkeyPatch,
    written: bool,
) -> None:
    break_once(day, page, monkeypatch, written)
    day.workplace.desk.staff_id = LENA
    day.press(Qt.Key.Key_Return)
    if written:
        day.wait(lambda: "saved already" in page.entry.said())
    else:
        day.wait(lambda: page.entry.line.text() == "")
    assert values(day, session_id) == [132, 134]
    assert day.kept(session_id).readings[-1].entered_by == (ROSA if written else LENA)
