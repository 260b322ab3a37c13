"""The window around the views: rail, header, notices, status line; it opens and leaves clinics.

It imports nothing of the clinic file, so that it can be painted before the file is opened.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ketadesk.domain.errors import KnownError
from ketadesk.domain.ids import PatientId, StaffId
from ketadesk.i18n import tr
from ketadesk.settings import SettingsFile
from ketadesk.ui import choosing, commands, look, theme
from ketadesk.ui.commands import Command
from ketadesk.ui.errors import DefectDoor
from ketadesk.ui.finder import Finder
from ketadesk.ui.header import LOOK_KEY, STAFF_KEY, Header
from ketadesk.ui.last_done import LastDone
from ketadesk.ui.start_trouble import StartTrouble
from ketadesk.ui.status_line import StatusLine
from ketadesk.ui.views import VIEWS, rail_items
from ketadesk.ui.what_waits import WhatWaits
from ketadesk.ui.widgets.notice import Notice, NoticeAction, NoticeKind
from ketadesk.ui.widgets.rail import Rail

if TYPE_CHECKING:
    from ketadesk.ui.workplace import Workplace

SIZE = (1366, 768)
LEAST_SIZE = (1024, 640)
INFO_STAYS_MILLISECONDS = 8000

Compose = Callable[..., "Workplace"]
"""Makes the workplace of a clinic file: `compose(path, create=False)`, not yet opened."""


class MainWindow(QMainWindow):
    """Shows one clinic file at a time. `opened` when its views can be used."""

    opened = Signal()

    def __init__(
        self,
        settings: SettingsFile,
        *,
        compose: Compose,
        demo: bool = False,
        defects: Path,
    ) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setWindowTitle("KetaDesk")
        self.settings = settings
        self.workplace: Workplace | None = None
        self.views: dict[str, QWidget] = {}
        self._compose = compose
        self._demo = demo
        self._ready = False
        self.defects = DefectDoor(self, folder=defects)
        self.rail = Rail(rail_items())
        self.header = Header()
        self.notice = Notice(close_name=tr("Close this message"))
        self.notice.setObjectName("notice")
        self.pages = QStackedWidget()
        self.pages.setObjectName("views")
        self.trouble = StartTrouble()
        self.status = StatusLine(demo=demo)
        self.finder = Finder(self.header.find_field, in_reach=self.commands_in_reach)
        self.last_done = LastDone(self.status)
        self.what_waits = WhatWaits(self.status)
        self._blank = QWidget()
        self._fade = QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.timeout.connect(self.notice.hide)
        self._lay_out()
        self._connect()
        self._restore()

    def _lay_out(self) -> None:
        self.pages.addWidget(self._blank)
        self.pages.addWidget(self.trouble)
        self._notices = QWidget()
        margins = QVBoxLayout(self._notices)
        margins.setContentsMargins(14, 8, 14, 0)
        margins.addWidget(self.notice)
        self._notices.hide()
        self.notice.installEventFilter(self)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(_line())
        column.addWidget(self._notices)
        column.addWidget(self.pages, 1)
        column.addWidget(_line())
        column.addWidget(self.status)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        self.setCentralWidget(whole)
        self.setMinimumSize(*LEAST_SIZE)

    def _connect(self) -> None:
        self.rail.chosen.connect(self.show_view)
        self.header.staff_chosen.connect(self.take_over)
        self.header.look_wanted.connect(self.set_dark)
        self.finder.patient_found.connect(self._show_patient)
        self.trouble.open_wanted.connect(self.choose_file)
        self.trouble.new_wanted.connect(self.choose_new_file)
        self.notice.acted.connect(self._act_on_notice)

    def _restore(self) -> None:
        geometry = self.settings.current.geometry
        if not geometry or not self.restoreGeometry(QByteArray.fromBase64(geometry.encode())):
            self.resize(*SIZE)
        if self.settings.was_broken:
            self.tell(tr("What this computer remembered could not be read; it starts fresh."))

    # Opening and leaving a clinic

    def open_clinic(self, clinic_file: Path, *, create: bool = False) -> None:
        """Leaves the clinic that is open and opens another; never waits for the disk."""
        self.leave_clinic()
        workplace = self._compose(clinic_file, create=create)
        self.workplace = workplace
        workplace.setParent(self)
        workplace.framed.connect(self._on_framed)
        workplace.ticked.connect(self._on_tick)
        workplace.told.connect(self._on_told)
        workplace.wanted.connect(self._on_wanted)
        workplace.staff_changed.connect(self._show_staff)
        workplace.desk.refused.connect(self._on_refused)
        workplace.desk.failed.connect(self.defects.report)
        self.finder.attach(workplace)
        self.last_done.attach(workplace)
        self.what_waits.attach(workplace)
        workplace.desk.open()

    def leave_clinic(self) -> None:
        """Finishes what is being written, then forgets views and file."""
        workplace, self.workplace = self.workplace, None
        self._ready = False
        self.rail.setEnabled(False)
        self.pages.setCurrentWidget(self._blank)
        for view in self.views.values():
            self.pages.removeWidget(view)
            view.deleteLater()
        self.views.clear()
        self.finder.attach(None)
        self.last_done.attach(None)
        self.what_waits.attach(None)
        if workplace is not None:
            workplace.desk.close()
            workplace.deleteLater()

    @Slot()
    def choose_file(self) -> None:
        """Lets a person choose another clinic file."""
        choosing.existing_file(self, done=self.open_clinic)

    @Slot()
    def choose_new_file(self) -> None:
        """Lets a person say where a new clinic file shall lie."""
        choosing.new_file(self, done=lambda path: self.open_clinic(path, create=True))

    @Slot()
    def _on_framed(self) -> None:
        workplace = self.workplace
        if workplace is None or workplace.frame is None:
            return
        self._on_tick(workplace.now())
        self._choose_staff()
        self._show_staff()
        name = workplace.frame.clinic.name
        self.setWindowTitle(f"{name} · KetaDesk" if name else "KetaDesk")
        if not self._ready:
            self._ready = True
            self.rail.setEnabled(True)
            if not self._demo:
                self.settings.change(clinic_file=str(workplace.desk.clinic_file))
            self.show_view(self.settings.current.view)
            self.opened.emit()

    @Slot(object)
    def _on_refused(self, error: KnownError) -> None:
        if not self._ready:
            from ketadesk.ui import words

            self.trouble.say(words.refusal(error))
            self.pages.setCurrentWidget(self.trouble)
            self.trouble.open.setFocus()

    # Views

    @Slot(str)
    @Slot(str, object)
    def show_view(self, view_id: str, target: Any = None) -> None:
        """Shows a view, made now if it was never shown, and in it the target if there is one."""
        if self.workplace is None or not self._ready:
            return
        entry = next((entry for entry in VIEWS if entry.id == view_id), VIEWS[0])
        view = self.views.get(entry.id)
        if view is None:
            view = entry.make(self.workplace, self.settings)
            self.views[entry.id] = view
            self.pages.addWidget(view)
        self.rail.choose(entry.id)
        self.pages.setCurrentWidget(view)
        view.setFocus(Qt.FocusReason.OtherFocusReason)
        if target is not None:
            view.show_target(target)  # type: ignore[attr-defined]

    @Slot(str, object)
    def _on_wanted(self, view_id: str, target: Any) -> None:
        if view_id == "file":
            choose = self.choose_new_file if target == "new" else self.choose_file
            choose()
        else:
            self.show_view(view_id, target)

    def current_view(self) -> QWidget | None:
        """The view now shown, None before a clinic is open."""
        shown = self.pages.currentWidget()
        return shown if shown in self.views.values() else None

    @Slot(int)
    def _show_patient(self, patient_id: int) -> None:
        self.show_view("patients", PatientId(patient_id))

    def commands_in_reach(self) -> list[Command]:
        """Everything the find field can do now, the current view's own actions first."""
        view = self.pages.currentWidget() or self._blank
        place = next((tr(entry.text) for entry in VIEWS if self.rail.choice() == entry.id), "")
        found = commands.within(view, place)
        if self._ready:
            found += commands.of_views(self.show_view)
        colours = tr("Light colours") if theme.current().dark else tr("Dark colours")
        window = tr("Window")
        found += [
            Command(colours, window, LOOK_KEY, self.header.look.click),
            Command(tr("Who is working"), window, STAFF_KEY, self.header.open_staff),
            Command(tr("Open another file"), window, "", self.choose_file),
            Command(tr("Make a new clinic"), window, "", self.choose_new_file),
        ]
        return found + commands.within(self.status, window)

    # Who works, what it looks like

    @Slot(int)
    def take_over(self, staff_id: int) -> None:
        """From now on this person works here."""
        if self.workplace is not None:
            self.workplace.take_over(StaffId(staff_id))
            self.settings.remember_staff(self.workplace.desk.clinic_file, staff_id)

    def _choose_staff(self) -> None:
        from ketadesk.domain.clinic import Role

        workplace = self.workplace
        if workplace is None or workplace.frame is None or workplace.staff is not None:
            return
        members = {member.id for member in workplace.frame.staff}
        known = self.settings.current.staff_ids.get(str(workplace.desk.clinic_file))
        if known in members:
            workplace.take_over(StaffId(known))
        elif len(members) == 1 or (self._demo and members):
            nurses = (member for member in workplace.frame.staff if member.role is Role.NURSE)
            workplace.take_over(next(nurses, workplace.frame.staff[0]).id)
        elif members:
            sentence = tr("Say who is working, so that what you do carries your name.")
            choose = NoticeAction("who", tr("Choose"))
            self.tell(sentence, kind="warning", actions=(choose,))

    @Slot()
    def _show_staff(self) -> None:
        workplace = self.workplace
        if workplace is not None and workplace.frame is not None:
            self.header.show_staff(workplace.frame.staff, workplace.staff)
            if workplace.staff is not None and self.notice.property("asks") == "who":
                self.notice.hide()

    @Slot(bool)
    def set_dark(self, dark: bool) -> None:
        """Puts on the dark or the light look, and remembers it."""
        look.put_on(self.settings, dark=dark)

    # Telling

    def tell(
        self, text: str, *, kind: NoticeKind = "info", actions: tuple[NoticeAction, ...] = ()
    ) -> None:
        """Shows a message above the view; a mere information goes by itself after a while."""
        self.notice.setProperty("asks", actions[0].id if actions else "")
        self.notice.tell(text, kind=kind, actions=actions)
        if kind == "info":
            self._fade.start(INFO_STAYS_MILLISECONDS)
        else:
            self._fade.stop()

    @Slot(str, str)
    def _on_told(self, text: str, role: str) -> None:
        if self._ready:
            kind: NoticeKind = role if role in ("warning", "error") else "info"  # type: ignore[assignment]
            self.tell(text, kind=kind)

    @Slot(str)
    def _act_on_notice(self, action_id: str) -> None:
        if action_id == "who":
            self.header.open_staff()

    @Slot(object)
    def _on_tick(self, moment: datetime) -> None:
        if self.workplace is not None and self.workplace.frame is not None:
            self.header.show_time(moment)

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        """The notice's margins are there only with it."""
        if watched is self.notice and event.type() in (
            QEvent.Type.ShowToParent,
            QEvent.Type.HideToParent,
        ):
            self._notices.setVisible(not self.notice.isHidden())
        return False

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remembers how the window stood and lets everything typed reach the disk."""
        geometry = self.saveGeometry().toBase64().toStdString()
        view = self.rail.choice() or self.settings.current.view
        self.settings.change(geometry=geometry, view=view)
        self.leave_clinic()
        event.accept()


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("look", "line")
    line.setFixedHeight(1)
    return line
