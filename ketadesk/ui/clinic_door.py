"""How one clinic file is opened, and left again once all that was sent to it is in it.

Nobody waits for the disk: what is still being written is waited for with the window alive, and
what is refused meanwhile keeps the clinic open, so that the person who typed it sees it.
"""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from ketadesk.i18n import tr
from ketadesk.settings import SettingsFile
from ketadesk.ui.notices import Notices
from ketadesk.ui.view_stack import ViewStack

if TYPE_CHECKING:
    from ketadesk.domain.errors import KnownError
    from ketadesk.ui.start_trouble import StartTrouble
    from ketadesk.ui.workplace import Workplace

Compose = Callable[..., "Workplace"]
"""Makes the workplace of a clinic file: `compose(path, create=False)`, not yet opened."""


class ClinicDoor(QObject):
    """Signals: `entered(Workplace)` before its file is opened, `opened()` when its views can be
    used, `left()` when nothing is to be heard of it any more.

    `half_typed` names the places in which something typed would be lost.
    """

    entered = Signal(object)
    opened = Signal()
    left = Signal()

    def __init__(
        self,
        window: QWidget,
        *,
        compose: Compose,
        pages: ViewStack,
        notice: Notices,
        settings: SettingsFile,
        half_typed: Callable[[], list[str]],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._compose = compose
        self._pages = pages
        self._notice = notice
        self._settings = settings
        self._half_typed = half_typed
        self.workplace: Workplace | None = None
        self.ready = False

    @cached_property
    def trouble(self) -> "StartTrouble":
        """The page for a clinic file that can't be opened."""
        from ketadesk.ui.start_trouble import StartTrouble

        trouble = StartTrouble()
        trouble.open_wanted.connect(self.choose_file)
        trouble.new_wanted.connect(self.choose_new_file)
        self._pages.addWidget(trouble)
        return trouble

    # Opening

    def open(self, clinic_file: Path, *, create: bool = False) -> None:
        """Opens a clinic file, once the one that is open may be left."""
        self.leave(lambda: self._enter(clinic_file, create=create))

    @Slot()
    def choose_file(self) -> None:
        """Lets a person choose another clinic file."""
        from ketadesk.ui import choosing

        choosing.existing_file(self._window, done=self.open)

    @Slot()
    def choose_new_file(self) -> None:
        """Lets a person say where a new clinic file shall lie."""
        from ketadesk.ui import choosing

        choosing.new_file(self._window, done=lambda path: self.open(path, create=True))

    def _enter(self, clinic_file: Path, *, create: bool) -> None:
        self.leave_now()
        workplace = self._compose(clinic_file, create=create)
        self.workplace = workplace
        workplace.setParent(self)
        workplace.framed.connect(self._on_framed)
        workplace.desk.refused.connect(self._on_refused)
        self.entered.emit(workplace)
        workplace.desk.open()

    @Slot()
    def _on_framed(self) -> None:
        if not self.ready:
            self.ready = True
            self.opened.emit()

    @Slot(object)
    def _on_refused(self, error: "KnownError") -> None:
        if not self.ready:
            from ketadesk.ui import words

            first_start = not self._settings.current.clinic_file
            if first_start and error.code in ("file_missing", "folder_missing"):
                self.trouble.welcome()
            else:
                self.trouble.say(words.refusal(error))
            self._pages.setCurrentWidget(self.trouble)
            self.trouble.setFocus()

    # Leaving

    @property
    def free(self) -> bool:
        """Whether the clinic may be left at once: nothing is half typed or still being written."""
        writing = self.workplace is not None and self.workplace.desk.writing
        return not writing and not self._half_typed()

    def leave(self, then: Callable[[], object]) -> None:
        """Calls `then` when nothing is half typed, or a person gave it up, and all is written."""
        from ketadesk.ui.leaving import LeaveDialog, ask_to_leave

        places = self._half_typed()
        if not places:
            self._finish(then, given_up=False)
        elif not any(one.isVisible() for one in self._window.findChildren(LeaveDialog)):
            sentence = tr(
                "What you typed is not saved and would be lost: {places}.",
                places=", ".join(places),
            )
            parent = QApplication.activeModalWidget() or self._window
            ask_to_leave(parent, sentence, lambda: self._finish(then, given_up=True))

    def leave_now(self) -> None:
        """Forgets views and file; blocks until what is still being written is in it."""
        workplace, self.workplace = self.workplace, None
        self.ready = False
        self._pages.forget()
        if workplace is not None:
            # What it has still to say would be taken for the next clinic's.
            workplace.blockSignals(True)
            workplace.desk.blockSignals(True)
            self.left.emit()
            workplace.desk.close()
            workplace.deleteLater()

    def _finish(self, then: Callable[[], object], *, given_up: bool) -> None:
        workplace = self.workplace
        if workplace is None or not workplace.desk.writing:
            then()
            return
        finishing = tr("Finishing what is being saved …")
        self._notice.tell(finishing)

        def written(everything: bool) -> None:
            if self.workplace is not workplace:
                return
            if not everything:
                # Whoever refused may have told why: then that stays.
                if self._notice.text() == finishing:
                    self._notice.tell(
                        tr("Not everything could be saved, so this clinic stays open."),
                        kind="warning",
                    )
            elif given_up:
                then()
            else:
                self.leave(then)

        workplace.desk.drain(written)
