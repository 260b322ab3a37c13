"""What can be done with the chosen row of a list: two buttons with their keys, and the same menu.

The buttons are there only while a row is chosen, so the find field offers them as well.
"""

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.session.read_back import ROOMY
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.menu import Menu

HEIGHT = 24


class RowActions(QFrame):
    """Signals: `amend_wanted()` and `withdraw_wanted()`; the list itself answers A, W and Enter."""

    amend_wanted = Signal()
    withdraw_wanted = Signal()

    def __init__(self, *, amend: str, withdraw: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "bar")
        self.amend = Button(tr("Amend"), key="A", role="quiet", name=amend, bind=False)
        self.withdraw = Button(tr("Withdraw"), key="W", role="quiet", name=withdraw, bind=False)
        self.amend.clicked.connect(self.amend_wanted)
        self.withdraw.clicked.connect(self.withdraw_wanted)
        self._buttons: list[Button] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for button in (self.amend, self.withdraw):
            row.addWidget(button)
            self._buttons.append(button)
        self._fit()
        self.hide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "_buttons"):
            self._fit()

    def _fit(self) -> None:
        """As low as the titles beside which they stand, with large text as narrow as they can."""
        for button in self._buttons:
            button.setFixedHeight(theme.px(HEIGHT))
            button.show_hint(theme.current_scale() <= ROOMY)

    def pop_up(self, place: QPoint) -> Menu:
        """The menu of the right mouse button, at a place on the screen."""
        menu = Menu(self, name="row_menu")
        for button, wanted, name in (
            (self.amend, self.amend_wanted, "row_amend"),
            (self.withdraw, self.withdraw_wanted, "row_withdraw"),
        ):
            if button.isHidden():
                continue
            choice = menu.choice(f"{button.accessibleName()}…", name=name, key=button.key())
            choice.triggered.connect(wanted)
        menu.popup(place)
        menu.choose_first()
        return menu
