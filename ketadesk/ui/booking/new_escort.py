"""The escort who is named for the first time while somebody is booked."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ketadesk.domain.patients import EscortDraft
from ketadesk.i18n import tr
from ketadesk.ui.widgets.field import TextField


class NewEscort(QWidget):
    """Name, relation and phone in a line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = TextField(tr("Escort's name"), name="booking_escort_name")
        self.relation = TextField(tr("Relation"), name="booking_escort_relation", hint=tr("sister"))
        self.phone = TextField(tr("Phone"), name="booking_escort_phone")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for field, share in ((self.name, 4), (self.relation, 3), (self.phone, 3)):
            row.addWidget(field, share)
        self.setFocusProxy(self.name)

    def clear(self) -> None:
        """Nobody."""
        for field in self._fields():
            field.set_text("")

    def draft(self) -> EscortDraft | None:
        """Who was typed, None when nobody was."""
        if not self.typed:
            return None
        return EscortDraft(self.name.text(), self.relation.text(), self.phone.text())

    @property
    def typed(self) -> bool:
        """Whether something was typed that would be lost."""
        return any(field.text().strip() for field in self._fields())

    @property
    def nameless(self) -> bool:
        """Whether a relation or a phone waits for its name."""
        return self.typed and not self.name.text().strip()

    def tab_widgets(self) -> tuple[QWidget, ...]:
        """In reading order."""
        return tuple(field.line for field in self._fields())

    def _fields(self) -> tuple[TextField, TextField, TextField]:
        return (self.name, self.relation, self.phone)
