"""The clinic's protocols: lengths, vitals plan and its own dose bounds; never advice."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ketadesk.domain.protocols import Protocol
from ketadesk.i18n import tr
from ketadesk.services import clinic
from ketadesk.ui import words
from ketadesk.ui.settings.list_with_form import ListWithForm, SaveButton
from ketadesk.ui.settings.protocol_form import NEW, ProtocolForm, values_of
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.keys import on_keys
from ketadesk.ui.widgets.rows_model import Column, Look
from ketadesk.ui.workplace import Workplace


class ProtocolsPage(QWidget):
    """All protocols as a table, one in the form."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self.form = ProtocolForm()
        self.list = ListWithForm[Protocol](
            workplace,
            _columns(),
            key=lambda protocol: protocol.id,
            name=tr("Protocols"),
            title=lambda one: tr("New protocol") if one is None else _name(one),
            typed=self.form.dirty,
        )
        self.list.shown.connect(self._show)
        self.list.form.addWidget(self.form)
        self.save_button = SaveButton("protocol_save")
        self.save_button.clicked.connect(self.save)
        self.use_button = Button("", icon="eye-off")
        self.use_button.setObjectName("protocol_use")
        self.use_button.clicked.connect(self._toggle_use)
        self.new_button = Button(tr("Add a protocol"), icon="plus", key="Ctrl+N")
        self.new_button.setObjectName("protocol_new")
        self.new_button.clicked.connect(self.start_new)
        self.list.buttons.addWidget(self.save_button)
        self.list.buttons.addWidget(self.use_button)
        self.list.below.addWidget(self.new_button)
        on_keys(self.form.name.line, {"Enter": self.save})
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.addWidget(self.list)
        workplace.framed.connect(self.reload)
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Shows the protocols as the clinic file has them; what is being typed stays."""
        if self._workplace.frame is not None:
            self.list.show_rows(self._workplace.frame.protocols)

    @Slot()
    def start_new(self) -> None:
        """A form for a new protocol."""
        self.list.start_new()
        self.form.name.setFocus()

    @Slot()
    def save(self) -> None:
        """Adds or changes the protocol in the form."""
        shown = self.list.current
        if not self.form.name.text().strip():
            self.form.name.reject(tr("Type the name first."))
        else:
            self._write(active=True if shown is None else shown.active)

    @Slot()
    def _toggle_use(self) -> None:
        if self.list.current is not None:
            self._write(active=not self.list.current.active)

    def _write(self, *, active: bool) -> None:
        typed, shown = self.form.values(), self.list.current
        values = vars(typed)
        if shown is None:
            self.list.send(
                typed,
                lambda db, stamp: clinic.add_protocol(db, stamp, **values),
                made="protocols",
            )
        else:
            self.list.send(
                (shown, typed, active),
                lambda db, stamp: clinic.edit_protocol(
                    db, stamp, shown.id, shown.version, active=active, **values
                ),
            )

    @Slot(object)
    def _show(self, protocol: Protocol | None) -> None:
        self.form.show_values(NEW if protocol is None else values_of(protocol))
        self.use_button.setVisible(protocol is not None)
        if protocol is not None:
            self.use_button.set_text(tr("No longer use") if protocol.active else tr("Use again"))
            self.use_button.set_icon("eye-off" if protocol.active else "eye")


def _columns() -> tuple[Column[Protocol], ...]:
    def quiet(protocol: Protocol) -> Look | None:
        return None if protocol.active else Look("muted")

    return (
        Column(tr("Protocol"), lambda one: one.name, strong=True, look=quiet),
        Column(tr("Tier"), lambda one: words.word(one.tier), look=quiet),
        Column(tr("Route"), lambda one: words.word(one.route), look=quiet),
        Column(
            tr("Length"),
            lambda one: tr("{minutes} min", minutes=one.segments.total),
            look=quiet,
        ),
        Column(tr("In use"), lambda one: tr("yes") if one.active else tr("no"), look=quiet),
    )


def _name(protocol: Protocol) -> str:
    return f"{protocol.name} · {words.word(protocol.tier)}"
