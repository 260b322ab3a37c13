"""Ctrl+P in the calendar: the view as it will lie on paper, to be printed or saved as PDF."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QStandardPaths, Qt, Slot
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from ketadesk.domain.changes import Changes, Stamp
from ketadesk.domain.errors import KnownError
from ketadesk.i18n import tr
from ketadesk.paper import raster
from ketadesk.paper.raster import PageImage
from ketadesk.paper.render import Sheet
from ketadesk.services import list_sheets
from ketadesk.services.list_sheets import GatheredList, ListRequest
from ketadesk.ui import theme
from ketadesk.ui.paper import drawing, printing
from ketadesk.ui.paper.choice import usual_paper
from ketadesk.ui.paper.drawing import Prepared
from ketadesk.ui.paper.preview import Preview
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.segmented import Segment, Segmented
from ketadesk.ui.workplace import Workplace

if TYPE_CHECKING:
    from collections.abc import Callable

    from ketadesk.services.action import Database

SIZE = QSize(940, 640)
Printable = tuple[Sheet, list[PageImage]]


class ListDialog(QDialog):
    """Shows one list and lets it out of the program; `request` says which, and may be turned here.

    `choose_printer` is the print dialog; a program that drives the window may put another choice in
    its place.
    """

    def __init__(self, workplace: Workplace, request: ListRequest, parent: QWidget) -> None:
        super().__init__(parent)
        self._workplace, self._view = workplace, parent
        country = workplace.clinic_frame.clinic.country
        self._request = replace(request, paper=usual_paper("", country))
        self.choose_printer: Callable[..., None] = self._ask_for_printer
        self.setObjectName("list_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Print this view"))
        self.preview = Preview()
        self.preview.set_fit("width")  # small type is to be read, not only seen to be there
        self._paper = Segmented(
            [Segment("letter", tr("Letter"), "L"), Segment("a4", tr("A4"), "4")]
        )
        self._paper.choose(self._request.paper)
        self._initials = QCheckBox(tr("&Initials only, for the door"))
        self._initials.setObjectName("list_initials")
        self._initials.setToolTip(tr("No names, escorts or treatments on the list  (Alt I)"))
        self._initials.setChecked(request.initials)
        self._print = Button(tr("Print"), icon="printer", key="Ctrl+P", role="primary")
        self._print.setObjectName("list_print")
        self._save = Button(tr("Save as PDF"), icon="download", key="Ctrl+S")
        self._save.setObjectName("list_save")
        self._lay_out()
        self._connect()
        self._read()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(SIZE.width()), theme.px(SIZE.height())).boundedTo(QSize(1340, 730))

    def _lay_out(self) -> None:
        close = Button(tr("Close"), key="Esc", bind=False)
        close.setObjectName("list_close")
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self._paper)
        foot.addWidget(self._initials)
        foot.addStretch(1)
        for button in (close, self._save, self._print):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(10)
        column.addWidget(self.preview, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        self._paper.chosen.connect(self._set_paper)
        self._initials.toggled.connect(self._set_initials)
        self._print.clicked.connect(self.print_list)
        self._save.clicked.connect(self.save_list)
        self.preview.width_wanted.connect(self._read)

    @Slot(str)
    def _set_paper(self, paper: str) -> None:
        self._request = replace(self._request, paper=paper)
        self._read()

    @Slot(bool)
    def _set_initials(self, initials: bool) -> None:
        self._request = replace(self._request, initials=initials)
        self._read()

    @Slot()
    def _read(self) -> None:
        self.preview.wait()
        stamp, width = self._workplace.desk.stamp(), self.preview.pixel_width()
        self._workplace.desk.ask(
            partial(list_sheets.gather, request=self._request, at=stamp.at,
                    staff_id=stamp.staff_id),
            then=partial(_prepared, width=width),
            receiver=self,
            done=self._show,
            key="list",
        )  # fmt: skip

    def _show(self, made: Prepared) -> None:
        self.preview.show_pages(made.pages, name=self.windowTitle())

    # Out of the program

    @Slot()
    def print_list(self) -> None:
        """Asks for a printer, then makes the list as things stand then and prints it."""
        self.choose_printer(self, self._request.paper, chosen=self._make_for, left=self._say_left)

    def _ask_for_printer(
        self,
        parent: QWidget,
        paper: str,
        *,
        chosen: "Callable[[QPrinter], None]",
        left: "Callable[[], None]",
    ) -> None:
        if printing.printer_names():
            printer = printing.new_printer(paper)
            printing.choose_printer(parent, printer, chosen=chosen, left=left)
            return
        text = tr("This computer has no printer. Nothing was printed. "
                  "Set one up, or save the list as PDF (Ctrl+S).")  # fmt: skip
        self._workplace.tell(text, "warning")

    def _say_left(self) -> None:
        self._workplace.tell(tr("Printing was cancelled. Nothing was printed or noted."))

    def _make_for(self, printer: QPrinter) -> None:
        stamp, request = self._workplace.desk.stamp(), self._request
        self._print.setEnabled(False)
        self._workplace.desk.do_after(
            partial(list_sheets.gather, request=request, at=stamp.at, staff_id=stamp.staff_id),
            _pages,
            partial(_record_printed, stamp=stamp, request=request),
            prints=partial(_print, printer),
            receiver=self._view,
            done=self._printed,
            refused=self._not_printed,
        )

    def _printed(self, _changes: Changes) -> None:
        if isValid(self):
            self.accept()

    def _not_printed(self, error: KnownError) -> None:
        self._workplace.tell_error(error)
        if isValid(self):
            self._print.setEnabled(True)

    @Slot()
    def save_list(self) -> None:
        """Asks for a place, then makes the list as things stand then and saves it."""
        places = QStandardPaths.StandardLocation.DocumentsLocation
        folder = QStandardPaths.writableLocation(places)
        kinds = tr("PDF files") + " (*.pdf)"
        dialog = QFileDialog(self, tr("Save as PDF"), folder, kinds)
        dialog.setObjectName("save_list")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(f"{self._request.kind.view}-{self._request.day.isoformat()}.pdf")
        dialog.fileSelected.connect(self._save_as)
        dialog.open()

    @Slot(str)
    def _save_as(self, chosen: str) -> None:
        file, desk, request = Path(chosen), self._workplace.desk, self._request
        stamp = desk.stamp()
        desk.do_after(
            partial(list_sheets.gather, request=request, at=stamp.at, staff_id=stamp.staff_id),
            partial(list_sheets.write, file=file, clinic_file=desk.clinic_file),
            partial(_record_saved, stamp=stamp, request=request),
            receiver=self._view,
            done=partial(self._say_saved, file),
        )

    def _say_saved(self, file: Path, _changes: Changes) -> None:
        self._workplace.tell(tr("Saved as {file}", file=file))
        if isValid(self):
            self.accept()


def _prepared(gathered: GatheredList, *, width: int) -> Prepared:
    return drawing.draw(list_sheets.draw(gathered), width=width)


def _pages(gathered: GatheredList) -> Printable:
    sheet = list_sheets.draw(gathered)
    return sheet, raster.pages(sheet.pdf, dpi=printing.DOTS_PER_INCH)


def _print(printer: QPrinter, made: Printable) -> None:
    pages = made[1]
    printing.turn(printer, wide=pages[0].width > pages[0].height)
    printing.print_pages(pages, printer)


def _record_printed(
    db: "Database", made: Printable, *, stamp: Stamp, request: ListRequest
) -> Changes:
    return list_sheets.record_printed(db, stamp, request, made[0], how="printed")


def _record_saved(db: "Database", sheet: Sheet, *, stamp: Stamp, request: ListRequest) -> Changes:
    return list_sheets.record_printed(db, stamp, request, sheet, how="saved")
