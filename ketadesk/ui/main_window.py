"""The window around the views: rail, header, notices, status line.

It is painted before a clinic is opened: what only an open clinic needs is imported and made then.
"""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from ketadesk.domain.ids import PatientId
from ketadesk.i18n import tr
from ketadesk.settings import SettingsFile
from ketadesk.ui import lobby, look
from ketadesk.ui.around_views import AroundViews
from ketadesk.ui.clinic_door import ClinicDoor, Compose
from ketadesk.ui.errors import DefectDoor
from ketadesk.ui.header import Header
from ketadesk.ui.last_place import LastPlace
from ketadesk.ui.notices import Notices
from ketadesk.ui.status_line import StatusLine
from ketadesk.ui.view_stack import ViewStack
from ketadesk.ui.views import rail_items
from ketadesk.ui.widgets.hairline import Hairline
from ketadesk.ui.widgets.rail import Rail

if TYPE_CHECKING:
    from ketadesk.ui.commands import Command
    from ketadesk.ui.widgets.notice import NoticeKind
    from ketadesk.ui.workplace import Workplace

SIZE = (1366, 768)
LEAST_SIZE = (1024, 640)


class MainWindow(QMainWindow):
    """Shows one clinic file at a time. `painted` once, when it was seen for the first time, and
    `opened` when the views of its clinic can be used.
    """

    painted = Signal()
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
        self._demo = demo
        self._was_painted = False
        self._may_leave = False
        lobby.put_on(settings.current.lobby)
        self.defects = DefectDoor(self, folder=defects)
        self.rail = Rail(rail_items())
        self.header = Header()
        self.pages = ViewStack(settings)
        self.status = StatusLine(demo=demo)
        self._lay_out()
        self.around = AroundViews(self, demo=demo)
        self._last_place = LastPlace(settings)
        self.door = ClinicDoor(
            self,
            compose=compose,
            pages=self.pages,
            notice=self.notice,
            settings=settings,
            half_typed=self.half_typed,
        )
        self._connect()
        self._restore()

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(Hairline())
        column.addWidget(self.pages, 1)
        column.addWidget(Hairline())
        column.addWidget(self.status)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        self.notice = Notices(self.header, whole)
        self.setCentralWidget(whole)
        self.setMinimumSize(*LEAST_SIZE)

    def _connect(self) -> None:
        self.door.entered.connect(self._enter)
        self.door.opened.connect(self._on_opened)
        self.door.left.connect(self._leave)
        self.rail.setEnabled(False)
        self.rail.chosen.connect(self.show_view)
        self.header.look_wanted.connect(self.set_dark)
        self.header.lobby_wanted.connect(self.set_lobby)

    def _restore(self) -> None:
        geometry = self.settings.current.geometry
        if not geometry or not self.restoreGeometry(QByteArray.fromBase64(geometry.encode())):
            self.resize(*SIZE)
        if self.settings.was_broken:
            self.notice.tell(
                tr("What this computer remembered could not be read; it starts fresh.")
            )

    def paintEvent(self, event: QPaintEvent) -> None:
        """The first time, says so once everything in the window is painted as well."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    # A clinic comes and goes

    @property
    def workplace(self) -> "Workplace | None":
        """The clinic that is open, or being opened."""
        return self.door.workplace

    @property
    def ready(self) -> bool:
        """Whether a clinic is open and its views can be shown."""
        return self.door.ready

    def half_typed(self) -> list[str]:
        """The views in which something typed would be lost."""
        everywhere = [tr("Book")] if self.around.everywhere.unsaved else []
        return self.pages.half_typed() + everywhere

    @Slot(object)
    def _enter(self, workplace: "Workplace") -> None:
        workplace.framed.connect(self._on_framed)
        workplace.ticked.connect(self._on_tick)
        workplace.told.connect(self._on_told)
        workplace.wanted.connect(self._on_wanted)
        workplace.desk.failed.connect(self.defects.report)
        workplace.desk.saved.connect(self._pass_by)
        self.around.attach(workplace)

    @Slot()
    def _leave(self) -> None:
        self.rail.setEnabled(False)
        self.around.attach(None)

    @Slot()
    def _on_framed(self) -> None:
        workplace = self.workplace
        if workplace is not None and workplace.frame is not None:
            self._on_tick(workplace.now())
            name = workplace.frame.clinic.name
            self.setWindowTitle(f"{name} · KetaDesk" if name else "KetaDesk")

    @Slot()
    def _on_opened(self) -> None:
        """The view, and what it showed, if that was in the same file today."""
        workplace = self.workplace
        if workplace is None:
            return
        self._on_framed()
        self.rail.setEnabled(True)
        clinic_file, place = str(workplace.desk.clinic_file), None
        if clinic_file == self.settings.current.clinic_file:
            place = self._last_place.place(today=workplace.today())
        if not self._demo:
            self.settings.change(clinic_file=clinic_file)
        self.show_view(self.settings.current.view, place)
        self.opened.emit()

    # Views

    @Slot(str)
    @Slot(str, object)
    def show_view(self, view_id: str, target: object = None) -> None:
        """Shows a view, made now if it was never shown, and in it the target if there is one."""
        if self.workplace is None or not self.door.ready:
            return
        if self.rail.choice() != view_id:
            self._pass_by()
        self.rail.choose(self.pages.show_view(self.workplace, view_id, target))

    @property
    def views(self) -> dict[str, QWidget]:
        """The views that were shown so far, by their ids."""
        return self.pages.widgets

    @Slot(str, object)
    def _on_wanted(self, view_id: str, target: object) -> None:
        if view_id == "file":
            choose = self.door.choose_new_file if target == "new" else self.door.choose_file
            choose()
        elif view_id in ("book", "course"):
            everywhere = self.around.everywhere
            open_form = everywhere.book if view_id == "book" else everywhere.book_course
            open_form(PatientId(target) if isinstance(target, int) else None)
        else:
            self.show_view(view_id, target)

    def current_view(self) -> QWidget | None:
        """The view now shown, None before a clinic is open."""
        return self.pages.current_view()

    @Slot()
    def give_keys_back(self) -> None:
        """From the find field to the view: without it a key after Escape would do nothing."""
        view = self.current_view()
        if view is not None:
            view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int)
    def show_patient(self, patient_id: int) -> None:
        """Shows the patient's record."""
        self.show_view("patients", PatientId(patient_id))

    def commands_in_reach(self) -> "list[Command]":
        """Everything the find field can do now, the current view's own actions first."""
        from ketadesk.ui.reach import commands_of

        return commands_of(self)

    def keys_in_reach(self) -> "list[Command]":
        """What the list of keys shows: all that has a key here, also what waits for a choice."""
        from ketadesk.ui.reach import commands_of

        return commands_of(self, also_waiting=True)

    @Slot(bool)
    def set_dark(self, dark: bool) -> None:
        """Puts on the dark or the light look, and remembers it."""
        look.put_on(self.settings, dark=dark)

    @Slot(bool)
    def set_lobby(self, on: bool) -> None:
        """Hides every name in this window, or shows them again, and remembers it."""
        lobby.put_on(on, self.settings)
        self.header.show_lobby()
        if self.workplace is not None:
            self.workplace.names_turned.emit()

    # Telling

    @Slot(str, str)
    def _on_told(self, text: str, role: str) -> None:
        if self.door.ready:
            kind: NoticeKind = role if role in ("warning", "error") else "info"  # type: ignore[assignment]
            self.notice.tell(text, kind=kind)

    @Slot()
    def _pass_by(self) -> None:
        """What was told is over once something is done, or another view is shown."""
        self.notice.pass_by()

    @Slot(object)
    def _on_tick(self, moment: datetime) -> None:
        if self.workplace is not None and self.workplace.frame is not None:
            self.header.show_time(moment)
            self._keep_place(moment)

    def _keep_place(self, moment: datetime) -> None:
        """Every second, so that a restart after a power cut leads back here as well."""
        standing = self.pages.stands_at()
        if standing is not None and self.door.ready and not self._demo:
            self._last_place.keep(*standing, today=moment.date())

    @Slot()
    def close_now(self) -> None:
        """Closes without asking, and waits for the disk: the computer itself shuts down."""
        self._may_leave = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Asks about what is half typed, and stays until what was sent is in the file; then
        remembers how the window stood.
        """
        if not self._may_leave and not self.door.free:
            event.ignore()
            self.door.leave(self.close_now)
            return
        self.settings.change(geometry=self.saveGeometry().toBase64().toStdString())
        if self.workplace is not None:
            self._keep_place(self.workplace.now())
        self.door.leave_now()
        event.accept()
