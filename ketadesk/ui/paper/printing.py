"""Pages onto a printer: the dialog that chooses it, and the drawing. Knows no patient."""

import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import (
    QAbstractPrintDialog,
    QPrintDialog,
    QPrinter,
    QPrinterInfo,
)
from PySide6.QtWidgets import QDialog, QWidget

from ketadesk.i18n import tr
from ketadesk.paper.errors import PaperError
from ketadesk.paper.raster import PageImage
from ketadesk.ui.paper.preview import picture

DOTS_PER_INCH = 300
LEAST_FREE = 50_000_000
"""Bytes: a job goes through the folder for temporary files on its way to the printer."""
_END_BYTES = 32
_SIZES = {"letter": QPageSize.PageSizeId.Letter, "a4": QPageSize.PageSizeId.A4}


class NotPrinted(PaperError):
    """The printer did not take the pages."""

    def __init__(self) -> None:
        super().__init__("not_printed")


def printer_names() -> list[str]:
    """The printers that this computer knows."""
    return QPrinterInfo.availablePrinterNames()


def new_printer(paper: str) -> QPrinter:
    """The default printer, set to the sheet's paper and to its full size.

    The job's title stands in queues and on print servers, so it names no patient.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(_SIZES[paper]))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)
    printer.setDocName("KetaDesk sheet")
    return printer


def turn(printer: QPrinter, *, wide: bool) -> None:
    """Lays the paper as the pages lie."""
    layout = QPageLayout.Orientation
    printer.setPageOrientation(layout.Landscape if wide else layout.Portrait)


def choose_printer(
    parent: QWidget,
    printer: QPrinter,
    *,
    chosen: Callable[[QPrinter], None],
    left: Callable[[], None],
) -> None:
    """Opens the print dialog without stopping the window; one of the two is called at its end."""
    dialog = QPrintDialog(printer, parent)
    dialog.setObjectName("print_dialog")
    dialog.setWindowTitle(tr("Print"))
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, on=False)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def finished(result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            chosen(printer)
        else:
            left()

    dialog.finished.connect(finished)
    QDialog.open(dialog)  # PySide6 hides the one without arguments


def print_pages(pages: Sequence[PageImage], printer: QPrinter) -> None:
    """Draws each page over the whole paper; NotPrinted when the printer refuses or fails.

    Takes about half a second, or as long as the printer likes, so it belongs to the
    desk's own lane for it.
    """
    if shutil.disk_usage(tempfile.gettempdir()).free < LEAST_FREE:
        raise NotPrinted
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        raise NotPrinted
    # Otherwise Qt squeezes the page as a photograph, and letters get shadows.
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    taken = True
    for copy in range(1 if printer.supportsMultipleCopies() else printer.copyCount()):
        for number, page in enumerate(pages):
            if copy or number:
                taken = taken and printer.newPage()
            _draw(painter, page, printer)
    failed = printer.printerState() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted)
    if not painter.end() or failed or not taken or not _whole(printer):
        raise NotPrinted


def _draw(painter: QPainter, page: PageImage, printer: QPrinter) -> None:
    """As large as the paper allows, in its middle, when the dialog chose another paper."""
    paper = QRectF(printer.paperRect(QPrinter.Unit.DevicePixel))
    scale = min(paper.width() / page.width, paper.height() / page.height)
    place = QRectF(0, 0, page.width * scale, page.height * scale)
    place.moveCenter(QRectF(0, 0, paper.width(), paper.height()).center())
    painter.drawImage(place, picture(page))


def _whole(printer: QPrinter) -> bool:
    """Qt does not notice when the file it prints into stays short, as on a full disk."""
    if not printer.outputFileName():
        return True
    path = Path(printer.outputFileName())
    try:
        if not path.is_file() or path.stat().st_size < _END_BYTES:
            return False
        with path.open("rb") as file:
            file.seek(-_END_BYTES, os.SEEK_END)
            return b"%%EOF" in file.read()
    except OSError:
        return False
