"""The chairs: the columns of the calendar, their names and their order."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ketadesk.domain.changes import Changes
from ketadesk.domain.clinic import Chair
from ketadesk.domain.ids import ChairId
from ketadesk.i18n import tr
from ketadesk.services import clinic
from ketadesk.ui.settings import fields
from ketadesk.ui.settings.rows import Row, TableWithForm
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.section_title import SectionTitle
from ketadesk.ui.workplace import Workplace


class ChairsPage(QWidget):
    """The chairs as a table in the order of the calendar, one chair in the form."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._shown: Chair | None = None
        self.list = TableWithForm(("", tr("Chair")), name=tr("Chairs"), stretch=1)
        self.list.chosen.connect(self._on_chosen)
        self._title = SectionTitle("")
        self.name = fields.line("chair_name")
        self.name.returnPressed.connect(self.save)
        self._make_buttons()
        form = fields.Fields()
        form.add(tr("Name, as people in the clinic call it"), self.name)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.remove_button)
        buttons.addStretch(1)
        body = self.list.card.body
        body.addWidget(self._title)
        body.addWidget(form)
        body.addLayout(buttons)
        note = tr("A chair that is taken out stays in the records of its sessions.")
        body.addWidget(Label(note, size="small", tone="muted", wrap=True))
        below = QHBoxLayout()
        for button in (self.new_button, self.up_button, self.down_button):
            below.addWidget(button)
        below.addStretch(1)
        self.list.left.addLayout(below)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.addWidget(self.list)
        workplace.framed.connect(self.reload)
        self.reload()

    def _make_buttons(self) -> None:
        self.save_button = Button(tr("Save"), icon="save", key="Ctrl+S", role="primary")
        self.save_button.setObjectName("chair_save")
        self.save_button.clicked.connect(self.save)
        self.remove_button = Button(tr("Take out"), icon="x", role="danger")
        self.remove_button.setObjectName("chair_remove")
        self.remove_button.clicked.connect(self._take_out)
        self.new_button = Button(tr("Add a chair"), icon="plus", key="Ctrl+N")
        self.new_button.setObjectName("chair_new")
        self.new_button.clicked.connect(self.start_new)
        self.up_button = Button(tr("Earlier"), icon="chevron-up", key="Ctrl+Up")
        self.up_button.clicked.connect(self._earlier)
        self.down_button = Button(tr("Later"), icon="chevron-down", key="Ctrl+Down")
        self.down_button.clicked.connect(self._later)

    @Slot()
    def reload(self) -> None:
        """Shows the chairs as the clinic file has them; what is being typed stays."""
        frame = self._workplace.frame
        if frame is None:
            return
        typing = self._dirty()
        rows = [
            Row(chair.id, (str(number), chair.name))
            for number, chair in enumerate(frame.chairs, start=1)
        ]
        self.list.blockSignals(typing)
        self.list.show_rows(rows)
        self.list.blockSignals(False)
        if not rows and not typing:
            self.start_new()

    @Slot()
    def start_new(self) -> None:
        """An empty form for a new chair."""
        self.list.leave()
        self._show(None)
        self.name.setFocus()

    @Slot()
    def save(self) -> None:
        """Adds or renames the chair in the form."""
        name, stamp, shown = self.name.text(), self._workplace.desk.stamp(), self._shown
        if shown is None:
            self._workplace.desk.do(
                lambda db: clinic.add_chair(db, stamp, name=name), initiator=self, done=self._added
            )
        else:
            self._workplace.desk.do(
                lambda db: clinic.edit_chair(db, stamp, shown.id, shown.version, name=name),
                initiator=self,
                done=self._saved,
            )

    @Slot()
    def _take_out(self) -> None:
        stamp, shown = self._workplace.desk.stamp(), self._shown
        if shown is not None:
            self._workplace.desk.do(
                lambda db: clinic.edit_chair(
                    db, stamp, shown.id, shown.version, name=shown.name, active=False
                ),
                initiator=self,
                done=self._saved,
            )

    @Slot()
    def _earlier(self) -> None:
        self._move(-1)

    @Slot()
    def _later(self) -> None:
        self._move(1)

    def _move(self, step: int) -> None:
        frame, current = self._workplace.frame, self.list.current()
        if frame is None or current is None:
            return
        order = [chair.id for chair in frame.chairs]
        place = order.index(ChairId(current))  # type: ignore[arg-type]
        if 0 <= place + step < len(order):
            order[place], order[place + step] = order[place + step], order[place]
            stamp = self._workplace.desk.stamp()
            self._workplace.desk.do(
                lambda db: clinic.order_chairs(db, stamp, tuple(order)), initiator=self
            )

    def _added(self, _changes: Changes) -> None:
        self._shown = None
        self.name.clear()
        self.name.setFocus()

    def _saved(self, _changes: Changes) -> None:
        # The row comes back with its new version when the frame is read again.
        self._shown = None
        self.name.clear()

    @Slot(object)
    def _on_chosen(self, chair_id: ChairId) -> None:
        frame = self._workplace.frame
        if frame is not None:
            self._show(next((chair for chair in frame.chairs if chair.id == chair_id), None))

    def _show(self, chair: Chair | None) -> None:
        self._shown = chair
        self._title.set_text(tr("New chair") if chair is None else tr("Change"))
        self.name.setText("" if chair is None else chair.name)
        self.remove_button.setVisible(chair is not None)

    @property
    def unsaved(self) -> bool:
        """Whether something was typed that is not kept yet."""
        return self._dirty()

    def _dirty(self) -> bool:
        return self.name.text().strip() != ("" if self._shown is None else self._shown.name)
