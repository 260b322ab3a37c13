"""The banner of a severe side effect: it stays until someone writes down who was told."""

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QWidget

from ketadesk.domain.session_record import SessionRecord
from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.icons import pixmap
from ketadesk.ui.session import words
from ketadesk.ui.stylesheet import set_look
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.words import clock
from ketadesk.ui.workplace import Workplace


class SevereBanner(QFrame):
    """Signal: `told(name)`."""

    told = Signal(str)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._asked_for: object = None
        self.setObjectName("severe_banner")
        self.setProperty("look", "bar")
        box = QFrame()
        box.setProperty("look", "notice")
        box.setProperty("role", "red")
        self._icon = QLabel()
        self._text = Label("", strong=True, tone="red")
        self.name = QLineEdit()
        self.name.setObjectName("severe_told")
        self.name.setAccessibleName(tr("Who was told"))
        self.name.setPlaceholderText(tr("who was told"))
        self.name.setMaxLength(200)
        self.name.setFixedWidth(theme.px(220))
        button = Button(tr("Told now"), icon="check", role="danger")
        button.setObjectName("severe_confirm")
        around = QHBoxLayout(self)
        around.setContentsMargins(12, 6, 12, 6)
        around.addWidget(box)
        row = QHBoxLayout(box)
        row.setContentsMargins(12, 6, 10, 6)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self.name)
        row.addWidget(button)
        self.name.returnPressed.connect(self._confirm)
        button.clicked.connect(self._confirm)
        self.hide()
        self._redraw()

    def show_record(self, record: SessionRecord) -> None:
        """Shows what nobody was told of; a signed record takes no answer any more."""
        event = None if record.session.signed else record.untold
        if event is None:
            self.hide()
            return
        at = clock(self._workplace.local(event.at))
        text = tr(
            "{event} {at}. Severe: tell the clinician now.", event=words.event_title(event), at=at
        )
        self._text.setText(text)
        self.setAccessibleName(text)
        asked_for = (record.session.id, event.id)
        if asked_for != self._asked_for:
            self._asked_for = asked_for
            self.name.setText("")
            set_look(self.name, invalid=False)
        if self.isHidden():
            self.show()
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "name"):
            self._redraw()

    def _redraw(self) -> None:
        self._icon.setPixmap(pixmap("triangle-alert", role="red", size=18))

    @Slot()
    def _confirm(self) -> None:
        name = self.name.text().strip()
        set_look(self.name, invalid=not name)
        if name:
            self.told.emit(name)
        else:
            self.name.setFocus()
