"""The two file dialogs of the window: an existing clinic file, and the place of a new one."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from ketadesk import settings
from ketadesk.i18n import tr

SUFFIX = "ketadesk"


def existing_file(parent: QWidget, *, done: Callable[[Path], None]) -> None:
    """Asks for a clinic file that exists."""
    dialog = _dialog(parent, tr("Open a clinic file"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda chosen: done(Path(chosen)))
    dialog.open()


def new_file(parent: QWidget, *, done: Callable[[Path], None]) -> None:
    """Asks where a new clinic file shall lie; an existing file is opened, never overwritten."""
    dialog = _dialog(parent, tr("Make a new clinic file"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.setDefaultSuffix(SUFFIX)
    dialog.selectFile(f"clinic.{SUFFIX}")
    dialog.fileSelected.connect(lambda chosen: done(Path(chosen)))
    dialog.open()


def _dialog(parent: QWidget, title: str) -> QFileDialog:
    folder = settings.data_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    dialog = QFileDialog(parent, title, str(folder), tr("Clinic files") + f" (*.{SUFFIX})")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setObjectName("choose_clinic_file")
    return dialog
