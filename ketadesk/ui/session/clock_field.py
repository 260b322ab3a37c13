"""A time of day typed as people write it: "1052", "10:52" or "2:30 pm"; Up and Down change it."""

from PySide6.QtCore import Qt, QTime, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ketadesk.domain.errors import Refused
from ketadesk.domain.times import read_time
from ketadesk.i18n import tr
from ketadesk.ui.stylesheet import set_look
from ketadesk.ui.theme import plain_tooltip

SHOWN = "HH:mm"


class ClockField(QLineEdit):
    """Coming in, all of it is chosen, so that four digits replace it."""

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(tr("930 or 14"))
        self.setToolTip(
            plain_tooltip(tr("Type 930, 9:30 or 14; Up and Down change it by a minute"))
        )
        self.setMaxLength(12)
        self.editingFinished.connect(self._settle)
        self.textEdited.connect(self._on_typed)

    def time(self) -> QTime:
        """What is typed; an invalid time when it cannot be read."""
        try:
            read = read_time(self.text())
        except Refused:
            return QTime()
        return QTime(read.hour, read.minute)

    def setTime(self, time: QTime) -> None:
        """Shows a time, and nothing for an invalid one."""
        self.setText(time.toString(SHOWN))
        set_look(self, invalid=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 60, Qt.Key.Key_Down: -60}.get(Qt.Key(event.key()))
        if step is not None and self.time().isValid():
            self.setTime(self.time().addSecs(step))
            self.textEdited.emit(self.text())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    @Slot()
    def _settle(self) -> None:
        """What was read is written out; what cannot be read stays, marked."""
        if self.time().isValid():
            self.setTime(self.time())
        else:
            set_look(self, invalid=True)

    @Slot(str)
    def _on_typed(self, _text: str) -> None:
        set_look(self, invalid=False)
