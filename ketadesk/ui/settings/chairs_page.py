"""The chairs: the columns of the calendar, their names and their order."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ketadesk.domain.clinic import Chair
from ketadesk.i18n import tr
from ketadesk.services import clinic
from ketadesk.ui.settings.list_with_form import ListWithForm, SaveButton
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.field import TextField
from ketadesk.ui.widgets.keys import on_keys
from ketadesk.ui.widgets.rows_model import Column
from ketadesk.ui.workplace import Workplace


class ChairsPage(QWidget):
    """The chairs as a table in the order of the calendar, one chair in the form."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self.name = TextField(
            tr("Name, as people in the clinic call it"),
            name="chair_name",
            note=tr("A chair that is taken out stays in the records of its sessions."),
        )
        self.list = ListWithForm[Chair](
            workplace,
            (
                Column(tr("No."), self._number, tone="muted"),
                Column(tr("Chair"), lambda chair: chair.name, strong=True),
            ),
            key=lambda chair: chair.id,
            name=tr("Chairs"),
            title=lambda chair: tr("New chair") if chair is None else chair.name,
            typed=self._typed,
            stretch=1,
        )
        self.list.shown.connect(self._show)
        self.list.form.addWidget(self.name)
        self._make_buttons()
        on_keys(self.name.line, {"Enter": self.save})
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.addWidget(self.list)
        workplace.framed.connect(self.reload)
        self.reload()

    def _make_buttons(self) -> None:
        self.save_button = SaveButton("chair_save")
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
        self.list.buttons.addWidget(self.save_button)
        self.list.buttons.addWidget(self.remove_button)
        for button in (self.new_button, self.up_button, self.down_button):
            self.list.below.addWidget(button)

    def _number(self, chair: Chair) -> str:
        place = self.list.model.place_of(chair.id)
        return "" if place is None else str(place + 1)

    @Slot()
    def reload(self) -> None:
        """Shows the chairs as the clinic file has them; what is being typed stays."""
        if self._workplace.frame is not None:
            self.list.show_rows(self._workplace.frame.chairs)

    @Slot()
    def start_new(self) -> None:
        """An empty form for a new chair."""
        self.list.start_new()
        self.name.setFocus()

    @Slot()
    def save(self) -> None:
        """Adds or renames the chair in the form."""
        name, shown = self.name.text(), self.list.current
        if not name.strip():
            self.name.reject(tr("Type the name first."))
        elif shown is None:
            self.list.send(
                name, lambda db, stamp: clinic.add_chair(db, stamp, name=name), made="chairs"
            )
        else:
            self._write(shown, name=name)

    @Slot()
    def _take_out(self) -> None:
        if self.list.current is not None:
            self._write(self.list.current, name=self.list.current.name, active=False)

    def _write(self, shown: Chair, *, name: str, active: bool = True) -> None:
        self.list.send(
            (shown, name, active),
            lambda db, stamp: clinic.edit_chair(
                db, stamp, shown.id, shown.version, name=name, active=active
            ),
        )

    @Slot()
    def _earlier(self) -> None:
        self._move(-1)

    @Slot()
    def _later(self) -> None:
        self._move(1)

    def _move(self, step: int) -> None:
        frame, current = self._workplace.frame, self.list.current
        if frame is None or current is None:
            return
        order = [chair.id for chair in frame.chairs]
        place = order.index(current.id)
        if 0 <= place + step < len(order):
            order[place], order[place + step] = order[place + step], order[place]
            wanted = tuple(order)
            self.list.sending.send(wanted, lambda db, stamp: clinic.order_chairs(db, stamp, wanted))

    @Slot(object)
    def _show(self, chair: Chair | None) -> None:
        self.name.set_text("" if chair is None else chair.name)
        self.remove_button.setVisible(chair is not None)

    @property
    def unsaved(self) -> bool:
        """Whether something was typed that is not kept yet."""
        return self._typed()

    def _typed(self) -> bool:
        shown = self.list.current
        return self.name.text().strip() != ("" if shown is None else shown.name)
