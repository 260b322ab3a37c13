"""The small widgets: what they say, which keys they answer, that nothing in them is markup."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ketadesk.ui import theme
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.card import Card
from ketadesk.ui.widgets.chip import Chip
from ketadesk.ui.widgets.elided_label import ElidedLabel
from ketadesk.ui.widgets.empty_state import EmptyState
from ketadesk.ui.widgets.figure import Figure
from ketadesk.ui.widgets.find_field import FindField
from ketadesk.ui.widgets.find_results import FindRow
from ketadesk.ui.widgets.flow_layout import FlowLayout
from ketadesk.ui.widgets.key_hint import KeyHint, key_text
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.notice import Notice, NoticeAction
from ketadesk.ui.widgets.rail import Rail, RailItem
from ketadesk.ui.widgets.section_title import SectionTitle
from ketadesk.ui.widgets.segmented import Segment, Segmented
from ketadesk.ui.widgets.spin_fields import DecimalField, NumberField, TimeField
from ketadesk.ui.widgets.table import Table

HOSTILE = '<img src="file:///etc/passwd"><b>Ana</b>'


@pytest.fixture
def window(qapp: QApplication, qtbot) -> Iterator[QWidget]:
    """A window with a column to put widgets into."""
    theme.apply(qapp, dark=False)
    made = QWidget()
    made.resize(600, 500)
    QVBoxLayout(made)
    qtbot.addWidget(made)
    yield made
    theme.apply(qapp, dark=False)


def show(qtbot, window: QWidget, *widgets: QWidget) -> None:
    for widget in widgets:
        window.layout().addWidget(widget)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    window.setFocus()


def accessible_name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None
    return interface.text(QAccessible.Text.Name)


def test_no_widget_takes_data_for_markup(window: QWidget, qtbot) -> None:
    notice = Notice(close_name="Close")
    notice.tell(HOSTILE, kind="error")
    card = Card()
    card.body.addWidget(Label(HOSTILE))
    show(
        qtbot,
        window,
        notice,
        card,
        Chip(HOSTILE),
        ElidedLabel(HOSTILE),
        Figure(HOSTILE, HOSTILE),
        EmptyState("users", HOSTILE),
        SectionTitle(HOSTILE, note=HOSTILE),
        KeyHint("N"),
    )
    labels = [label for label in window.findChildren(QLabel) if label.text()]
    assert len(labels) >= 8
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


def test_a_button_is_pressed_by_its_key_and_says_so(window: QWidget, qtbot) -> None:
    button = Button("Book & go", icon="plus", key="N", role="primary")
    show(qtbot, window, button)
    assert button.toolTip() == "Book & go  (N)"
    assert accessible_name(button) == "Book & go"
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(window, Qt.Key.Key_N)


def test_a_hidden_or_disabled_button_does_not_answer_its_key(window: QWidget, qtbot) -> None:
    hidden, disabled = Button("Hide", key="H"), Button("Off", key="O")
    pressed: list[str] = []
    hidden.clicked.connect(lambda: pressed.append("hidden"))
    disabled.clicked.connect(lambda: pressed.append("disabled"))
    show(qtbot, window, hidden, disabled)
    hidden.hide()
    disabled.setEnabled(False)
    qtbot.keyClick(window, Qt.Key.Key_H)
    qtbot.keyClick(window, Qt.Key.Key_O)
    assert pressed == []


def test_a_letter_typed_into_a_field_presses_no_button(window: QWidget, qtbot) -> None:
    button, line = Button("Book", key="N"), QLineEdit()
    pressed: list[bool] = []
    button.clicked.connect(pressed.append)
    show(qtbot, window, line, button)
    line.setFocus()
    qtbot.keyClicks(line, "n")
    assert line.text() == "n"
    assert pressed == []


def test_an_unbound_button_shows_its_key_but_leaves_it_to_others(window: QWidget, qtbot) -> None:
    button = Button("Undo", key="Ctrl+Z", bind=False)
    pressed: list[bool] = []
    button.clicked.connect(pressed.append)
    show(qtbot, window, button)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert pressed == []
    assert "Ctrl Z" in button.toolTip()


def test_a_button_without_a_word_has_a_name_and_room_grows_with_the_text(
    window: QWidget, qtbot, qapp: QApplication
) -> None:
    lock = Button(icon="lock", name="Lock", key="F12")
    show(qtbot, window, lock)
    assert accessible_name(lock) == "Lock"
    before: QSize = lock.sizeHint()
    lock.set_text("Lock the screen")
    assert lock.sizeHint().width() > before.width()
    height = lock.sizeHint().height()
    theme.apply(qapp, dark=True, scale=2.0)
    assert lock.sizeHint().height() == 2 * height


def test_only_a_primary_button_is_filled(window: QWidget, qtbot) -> None:
    primary, plain = Button("One", role="primary"), Button("Two")
    show(qtbot, window, primary, plain)
    accent = QColor(theme.current().accent.foreground)
    assert primary.grab().toImage().pixelColor(6, 15) == accent
    assert plain.grab().toImage().pixelColor(6, 15) != accent


@pytest.mark.parametrize(
    ("key", "shown"),
    [("Ctrl+K", "Ctrl K"), ("Shift+X", "Shift X"), ("F5", "F5"), ("+", "+"), ("Ctrl++", "Ctrl +")],
)
def test_keys_are_written_as_people_read_them(qapp: QApplication, key: str, shown: str) -> None:
    assert key_text(key) == shown


def test_an_elided_label_keeps_the_whole_text(window: QWidget, qtbot) -> None:
    long = "Pain IV 4 h · high · " * 20
    label = ElidedLabel(long)
    show(qtbot, window, label)
    assert label.text().endswith("…")
    assert label.full_text() == long.strip()
    assert label.toolTip() == long.strip()
    assert accessible_name(label) == long.strip()
    label.setText("short")
    assert label.text() == "short"
    assert label.toolTip() == ""


def test_a_chip_carries_word_and_colour_together(window: QWidget, qtbot) -> None:
    chip = Chip("booked", role="slate", icon="clock")
    show(qtbot, window, chip)
    chip.show_state("escort confirmed", role="accent", icon="car")
    assert chip.role() == "accent"
    assert accessible_name(chip) == "escort confirmed"
    image = chip.grab().toImage()
    ground = image.pixelColor(QPoint(chip.width() // 2, 2))
    assert ground == QColor(theme.current().accent.background)


def test_a_card_shows_its_edge(window: QWidget, qtbot) -> None:
    card = Card(edge="red")
    show(qtbot, window, card)
    top = QPoint(card.width() // 2, 2)
    assert card.grab().toImage().pixelColor(top) == QColor(theme.current().red.foreground)
    card.set_edge(None)
    assert card.grab().toImage().pixelColor(top) == QColor(theme.current().surface)


def test_a_figure_is_read_out_with_its_caption(window: QWidget, qtbot) -> None:
    figure = Figure("next vitals in", "02:56", tone="amber")
    show(qtbot, window, figure)
    assert accessible_name(figure) == "next vitals in 02:56"
    figure.set_value("2 min late", tone="red")
    assert accessible_name(figure) == "next vitals in 2 min late"
    assert figure.value() == "2 min late"


def test_a_notice_offers_what_can_be_done_and_goes_away(window: QWidget, qtbot) -> None:
    notice = Notice(close_name="Close this message")
    show(qtbot, window, notice)
    assert not notice.isVisible()
    notice.tell(
        "Someone changed this meanwhile.",
        kind="warning",
        actions=[NoticeAction("see", "See both"), NoticeAction("again", "Try again", "R")],
    )
    assert notice.isVisible()
    assert accessible_name(notice) == "Someone changed this meanwhile."
    with qtbot.waitSignal(notice.acted) as acted:
        qtbot.keyClick(window, Qt.Key.Key_R)
    assert acted.args == ["again"]
    assert not notice.isVisible()
    notice.tell("Backup made.")
    close = [b for b in notice.findChildren(Button) if b.accessibleName() == "Close this message"]
    with qtbot.waitSignal(notice.dismissed):
        close[0].click()
    assert not notice.isVisible()
    with pytest.raises(ValueError, match="three"):
        notice.tell("x", actions=[NoticeAction(i, i) for i in ("one", "two", "three")])


def test_an_empty_view_offers_the_first_step(window: QWidget, qtbot) -> None:
    empty = EmptyState("users", "No patients yet. Add the first one.", action="Add", key="A")
    show(qtbot, window, empty)
    with qtbot.waitSignal(empty.acted):
        qtbot.keyClick(window, Qt.Key.Key_A)


def test_segments_report_only_what_a_person_chose(window: QWidget, qtbot) -> None:
    segmented = Segmented([Segment("day", "Day", "F5"), Segment("week", "Week", "F6")])
    show(qtbot, window, segmented)
    assert segmented.choice() == "day"
    with qtbot.assertNotEmitted(segmented.chosen):
        segmented.choose("week")
    assert segmented.choice() == "week"
    with qtbot.waitSignal(segmented.chosen) as chosen:
        qtbot.keyClick(window, Qt.Key.Key_F5)
    assert chosen.args == ["day"]
    assert segmented.choice() == "day"


def test_the_rail_marks_one_view_and_reports_only_what_a_person_chose(
    window: QWidget, qtbot
) -> None:
    rail = Rail(
        [
            RailItem("today", "Today", "layout-dashboard", "Ctrl+1"),
            RailItem("calendar", "Calendar", "calendar-days", "Ctrl+2"),
        ]
    )
    show(qtbot, window, rail)
    with qtbot.assertNotEmitted(rail.chosen):
        rail.choose("today")
    with qtbot.waitSignal(rail.chosen) as chosen:
        qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert chosen.args == ["calendar"]
    assert rail.choice() == "calendar"
    assert rail.sizeHint().width() == 76
    button = rail.findChild(QPushButton, "rail_calendar")
    assert accessible_name(button) == "Calendar"
    assert button.toolTip() == "Calendar  (Ctrl 2)"


ROWS = [
    FindRow("patient:1", "Ana García", "12 Mar 1985"),
    FindRow("patient:2", "Ana Gil", "3 Jun 1990"),
    FindRow("command:book", "Book", icon="plus", key="N"),
]


def test_finding_by_keyboard_alone(window: QWidget, qtbot) -> None:
    find = FindField(placeholder="Find a patient or a command")
    show(qtbot, window, find, QLineEdit())
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert find.line.hasFocus()
    with qtbot.waitSignal(find.text_changed) as typed:
        qtbot.keyClicks(find.line, "a")
    assert typed.args == ["a"]
    find.show_rows(ROWS)
    assert find.results is not None
    assert find.results.isVisible()
    assert find.line.hasFocus()
    with qtbot.waitSignal(find.moved) as moved:
        qtbot.keyClick(find.line, Qt.Key.Key_Down)
    assert moved.args == [1]
    with qtbot.waitSignal(find.chosen) as chosen:
        qtbot.keyClick(find.line, Qt.Key.Key_Return)
    assert chosen.args == ["patient:2"]
    assert find.text() == ""
    assert not find.results.isVisible()


def test_find_goes_round_leaves_and_says_when_there_is_nothing(window: QWidget, qtbot) -> None:
    find = FindField(placeholder="Find")
    show(qtbot, window, find)
    find.start()
    find.line.setText("a")
    find.show_rows(ROWS)
    assert find.results is not None
    qtbot.keyClick(find.line, Qt.Key.Key_Up)
    assert find.results.current_id() == "command:book"
    find.show_rows([], empty="Nobody by that name.")
    assert find.results.isVisible()
    assert find.results.current_id() == ""
    with qtbot.assertNotEmitted(find.chosen):
        qtbot.keyClick(find.line, Qt.Key.Key_Return)
    with qtbot.waitSignal(find.left):
        qtbot.keyClick(find.line, Qt.Key.Key_Escape)
    assert find.text() == ""
    assert not find.results.isVisible()


def test_a_click_on_a_result_chooses_it(window: QWidget, qtbot) -> None:
    find = FindField(placeholder="Find")
    show(qtbot, window, find)
    find.start()
    find.line.setText("a")
    find.show_rows(ROWS)
    assert find.results is not None
    view = find.results.list
    place = view.visualRect(view.model().index(2, 0)).center()
    with qtbot.waitSignal(find.chosen) as chosen:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == ["command:book"]


def test_the_results_stay_inside_the_window(window: QWidget, qtbot, qapp: QApplication) -> None:
    theme.apply(qapp, dark=False, scale=2.0)
    find = FindField(placeholder="Find")
    show(qtbot, window, find)
    find.start()
    find.line.setText("a")
    find.show_rows([FindRow(str(n), f"Patient {n}", "born") for n in range(40)])
    assert find.results is not None
    assert window.rect().contains(find.results.geometry())


@pytest.mark.parametrize("kind", [NumberField, DecimalField, TimeField])
def test_the_wheel_changes_no_value(window: QWidget, qtbot, kind: type) -> None:
    field = kind(name="Minutes")
    show(qtbot, window, field)
    assert accessible_name(field) == "Minutes"
    before = field.text()
    field.setFocus()
    turn = QWheelEvent(
        QPointF(5, 5),
        field.mapToGlobal(QPointF(5, 5)),
        QPoint(0, 0),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field, turn)
    assert field.text() == before
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.text() != before


def test_chips_flow_into_lines_and_all_are_shown(window: QWidget, qtbot) -> None:
    room = QWidget()
    flow = FlowLayout(parent=room)
    chips = [Chip(f"allergy {number}", role="red", icon="circle-alert") for number in range(12)]
    for chip in chips:
        flow.addWidget(chip)
    show(qtbot, window, room)
    boxes = [chip.geometry() for chip in chips]
    assert len({box.top() for box in boxes}) > 1
    assert max(box.right() for box in boxes) <= room.width()
    for number, box in enumerate(boxes):
        assert not any(box.intersects(other) for other in boxes[number + 1 :])


def test_a_table_is_left_by_tab_and_grows_with_the_text(
    window: QWidget, qtbot, qapp: QApplication
) -> None:
    table = Table(name="Readings")
    show(qtbot, window, table)
    assert accessible_name(table) == "Readings"
    assert not table.tabKeyNavigation()
    height = table.verticalHeader().defaultSectionSize()
    theme.apply(qapp, dark=False, scale=2.0)
    assert table.verticalHeader().defaultSectionSize() == 2 * height
