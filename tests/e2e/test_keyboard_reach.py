"""Every view by Tab alone: everything can be reached, has a name, and lets one go on."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDateTimeEdit,
    QLabel,
    QLineEdit,
    QTabWidget,
    QWidget,
)

from ketadesk.clock import HeldClock
from ketadesk.ui import theme
from tests.clinic_day import LENA
from tests.e2e.conftest import Opens
from tests.e2e.hands import ALT, CTRL, Hands
from tests.e2e.test_clinic_day import arrive, book

KEY = Qt.Key
MOST_STEPS = 200


def view(number: int, *, ready: str) -> Callable[[Hands], None]:
    """By Alt and the view's number; `ready` is what can be seen once it has read the file."""

    def go(hands: Hands) -> None:
        hands.press(KEY(KEY.Key_0 + number), ALT)
        hands.see(ready)

    return go


def week(hands: Hands) -> None:
    view(2, ready="day_grid")(hands)
    hands.press(KEY.Key_F6)
    hands.wait_for_keys_at("week_grid")


def agenda(hands: Hands) -> None:
    view(2, ready="day_grid")(hands)
    hands.press(KEY.Key_F8)
    hands.wait_for_keys_at("agenda_table")


def booking(hands: Hands) -> None:
    """With a taken chair, so that the way out is offered too."""
    view(2, ready="day_grid")(hands)
    hands.wait_to_hear("day_grid", "Ana García")
    hands.press(KEY.Key_N)
    hands.wait_for_keys_at("booking_patient")
    hands.type("gare")
    hands.press(KEY.Key_Return)
    hands.see("notice_instead")


def record(hands: Hands) -> None:
    view(3, ready="patients_table")(hands)
    hands.type("ana")
    hands.press(KEY.Key_Return)
    hands.see("patient_given_name")


def new_patient(hands: Hands) -> None:
    view(3, ready="patients_table")(hands)
    hands.press(KEY.Key_N, CTRL)
    hands.wait_for_keys_at("new_given_name")


def checklist(hands: Hands) -> None:
    view(2, ready="day_grid")(hands)
    hands.wait_to_hear("day_grid", "Ana García")
    hands.press(KEY.Key_O)
    hands.wait_for_keys_at("open_session")
    hands.press(KEY.Key_Return)
    hands.wait_for_keys_at("check_identity")


def order(hands: Hands) -> None:
    checklist(hands)
    hands.press(KEY.Key_F6)
    hands.wait_for_keys_at("order_ordered_by")


def chart(hands: Hands) -> None:
    checklist(hands)
    hands.press(KEY.Key_F7)
    hands.wait_for_keys_at("entry_line")


def side_effect(hands: Hands) -> None:
    chart(hands)
    hands.press(KEY.Key_1, CTRL)
    hands.wait_for_keys_at("event_grade")


def medicine(hands: Hands) -> None:
    chart(hands)
    hands.press(KEY.Key_M, CTRL)
    hands.wait_for_keys_at("event_medicine")


PLACES = {
    "today": view(1, ready="open_session_1"),
    "calendar": view(2, ready="day_grid"),
    "week": week,
    "agenda": agenda,
    "booking": booking,
    "patients": view(3, ready="patients_table"),
    "record": record,
    "new patient": new_patient,
    "sessions": view(4, ready="session_list_table"),
    "checklist": checklist,
    "order": order,
    "chart": chart,
    "side effect": side_effect,
    "medicine": medicine,
    "sheets": view(5, ready="sheet_preview"),
}


@pytest.mark.parametrize("place", PLACES)
def test_tab_reaches_everything_in_a_view_and_everything_says_what_it_is(
    opens: Opens, clock: HeldClock, place: str
) -> None:
    hands = opens(staff_id=LENA)
    book(hands)
    arrive(hands, clock)
    PLACES[place](hands)
    hands.wait(lambda: not hands.busy)
    look_around(hands)


def test_tab_reaches_everything_in_every_page_of_the_settings(opens: Opens) -> None:
    hands = opens(staff_id=LENA)
    view(6, ready="clinic_name")(hands)
    tabs = hands.window.findChild(QTabWidget, "settings_pages")
    assert isinstance(tabs, QTabWidget)
    for page in range(tabs.count()):
        assert tabs.currentIndex() == page
        hands.wait(lambda: not hands.busy)
        look_around(hands)
        for _ in range(MOST_STEPS):
            if hands.keys_go_to() == "qt_tabwidget_tabbar":
                break
            hands.press(KEY.Key_Tab)
        hands.press(KEY.Key_Right)


@pytest.mark.parametrize(
    ("number", "place"),
    [
        (2, "day_grid"),
        (3, "patients_find"),
        (4, "session_list_table"),
        (5, "sheet_visits"),
        (6, "qt_tabwidget_tabbar"),
    ],
)
def test_a_view_has_the_keys_when_it_is_opened_and_again_after_finding(
    opens: Opens, clock: HeldClock, number: int, place: str
) -> None:
    hands = opens(staff_id=LENA)
    book(hands)
    arrive(hands, clock)
    hands.press(KEY(KEY.Key_0 + number), ALT)
    hands.wait_for_keys_at(place)
    hands.press(KEY.Key_K, CTRL)
    hands.type("tan")
    assert hands.text_of("find") == "tan"
    hands.press(KEY.Key_Escape)
    hands.wait_for_keys_at(place)
    hands.press(KEY.Key_K, CTRL)
    hands.type("dark col")
    hands.press(KEY.Key_Return)
    hands.wait_for_keys_at(place)
    assert theme.current().dark


def look_around(hands: Hands) -> None:
    """What is in front: its Tab order, its names, its buttons, its labels."""
    front = hands.in_front()
    reached = walk(hands)
    shown = [widget for widget in front.findChildren(QWidget) if widget.isVisible()]
    missed = {told(widget) for widget in shown if stops_at(widget, front)}
    assert not missed - {told(widget) for widget in reached}
    assert not [told(widget) for widget in reached if not spoken_name(widget)]
    buttons = [widget for widget in shown if isinstance(widget, QAbstractButton)]
    assert not [told(each) for each in buttons if not (each.text() or each.toolTip())]
    labels = [widget for widget in shown if isinstance(widget, QLabel) and widget.text()]
    assert labels
    assert not [each.text() for each in labels if each.textFormat() != Qt.TextFormat.PlainText]


def walk(hands: Hands) -> list[QWidget]:
    """Tab until the first widget comes again; a time is two stops, its hours and its minutes."""
    hands.press(KEY.Key_Tab)
    seen: list[QWidget] = []
    for _ in range(MOST_STEPS):
        focus = QApplication.focusWidget()
        assert focus is not None, "Tab leads nowhere"
        stays = bool(seen) and focus is seen[-1] and isinstance(focus, QDateTimeEdit)
        if not stays and focus in seen:
            assert focus is seen[0], f"Tab turns in a circle at {told(focus)}"
            return seen
        if not stays:
            seen.append(focus)
        hands.press(KEY.Key_Tab)
    raise AssertionError("Tab never comes back to where it began")


def stops_at(widget: QWidget, front: QWidget) -> bool:
    """Whether Tab must come here: not at what hands the keys on, nor at the line inside a field."""
    policy = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    inner = isinstance(widget, QLineEdit) and widget.objectName() == "qt_spinbox_lineedit"
    own_window = widget.window() is front
    return bool(policy) and widget.isEnabled() and own_window and not (widget.focusProxy() or inner)


def spoken_name(widget: QWidget) -> str:
    """What a screen reader calls it; a list to choose from needs more than what is chosen."""
    name = widget.accessibleName()
    if not name and not isinstance(widget, QComboBox):
        interface = QAccessible.queryAccessibleInterface(widget)
        name = interface.text(QAccessible.Text.Name) if interface is not None else ""
    return name


def told(widget: QWidget) -> str:
    """The widget and where it is, for a person who reads the failure."""
    parent = widget.parentWidget()
    while parent is not None and not parent.objectName():
        parent = parent.parentWidget()
    home = parent.objectName() if parent is not None else ""
    return f"{type(widget).__name__} {widget.objectName()} {widget.accessibleName()!r} in {home}"
