"""Out of the program: onto a printer or into a PDF, and noted only once it really happened."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget

from ketadesk.domain.changes import Changes, Stamp
from ketadesk.domain.ids import AppointmentId
from ketadesk.i18n import tr
from ketadesk.paper import raster
from ketadesk.paper.raster import PageImage
from ketadesk.paper.render import Sheet
from ketadesk.services import sheets
from ketadesk.services.sheets import Gathered, KeptSheet, SheetAgain, SheetRequest
from ketadesk.ui.paper import printing
from ketadesk.ui.workplace import Workplace

if TYPE_CHECKING:
    from ketadesk.services.action import Database

Wanted = SheetRequest | SheetAgain
Printable = tuple[Sheet, list[PageImage]]


class Output(QObject):
    """Prints and saves for one view. `choose_printer` is the print dialog; a program that drives
    the window may put another choice in its place.
    """

    def __init__(self, view: QWidget, workplace: Workplace) -> None:
        super().__init__(view)
        self._view = view
        self._workplace = workplace
        self._folder = ""
        self.choose_printer: Callable[..., None] = self._ask_for_printer

    def print_sheet(self, wanted: Wanted, paper: str) -> None:
        """Asks for a printer, then makes the sheet as things stand then and prints it."""
        chosen = partial(self._print, wanted)
        self.choose_printer(self._view, paper, chosen=chosen, left=self._say_left)

    def save_sheet(self, wanted: Wanted, suggestion: str) -> None:
        """Asks for a place, then makes the sheet as things stand then and saves it."""
        places = QStandardPaths.StandardLocation.DocumentsLocation
        folder = self._folder or QStandardPaths.writableLocation(places)
        dialog = QFileDialog(self._view, tr("Save as PDF"), folder, tr("PDF files") + " (*.pdf)")
        dialog.setObjectName("save_sheet")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(suggestion)
        dialog.fileSelected.connect(partial(self._save, wanted))
        dialog.open()

    def _ask_for_printer(
        self,
        parent: QWidget,
        paper: str,
        *,
        chosen: Callable[[QPrinter], None],
        left: Callable[[], None],
    ) -> None:
        if printing.printer_names():
            printer = printing.new_printer(paper)
            printing.choose_printer(parent, printer, chosen=chosen, left=left)
            return
        self._workplace.tell(
            tr(
                "This computer has no printer. Nothing was printed. "
                "Set one up, or save the sheet as PDF (Ctrl+S)."
            ),
            "warning",
        )

    def _say_left(self) -> None:
        self._workplace.tell(tr("Printing was cancelled. Nothing was printed or noted."))

    def _print(self, wanted: Wanted, printer: QPrinter) -> None:
        stamp = self._workplace.desk.stamp()
        self._workplace.desk.do_after(
            partial(sheets.gather, wanted=wanted, at=stamp.at, staff_id=stamp.staff_id),
            _pages,
            partial(_record_printed, stamp=stamp, appointment_id=wanted.appointment_id),
            prints=partial(_print, printer),
            receiver=self._view,
        )

    def _save(self, wanted: Wanted, chosen: str) -> None:
        file = Path(chosen)
        self._folder = str(file.parent)
        stamp = self._workplace.desk.stamp()
        desk = self._workplace.desk
        desk.do_after(
            partial(sheets.gather, wanted=wanted, at=stamp.at, staff_id=stamp.staff_id),
            partial(sheets.write, file=file, clinic_file=desk.clinic_file),
            partial(_record_saved, stamp=stamp, appointment_id=wanted.appointment_id),
            receiver=self._view,
            done=partial(self._say_saved, file),
        )

    def _say_saved(self, file: Path, _changes: Changes) -> None:
        self._workplace.tell(tr("Saved as {file}", file=file))


def _pages(gathered: Gathered | KeptSheet) -> Printable:
    sheet = sheets.draw(gathered)
    return sheet, raster.pages(sheet.pdf, dpi=printing.DOTS_PER_INCH)


def _print(printer: QPrinter, made: Printable) -> None:
    printing.print_pages(made[1], printer)


def _record_printed(
    db: "Database", made: Printable, *, stamp: Stamp, appointment_id: AppointmentId
) -> Changes:
    return sheets.record_printed(db, stamp, appointment_id, made[0], how="printed")


def _record_saved(
    db: "Database", sheet: Sheet, *, stamp: Stamp, appointment_id: AppointmentId
) -> Changes:
    return sheets.record_printed(db, stamp, appointment_id, sheet, how="saved")
