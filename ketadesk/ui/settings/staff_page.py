"""Who works here: add, rename, change the role, leave."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ketadesk.domain.clinic import Role, Staff
from ketadesk.domain.errors import KnownError, Refused
from ketadesk.i18n import tr
from ketadesk.services import clinic
from ketadesk.ui import words
from ketadesk.ui.settings.list_with_form import ListWithForm, SaveButton
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.field import ChoiceField, TextField
from ketadesk.ui.widgets.keys import on_keys
from ketadesk.ui.widgets.notice import Notice, NoticeAction
from ketadesk.ui.widgets.rows_model import Column
from ketadesk.ui.workplace import Workplace


class StaffPage(QWidget):
    """The staff as a table, one person in the form."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self.name = TextField(tr("Name"), name="staff_name")
        self.role = ChoiceField(
            tr("Role"), [(words.word(role), role.value) for role in Role], name="staff_role"
        )
        self.list = ListWithForm[Staff](
            workplace,
            (
                Column(tr("Name"), lambda member: member.name, strong=True),
                Column(tr("Role"), lambda member: words.word(member.role)),
            ),
            key=lambda member: member.id,
            name=tr("Staff"),
            title=lambda member: tr("Someone new") if member is None else member.name,
            typed=self._typed,
            refused=self._refused,
        )
        self.list.shown.connect(self._show)
        self.list.form.addWidget(self.name)
        self.list.form.addWidget(self.role)
        self._notice = Notice(close_name=tr("Close this message"))
        self._notice.setObjectName("staff_notice")
        self._notice.acted.connect(self._leave_surely)
        self._make_buttons()
        on_keys(self.name.line, {"Enter": self.save})
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._notice)
        column.addWidget(self.list, 1)
        workplace.framed.connect(self.reload)
        self.reload()

    def _make_buttons(self) -> None:
        self.save_button = SaveButton("staff_save")
        self.save_button.clicked.connect(self.save)
        self.leave_button = Button(tr("No longer works here"), icon="user-x", role="danger")
        self.leave_button.setObjectName("staff_leave")
        self.leave_button.clicked.connect(self._leave)
        self.new_button = Button(tr("Add someone"), icon="user-plus", key="Ctrl+N")
        self.new_button.setObjectName("staff_new")
        self.new_button.clicked.connect(self.start_new)
        self.list.buttons.addWidget(self.save_button)
        self.list.buttons.addWidget(self.leave_button)
        self.list.below.addWidget(self.new_button)

    @Slot()
    def reload(self) -> None:
        """Shows the staff as the clinic file has it; what is being typed stays."""
        if self._workplace.frame is not None:
            self.list.show_rows(self._workplace.frame.staff)

    @Slot()
    def start_new(self) -> None:
        """An empty form for someone new."""
        self.list.start_new()
        self.name.setFocus()

    @Slot()
    def save(self) -> None:
        """Adds or changes the person in the form."""
        name, role, shown = self.name.text(), Role(self.role.chosen()), self.list.current
        if not name.strip():
            self.name.reject(tr("Type the name first."))
        elif shown is None:
            self.list.send(
                (name, role),
                lambda db, stamp: clinic.add_staff(db, stamp, name=name, role=role),
                made="staff",
            )
        else:
            self._write(shown, name=name, role=role)

    @Slot()
    def _leave(self) -> None:
        shown = self.list.current
        if shown is not None:
            self._write(shown, name=shown.name, role=shown.role, active=False)

    @Slot(str)
    def _leave_surely(self, _action: str) -> None:
        shown = self.list.current
        if shown is not None:
            self._write(shown, name=shown.name, role=shown.role, active=False, sure=True)

    def _write(
        self, shown: Staff, *, name: str, role: Role, active: bool = True, sure: bool = False
    ) -> None:
        self._notice.hide()
        self.list.send(
            (shown, name, role, active, sure),
            lambda db, stamp: clinic.edit_staff(
                db, stamp, shown.id, shown.version, name=name, role=role, active=active, sure=sure
            ),
        )

    def _refused(self, error: KnownError) -> None:
        if isinstance(error, Refused) and error.may_override:
            leave = NoticeAction("leave", tr("They leave all the same"), key="Alt+K")
            self._notice.tell(words.refusal(error), kind="warning", actions=(leave,))
        else:
            self._workplace.tell_error(error)

    @Slot(object)
    def _show(self, member: Staff | None) -> None:
        self._notice.hide()
        self.name.set_text("" if member is None else member.name)
        self.role.choose((Role.NURSE if member is None else member.role).value)
        self.leave_button.setVisible(member is not None)

    @property
    def unsaved(self) -> bool:
        """Whether something was typed that is not kept yet."""
        return self._typed()

    def _typed(self) -> bool:
        shown = self.list.current
        if shown is None:
            return bool(self.name.text().strip())
        return (self.name.text(), self.role.chosen()) != (shown.name, shown.role.value)
