"""The clinic's protocols: lengths, vitals plan and its own dose bounds; never advice."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ketadesk.domain.changes import Changes
from ketadesk.domain.ids import ProtocolId
from ketadesk.domain.protocols import Protocol
from ketadesk.i18n import tr
from ketadesk.services import clinic
from ketadesk.ui import words
from ketadesk.ui.settings.protocol_form import NEW, ProtocolForm, values_of
from ketadesk.ui.settings.rows import Row, TableWithForm
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.section_title import SectionTitle
from ketadesk.ui.workplace import Workplace


class ProtocolsPage(QWidget):
    """All protocols as a table, one in the form."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._shown: Protocol | None = None
        titles = (tr("Protocol"), tr("Tier"), tr("Route"), tr("Length"), tr("In use"))
        self.list = TableWithForm(titles, name=tr("Protocols"))
        self.list.chosen.connect(self._on_chosen)
        self._title = SectionTitle("")
        self.form = ProtocolForm()
        self.form.name.returnPressed.connect(self.save)
        self.save_button = Button(tr("Save"), icon="save", key="Ctrl+S", role="primary")
        self.save_button.setObjectName("protocol_save")
        self.save_button.clicked.connect(self.save)
        self.use_button = Button("", icon="eye-off")
        self.use_button.setObjectName("protocol_use")
        self.use_button.clicked.connect(self._toggle_use)
        self.new_button = Button(tr("Add a protocol"), icon="plus", key="Ctrl+N")
        self.new_button.setObjectName("protocol_new")
        self.new_button.clicked.connect(self.start_new)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.use_button)
        buttons.addStretch(1)
        body = self.list.card.body
        body.addWidget(self._title)
        body.addWidget(self.form)
        body.addLayout(buttons)
        below = QHBoxLayout()
        below.addWidget(self.new_button)
        below.addStretch(1)
        self.list.left.addLayout(below)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.addWidget(self.list)
        workplace.framed.connect(self.reload)
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Shows the protocols as the clinic file has them; what is being typed stays."""
        frame = self._workplace.frame
        if frame is None:
            return
        typing = self.form.dirty()
        self.list.blockSignals(typing)
        self.list.show_rows([_row(protocol) for protocol in frame.protocols])
        self.list.blockSignals(False)
        if not frame.protocols and not typing:
            self.start_new()

    @Slot()
    def start_new(self) -> None:
        """A form for a new protocol."""
        self.list.leave()
        self._show(None)
        self.form.name.setFocus()

    @Slot()
    def save(self) -> None:
        """Adds or changes the protocol in the form."""
        self._write(active=True if self._shown is None else self._shown.active)

    @Slot()
    def _toggle_use(self) -> None:
        if self._shown is not None:
            self._write(active=not self._shown.active)

    def _write(self, *, active: bool) -> None:
        values = vars(self.form.values())
        stamp, shown = self._workplace.desk.stamp(), self._shown
        if shown is None:
            self._workplace.desk.do(
                lambda db: clinic.add_protocol(db, stamp, **values),
                initiator=self,
                done=self._saved,
            )
        else:
            self._workplace.desk.do(
                lambda db: clinic.edit_protocol(
                    db, stamp, shown.id, shown.version, active=active, **values
                ),
                initiator=self,
                done=self._saved,
            )

    def _saved(self, changes: Changes) -> None:
        # The row comes back with its new version when the frame is read again.
        self._shown = None
        self.form.show_values(NEW)
        self.list.choose(ProtocolId(changes.row_ids.get("protocols", 0)))

    @Slot(object)
    def _on_chosen(self, protocol_id: ProtocolId) -> None:
        frame = self._workplace.frame
        if frame is not None:
            found = (protocol for protocol in frame.protocols if protocol.id == protocol_id)
            self._show(next(found, None))

    def _show(self, protocol: Protocol | None) -> None:
        self._shown = protocol
        self._title.set_text(tr("New protocol") if protocol is None else tr("Change"))
        self.form.show_values(NEW if protocol is None else values_of(protocol))
        self.use_button.setVisible(protocol is not None)
        if protocol is not None:
            self.use_button.set_text(tr("No longer use") if protocol.active else tr("Use again"))
            self.use_button.set_icon("eye-off" if protocol.active else "eye")


def _row(protocol: Protocol) -> Row:
    segments = protocol.segments
    length = tr("{minutes} min", minutes=segments.total)
    cells = (
        protocol.name,
        words.word(protocol.tier),
        words.word(protocol.route),
        length,
        tr("yes") if protocol.active else tr("no"),
    )
    return Row(protocol.id, cells, "ink" if protocol.active else "muted")
