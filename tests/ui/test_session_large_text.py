"""At 150 % text on the smallest screen every step of a session is whole: nothing lies outside."""
# ruff: noqa: F811 - fixtures of other files are used by their names

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea

from ketadesk.ui import theme
from ketadesk.ui.session.session_page import SessionPage
from ketadesk.ui.session.strip_data import places
from ketadesk.ui.session.view import SessionTarget
from tests.ui.session_day import SessionDay
from tests.ui.test_session import day  # noqa: F401


@pytest.fixture
def page(day: SessionDay, qapp: QApplication) -> Iterator[SessionPage]:
    """Ana's infusion with large text, in the room that a window of 1366x768 leaves."""
    theme.apply(qapp, dark=False, scale=1.5)
    session_id = day.infusing()
    view = day.view()
    view.resize(1252, 640)
    view.show_target(SessionTarget(session_id))
    day.wait(view.page.entry.line.hasFocus)
    yield view.page
    theme.apply(qapp, dark=False)


def test_every_column_of_the_readings_is_on_the_screen(day: SessionDay, page: SessionPage) -> None:
    table = page.table
    note = table.model().columnCount() - 1
    day.wait(lambda: table.columnViewportPosition(note) > 0)
    assert table.columnViewportPosition(note) + 60 < table.viewport().width()


@pytest.mark.parametrize("step", ["checklist", "order", "infusing"])
def test_no_step_scrolls_sideways(day: SessionDay, page: SessionPage, step: str) -> None:
    page.show_page(step)
    day.wait(lambda: page.shown_page() == step)
    day.wait(lambda: not too_wide(page))


def too_wide(page: SessionPage) -> list[str]:
    """What does not fit into the width of its room."""
    rooms = [room for room in page.findChildren(QScrollArea) if room.isVisible()]
    return [
        room.widget().objectName()
        for room in rooms
        if room.widget().minimumSizeHint().width() > room.viewport().width()
    ]


def test_the_line_of_a_medicine_has_room_for_its_words(day: SessionDay, page: SessionPage) -> None:
    page.begin_event(page.panel.addition("medicine"))
    fields = page.event_line.fields
    day.wait(fields.medicine.hasFocus)
    for field in (fields.dose, fields.route, fields.ordered_by):
        words = field.fontMetrics().horizontalAdvance(field.placeholderText())
        assert field.width() > words + 10, field.objectName()


def test_the_strip_keeps_every_lane_at_the_tables_cost(day: SessionDay, page: SessionPage) -> None:
    """The saturation stays in the strip; of the table two readings stay in sight."""
    day.wait(lambda: page.strip.height() >= page.strip.minimumSizeHint().height())
    where = places(page.strip._area(), page.strip.data())
    assert not where.oxygen.isEmpty()
    assert page.table.viewport().height() >= 2 * page.table.rowHeight(0)
