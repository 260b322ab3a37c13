"""The views of the window: their order, word, icon, key, and how each is made when first shown."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from ketadesk.i18n import tr
from ketadesk.ui.widgets.rail import RailItem

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ketadesk.settings import SettingsFile
    from ketadesk.ui.workplace import Workplace

Factory = Callable[["Workplace", "SettingsFile"], "QWidget"]


class ViewEntry(NamedTuple):
    """One view of the rail; `make` imports the view's package, which costs time, when needed."""

    id: str
    text: str
    icon: str
    key: str
    make: Factory


def _today(workplace: "Workplace", settings: "SettingsFile") -> "QWidget":
    from ketadesk.ui.today.view import TodayView

    return TodayView(workplace)


def _calendar(workplace: "Workplace", settings: "SettingsFile") -> "QWidget":
    from ketadesk.ui.calendar.view import CalendarView

    return CalendarView(workplace)


def _patients(workplace: "Workplace", settings: "SettingsFile") -> "QWidget":
    from ketadesk.ui.patients.view import PatientsView

    return PatientsView(workplace)


def _sessions(workplace: "Workplace", settings: "SettingsFile") -> "QWidget":
    from ketadesk.ui.session.view import SessionsView

    return SessionsView(workplace)


def _sheets(workplace: "Workplace", settings: "SettingsFile") -> "QWidget":
    from ketadesk.ui.paper.view import SheetsView

    return SheetsView(workplace, settings=settings)


def _settings(workplace: "Workplace", settings: "SettingsFile") -> "QWidget":
    from ketadesk.ui.settings.view import SettingsView

    return SettingsView(workplace, settings)


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
