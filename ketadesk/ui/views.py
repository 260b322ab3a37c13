"""The views of the window: their order, word, icon, key, and how each is made when first shown."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from ketadesk.i18n import tr
from ketadesk.ui.view import View, ViewId
from ketadesk.ui.widgets.rail import RailItem

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ketadesk.settings import SettingsFile
    from ketadesk.ui.workplace import Workplace


class Made(NamedTuple):
    """One object, as Qt and as the window know it."""

    widget: "QWidget"
    view: View


Factory = Callable[["Workplace", "SettingsFile"], Made]


class ViewEntry(NamedTuple):
    """One view of the rail; `make` imports the view's package, which costs time, when needed."""

    id: ViewId
    text: str
    icon: str
    key: str
    make: Factory


def _today(workplace: "Workplace", settings: "SettingsFile") -> Made:
    from ketadesk.ui.today.view import TodayView

    view = TodayView(workplace)
    return Made(view, view)


def _calendar(workplace: "Workplace", settings: "SettingsFile") -> Made:
    from ketadesk.ui.calendar.view import CalendarView

    view = CalendarView(workplace, settings)
    return Made(view, view)


def _patients(workplace: "Workplace", settings: "SettingsFile") -> Made:
    from ketadesk.ui.patients.view import PatientsView

    view = PatientsView(workplace)
    return Made(view, view)


def _sessions(workplace: "Workplace", settings: "SettingsFile") -> Made:
    from ketadesk.ui.session.view import SessionsView

    view = SessionsView(workplace)
    return Made(view, view)


def _sheets(workplace: "Workplace", settings: "SettingsFile") -> Made:
    from ketadesk.ui.paper.view import SheetsView

    view = SheetsView(workplace, settings=settings)
    return Made(view, view)


def _settings(workplace: "Workplace", settings: "SettingsFile") -> Made:
    from ketadesk.ui.settings.view import SettingsView

    view = SettingsView(workplace, settings)
    return Made(view, view)


VIEWS = (
    ViewEntry("today", "Today", "layout-dashboard", "Alt+1", _today),
    ViewEntry("calendar", "Calendar", "calendar-days", "Alt+2", _calendar),
    ViewEntry("patients", "Patients", "users", "Alt+3", _patients),
    ViewEntry("sessions", "Sessions", "activity", "Alt+4", _sessions),
    ViewEntry("sheets", "Sheets", "printer", "Alt+5", _sheets),
    ViewEntry("settings", "Settings", "settings", "Alt+6", _settings),
)


def rail_items() -> list[RailItem]:
    """The views as the rail shows them."""
    return [RailItem(entry.id, tr(entry.text), entry.icon, entry.key) for entry in VIEWS]
