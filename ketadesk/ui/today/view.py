"""Today at a glance: what is most overdue first."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ketadesk.i18n import tr
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.workplace import Workplace


class TodayView(QWidget):
    """The day's board."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.addWidget(Label(tr("Today"), size="title", strong=True))
        column.addStretch(1)

    def show_target(self, target: object) -> None:
        """Today has nothing to be led to."""
