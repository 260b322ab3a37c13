"""Settings: the clinic's own facts and thresholds, and how this computer shows KetaDesk."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from ketadesk.i18n import tr
from ketadesk.settings import SettingsFile
from ketadesk.ui.settings.chairs_page import ChairsPage
from ketadesk.ui.settings.clinic_page import ClinicPage
from ketadesk.ui.settings.computer_page import ComputerPage
from ketadesk.ui.settings.hours_page import HoursPage
from ketadesk.ui.settings.list_with_form import ListWithForm
from ketadesk.ui.settings.protocols_page import ProtocolsPage
from ketadesk.ui.settings.staff_page import StaffPage
from ketadesk.ui.settings.thresholds_page import ThresholdsPage
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.workplace import Workplace


class SettingsView(QWidget):
    """One page per kind of setting; `show_target("chairs")` opens a page."""

    def __init__(
        self, workplace: Workplace, settings: SettingsFile, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.pages: dict[str, QWidget] = {
            "clinic": ClinicPage(workplace),
            "thresholds": ThresholdsPage(workplace),
            "staff": StaffPage(workplace),
            "chairs": ChairsPage(workplace),
            "hours": HoursPage(workplace),
            "protocols": ProtocolsPage(workplace),
            "computer": ComputerPage(workplace, settings),
        }
        self.tabs = QTabWidget()
        self.tabs.setObjectName("settings_pages")
        self.tabs.setUsesScrollButtons(True)
        self.tabs.tabBar().setAccessibleName(tr("Settings"))
        for name, page in self.pages.items():
            page.setContentsMargins(0, 2, 0, 0)
            shown = _scrolling(page) if page.findChild(ListWithForm) is None else page
            self.tabs.addTab(shown, tr(_TITLES[name]))
            action = QAction(tr("Settings: {page}", page=tr(_TITLES[name])), self)
            action.setData(name)
            action.triggered.connect(self._open)
            self.addAction(action)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(6)
        column.addWidget(Label(tr("Settings"), size="title", strong=True))
        column.addWidget(self.tabs, 1)
        self.setFocusProxy(self.tabs)

    def show_target(self, target: object) -> None:
        """Opens a page by its name: clinic, thresholds, staff, chairs, hours, protocols, ..."""
        if str(target) in self.pages:
            self.tabs.setCurrentIndex(list(self.pages).index(str(target)))
            first = self.pages[str(target)].focusProxy()
            if first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def at_hand(self) -> None:
        """Settings are about nobody."""
        return None

    @property
    def stands_at(self) -> str:
        """The name of the page that is open."""
        return list(self.pages)[self.tabs.currentIndex()]

    @Slot()
    def _open(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.show_target(action.data())


def _scrolling(page: QWidget) -> QScrollArea:
    """With large text a form may be higher than the screen; then it scrolls, and is never cut.

    A list with its form scrolls inside, so that its buttons stay in sight.
    """
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(page)
    return area


_TITLES = {
    "clinic": "Clinic",
    "thresholds": "Thresholds",
    "staff": "Staff",
    "chairs": "Chairs",
    "hours": "Opening hours",
    "protocols": "Protocols",
    "computer": "This computer",
}
