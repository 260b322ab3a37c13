"""The middle of the window: a view is made when first shown, and forgotten with its clinic."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from ketadesk.i18n import tr
from ketadesk.settings import SettingsFile
from ketadesk.ui.view import Place
from ketadesk.ui.views import VIEWS, Made

if TYPE_CHECKING:
    from ketadesk.ui.workplace import Workplace


class ViewStack(QStackedWidget):
    """Empty until a view is shown; other pages (a file that cannot be opened) may be added."""

    def __init__(self, settings: SettingsFile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("views")
        self._settings = settings
        self._made: dict[str, Made] = {}
        self._blank = QWidget()
        self.addWidget(self._blank)

    @property
    def widgets(self) -> dict[str, QWidget]:
        """The views that were shown, by their ids."""
        return {view_id: made.widget for view_id, made in self._made.items()}

    def show_view(self, workplace: "Workplace", view_id: str, target: object = None) -> str:
        """Shows a view and in it the target if there is one; an unknown id shows the first view.

        Sheets are most often wanted for whom the view before was about. Returns the id shown.
        """
        entry = next((entry for entry in VIEWS if entry.id == view_id), VIEWS[0])
        if entry.id not in self._made:
            self._made[entry.id] = entry.make(workplace, self._settings)
            self.addWidget(self._made[entry.id].widget)
        if target is None and entry.id == "sheets":
            target = self._at_hand()
        widget, view = self._made[entry.id]
        self.setCurrentWidget(widget)
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        if target is not None:
            view.show_target(target)
        return entry.id

    def current_view(self) -> QWidget | None:
        """The view now shown, None before a clinic is open."""
        made = self._current()
        return None if made is None else made[1].widget

    def stands_at(self) -> tuple[str, Place | None] | None:
        """The id of the view now shown and where it stands."""
        made = self._current()
        return None if made is None else (made[0], made[1].view.stands_at)

    def forget(self) -> None:
        """Nothing is shown any more, and every view goes."""
        self.setCurrentWidget(self._blank)
        for made in self._made.values():
            self.removeWidget(made.widget)
            made.widget.deleteLater()
        self._made.clear()

    def half_typed(self) -> list[str]:
        """The words of the views in which something typed would be lost."""
        from ketadesk.ui.leaving import unsaved_in

        made = ((tr(entry.text), self.widgets.get(entry.id)) for entry in VIEWS)
        return [text for text, widget in made if widget is not None and unsaved_in(widget)]

    def _current(self) -> tuple[str, Made] | None:
        shown = self.currentWidget()
        return next((pair for pair in self._made.items() if pair[1].widget is shown), None)

    def _at_hand(self) -> object:
        made = self._current()
        return None if made is None else made[1].view.at_hand
