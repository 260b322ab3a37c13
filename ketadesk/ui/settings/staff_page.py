"""Who works here: add, rename, change the role, leave."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ketadesk.domain.changes import Changes
from ketadesk.domain.clinic import Role, Staff
from ketadesk.domain.ids import StaffId
from ketadesk.i18n import tr
from ketadesk.services import clinic
from ketadesk.ui import words
from ketadesk.ui.settings import fields
from ketadesk.ui.settings.rows import Row, TableWithForm
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.section_title import SectionTitle
from ketadesk.ui.workplace import Workplace


class StaffPage(QWidget):
    """The staff as a table, one person in the form."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._shown: Staff | None = None
        self.list = TableWithForm((tr("Name"), tr("Role")), name=tr("Staff"))
        self.list.chosen.connect(self._on_chosen)
        self._title = SectionTitle("")
        self.name = fields.line("staff_name")
        self.name.returnPressed.connect(self.save)
        self.role = fields.choice("staff_role", [(role.value, words.word(role)) for role in Role])
        form = fields.Fields()
        form.add(tr("Name"), self.name)
        form.add(tr("Role"), self.role)
        self.save_button = Button(tr("Save"), icon="save", key="Ctrl+S", role="primary")
        self.save_button.setObjectName("staff_save")
        self.save_button.clicked.connect(self.save)
        self.leave_button = Button(tr("No longer works here"), icon="user-x", role="danger")
        self.leave_button.setObjectName("staff_leave")
        self.leave_button.clicked.connect(self._leave)
        self.new_button = Button(tr("Add someone"), icon="user-plus", key="Ctrl+N")
        self.new_button.setObjectName("staff_new")
        self.new_button.clicked.connect(self.start_new)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.leave_button)
        buttons.addStretch(1)
        self.list.card.body.addWidget(self._title)
        self.list.card.body.addWidget(form)
        self.list.card.body.addLayout(buttons)
        add = QHBoxLayout()
        add.addWidget(self.new_button)
        add.addStretch(1)
        self.list.left.addLayout(add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.addWidget(self.list)
        workplace.framed.connect(self.reload)
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Shows the staff as the clinic file has it; what is being typed stays."""
        frame = self._workplace.frame
        if frame is None:
            return
        typing = self._dirty()
        rows = [Row(member.id, (member.name, words.word(member.role))) for member in frame.staff]
        self.list.blockSignals(typing)
        self.list.show_rows(rows)
        self.list.blockSignals(False)
        if not rows and not typing:
            self.start_new()

    @Slot()
    def start_new(self) -> None:
        """An empty form for someone new."""
        self.list.leave()
        self._show(None)
        self.name.setFocus()

    @Slot()
    def save(self) -> None:
        """Adds or changes the person in the form."""
        name, role = self.name.text(), Role(self.role.currentData())
        stamp, shown = self._workplace.desk.stamp(), self._shown
        if shown is None:
            self._workplace.desk.do(
                lambda db: clinic.add_staff(db, stamp, name=name, role=role),
                initiator=self,
                done=self._added,
            )
        else:
            self._workplace.desk.do(
                lambda db: clinic.edit_staff(
                    db, stamp, shown.id, shown.version, name=name, role=role
                ),
                initiator=self,
                done=self._saved,
            )

    @Slot()
    def _leave(self) -> None:
        stamp, shown = self._workplace.desk.stamp(), self._shown
        if shown is not None:
            self._workplace.desk.do(
                lambda db: clinic.edit_staff(
                    db,
                    stamp,
                    shown.id,
                    shown.version,
                    name=shown.name,
                    role=shown.role,
                    active=False,
                ),
                initiator=self,
                done=self._saved,
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
    def _on_chosen(self, staff_id: StaffId) -> None:
        frame = self._workplace.frame
        if frame is not None:
            self._show(next((member for member in frame.staff if member.id == staff_id), None))

    def _show(self, member: Staff | None) -> None:
        self._shown = member
        self._title.set_text(tr("Someone new") if member is None else tr("Change"))
        self.name.setText("" if member is None else member.name)
        fields.choose(self.role, (Role.NURSE if member is None else member.role).value)
        self.leave_button.setVisible(member is not None)

    @property
    def unsaved(self) -> bool:
        """Whether something was typed that is not kept yet."""
        return self._dirty()

    def _dirty(self) -> bool:
        if self._shown is None:
            return bool(self.name.text().strip())
        role = self.role.currentData()
        return (self.name.text(), role) != (self._shown.name, self._shown.role.value)
