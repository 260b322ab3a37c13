"""The release: to whom the patient goes, or why without an escort, and which sheets went along."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTime, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ketadesk.domain.errors import KnownError, Refused
from ketadesk.domain.ids import EscortId
from ketadesk.domain.session_record import SessionRecord
from ketadesk.domain.sessions import Phase, Release, ReleasePath
from ketadesk.domain.sheets import SheetKind
from ketadesk.i18n import tr
from ketadesk.services.sheets import printed
from ketadesk.ui import theme
from ketadesk.ui.leaving import ask_to_leave
from ketadesk.ui.lobby import person
from ketadesk.ui.session import words
from ketadesk.ui.session.clock_field import ClockField
from ketadesk.ui.session.times import meant, present
from ketadesk.ui.stylesheet import set_look
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.words import with_relation
from ketadesk.ui.workplace import Workplace

Typed = tuple[ReleasePath, int, str, str, QTime]
"""How they go, with which escort of the list, another adult's name, the reason, and when."""


class ReleaseDialog(QDialog):
    """Signals: `given(Release, at)`; `sheets_wanted(typed)` with what `type_again` takes once the
    sheets are printed, None when nothing was typed. Stays open until `accept` is called.
    """

    given = Signal(object, object)
    sheets_wanted = Signal(object)

    def __init__(self, workplace: Workplace, record: SessionRecord, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("release_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Release"))
        self.setMinimumWidth(theme.px(560))
        self._workplace = workplace
        self._over = False
        self._warning = ""
        self._paths = self._make_paths(record)
        self.escort = QComboBox()
        self.escort.setObjectName("release_escort")
        self.escort.setAccessibleName(tr("Escort"))
        for escort in record.escorts:
            if escort.active:
                self.escort.addItem(with_relation(escort.name, escort.relation), escort.id)
        named = record.visit.appointment.escort_id
        self.escort.setCurrentIndex(max(0, self.escort.findData(named)))
        self.name = _line("release_name", tr("Name of the adult"), tr("name, or leave as chosen"))
        self.reason = _line("release_reason", tr("Why"), tr("why, and who decided"))
        self.time = ClockField(name=tr("Left at"))
        self.time.setObjectName("release_time")
        self.time.setFixedWidth(theme.px(110))
        self.time.setTime(present(workplace))
        self._sheets = Label(tr("looking for the sheets…"), wrap=True, tone="muted")
        self._sheets.setObjectName("release_sheets")
        self.said = Label("", tone="red", wrap=True)
        self.said.setObjectName("release_said")
        self._given = record.session.infusion_started_at is not None
        self.confirm = Button(tr("Release"), icon="hand-helping", key="Alt+L", role="primary")
        self.confirm.setObjectName("release_confirm")
        self.confirm.setEnabled(False)
        self.confirm.clicked.connect(self._confirm)
        self._lay_out(record)
        self._on_path()
        self._opened_with = self._typed()
        workplace.desk.ask(
            lambda db: printed(db, record.session.appointment_id),
            receiver=self,
            done=self._show_sheets,
        )

    def _make_paths(self, record: SessionRecord) -> dict[ReleasePath, QRadioButton]:
        texts = {
            ReleasePath.TO_ESCORT: tr("To an escort"),
            ReleasePath.ALONE: tr("Alone"),
            ReleasePath.AGAINST_ADVICE: tr("Against advice"),
            ReleasePath.TRANSFERRED: tr("Transferred"),
        }
        made = {}
        for path, text in texts.items():
            button = QRadioButton(text)
            button.setObjectName(f"release_{path.value}")
            button.toggled.connect(self._on_path)
            made[path] = button
        session = record.session
        early = session.phase is not Phase.READY and session.infusion_started_at is not None
        for path in (ReleasePath.TO_ESCORT, ReleasePath.ALONE):
            made[path].setEnabled(not early)
        made[ReleasePath.AGAINST_ADVICE if early else ReleasePath.TO_ESCORT].setChecked(True)
        return made

    def _lay_out(self, record: SessionRecord) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        title = tr("Release {patient}", patient=person(record.patient.name))
        column.addWidget(Label(title, size="title", strong=True))
        paths = QHBoxLayout()
        paths.setSpacing(14)
        for button in self._paths.values():
            paths.addWidget(button)
        paths.addStretch(1)
        column.addLayout(paths)
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(8)
        self._escort_label = Label(tr("Escort"), tone="muted")
        self._name_label = Label(tr("Another adult"), tone="muted")
        self._reason_label = Label(tr("Why"), tone="muted")
        form.addRow(self._escort_label, self.escort)
        form.addRow(self._name_label, self.name)
        form.addRow(self._reason_label, self.reason)
        form.addRow(Label(tr("Left at"), tone="muted"), self.time)
        form.addRow(Label(tr("Sheets"), tone="muted"), self._sheets)
        column.addLayout(form)
        column.addWidget(self.said)
        row = QHBoxLayout()
        self._print = Button(tr("Sheets"), icon="printer", key="P")
        self._print.setObjectName("release_print")
        self._print.clicked.connect(self._to_sheets)
        QShortcut(QKeySequence("Alt+P"), self).activated.connect(self._print.click)
        leave = Button(tr("Cancel"), key="Esc", role="quiet", bind=False)
        leave.clicked.connect(self.reject)
        row.addWidget(self._print)
        row.addStretch(1)
        row.addWidget(leave)
        row.addWidget(self.confirm)
        column.addLayout(row)

    @property
    def unsaved(self) -> bool:
        """Whether something was chosen or typed that no release carries yet."""
        return not self._over and self._typed() != self._opened_with

    def _typed(self) -> Typed:
        name, reason = self.name.text().strip(), self.reason.text().strip()
        return (self.path(), self.escort.currentIndex(), name, reason, self.time.time())

    def type_again(self, typed: Typed) -> None:
        """What was typed before the sheets were printed; the time is that of now again."""
        path, escort, name, reason, _time = typed
        if self._paths[path].isEnabled():
            self._paths[path].setChecked(True)
        self.escort.setCurrentIndex(escort)
        self.name.setText(name)
        self.reason.setText(reason)

    def done(self, result: int) -> None:
        """Released or left: nothing is half typed any more."""
        self._over = True
        super().done(result)

    @Slot()
    def reject(self) -> None:
        """Escape leaves at once, unless something half typed would be lost."""
        self._leave(super().reject)

    def _leave(self, leave: Callable[[], object]) -> None:
        if self.unsaved:
            ask_to_leave(self, tr("Nobody was released yet."), leave)
        else:
            leave()

    def path(self) -> ReleasePath:
        return next(path for path, button in self._paths.items() if button.isChecked())

    def refuse(self, error: KnownError) -> None:
        """Says why nobody was released; the fields stay."""
        self.confirm.setEnabled(True)
        self._complain(words.coded(error.code, error.values))

    def _complain(self, text: str) -> None:
        self.said.set_tone("red")
        self.said.setText(text)

    def _warn(self) -> None:
        """What is to be known whichever way they go; a complaint about another way is over."""
        self.said.set_tone("amber")
        self.said.setText(self._warning)

    @Slot()
    def _on_path(self, _checked: bool = False) -> None:
        if not hasattr(self, "_reason_label"):
            return
        for field in (self.name, self.reason):
            set_look(field, invalid=False)
        self._warn()
        to_escort = self.path() is ReleasePath.TO_ESCORT
        listed = to_escort and self.escort.count() > 0
        self._escort_label.setVisible(listed)
        self.escort.setVisible(listed)
        self._name_label.setVisible(to_escort)
        self.name.setVisible(to_escort)
        self._reason_label.setVisible(not to_escort)
        self.reason.setVisible(not to_escort)

    @Slot()
    def _confirm(self) -> None:
        path = self.path()
        if path is ReleasePath.TO_ESCORT:
            name = self.name.text().strip()
            kept = None if name else self.escort.currentData()
            if not name and kept is None:
                set_look(self.name, invalid=True)
                self._complain(tr("Name the adult who takes the patient home."))
                self.name.setFocus()
                return
            escort_id = None if kept is None else EscortId(int(kept))
            release = Release(path, escort_id=escort_id, to_name=name)
        else:
            if not self.reason.text().strip():
                set_look(self.reason, invalid=True)
                self._complain(tr("Say why, and who decided."))
                self.reason.setFocus()
                return
            release = Release(path, reason=self.reason.text().strip())
        try:
            at = meant(self._workplace, self.time)
        except Refused as refused:
            self._complain(words.coded(refused.code, refused.values))
            self.time.setFocus()
            return
        self.said.setText("")
        self.confirm.setEnabled(False)
        self.given.emit(release, at)

    @Slot()
    def _to_sheets(self) -> None:
        """Printing comes first; what was typed is given back by `type_again` afterwards."""
        typed = self._typed() if self.unsaved else None
        super().reject()
        self.sheets_wanted.emit(typed)

    def _show_sheets(self, kept: tuple) -> None:
        """Without the aftercare sheet Enter prints first: it must not be the key that skips it."""
        kinds = {sheet.kind for sheet in kept}
        parts = []
        for kind, name in (
            (SheetKind.AFTERCARE, tr("aftercare sheet")),
            (SheetKind.PICKUP, tr("pickup card")),
        ):
            done = kind in kinds
            parts.append(
                tr("{name} printed", name=name) if done else tr("{name} not printed", name=name)
            )
        self._sheets.setText(" · ".join(parts))
        self._sheets.set_tone("ink" if set(SheetKind) <= kinds else "amber")
        self.confirm.setEnabled(True)
        missing = self._given and SheetKind.AFTERCARE not in kinds
        if missing:
            self._warning = tr(
                "The aftercare sheet was neither printed nor saved. Enter goes there first."
            )
            self._warn()
            self._print.set_text(tr("Print first"))
            self.confirm.set_text(tr("Release without the sheet"))
        self._print.set_role("primary" if missing else "plain")
        self.confirm.set_role("plain" if missing else "primary")
        (self._print if missing else self.confirm).setDefault(True)


def _line(name: str, title: str, placeholder: str) -> QLineEdit:
    made = QLineEdit()
    made.setObjectName(name)
    made.setAccessibleName(title)
    made.setPlaceholderText(placeholder)
    made.setMaxLength(300)
    return made
