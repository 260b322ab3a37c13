"""Sheets out of the program: really printed into a PDF printer, really saved, rightly noted."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication, QFileDialog

from ketadesk.domain.ids import new_uuid
from ketadesk.domain.patients import PatientDraft
from ketadesk.paper import raster
from ketadesk.paper.render import Sheet
from ketadesk.services import patients, sheets
from ketadesk.services.sheets import SheetKind, SheetRequest
from ketadesk.ui import theme
from ketadesk.ui.paper import printing
from ketadesk.ui.paper.preview import picture
from ketadesk.ui.widgets.buttons import Button
from tests.clinic_day import ROSA, stamp
from tests.paper.reading_pdfs import text
from tests.ui.sheets_desk import NOW, HarborDay, SheetsDesk, printer_into

POINTS = {"letter": (612, 792), "a4": (595, 842)}


@pytest.fixture
def day(tmp_path: Path) -> Iterator[HarborDay]:
    made = HarborDay(tmp_path / "harbor.ketadesk")
    yield made
    made.db.close()


@pytest.fixture
def desk(qapp: QApplication, qtbot, day: HarborDay) -> Iterator[SheetsDesk]:
    theme.apply(qapp, dark=False)
    made = SheetsDesk(day.path, qtbot)
    yield made
    made.close()


def pdf_printer(file: Path, paper: str) -> QPrinter:
    printer = printing.new_printer(paper)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    return printer


def sheet_of(day: HarborDay, kind: SheetKind, paper: str) -> Sheet:
    request = SheetRequest(kind, day.anas, "en", paper)
    return sheets.compose(day.db, request, at=NOW, staff_id=ROSA)


def dots(image: QImage) -> list[bytes]:
    """The picture in grey, row by row, without what fills up each row in memory."""
    gray = image.convertToFormat(QImage.Format.Format_Grayscale8)
    data, line = bytes(gray.constBits()), gray.bytesPerLine()
    return [data[row * line : row * line + gray.width()] for row in range(gray.height())]


def difference(one: QImage, other: QImage) -> float:
    """Mean difference of two pictures of one page, 0 to 255, at a quarter of their size."""
    size = one.size().boundedTo(other.size()) / 4
    smooth = Qt.TransformationMode.SmoothTransformation
    small = [
        b"".join(dots(image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)))
        for image in (one, other)
    ]
    return sum(abs(a - b) for a, b in zip(*small, strict=True)) / len(small[0])


def ink(image: QImage) -> tuple[float, float, float, float]:
    """The first and last row and column with ink on them, as parts of the page."""
    rows = dots(image)
    width, height = image.width(), image.height()
    inked = [row for row, line in enumerate(rows) if min(line) < 128]
    columns = [column for column, line in enumerate(zip(*rows, strict=True)) if min(line) < 128]
    return columns[0] / width, inked[0] / height, columns[-1] / width, inked[-1] / height


def page_pictures(pdf: bytes) -> list[QImage]:
    return [picture(page) for page in raster.pages(pdf, dpi=150)]


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("kind", sheets.KINDS)
def test_paper_gets_the_same_page_as_the_screen(
    qapp: QApplication, day: HarborDay, tmp_path: Path, kind: SheetKind, paper: str
) -> None:
    sheet = sheet_of(day, kind, paper)
    file = tmp_path / "printed.pdf"
    pages = raster.pages(sheet.pdf, dpi=printing.DOTS_PER_INCH)
    printing.print_pages(pages, pdf_printer(file, paper))
    with raster.opened(file.read_bytes()) as printed:
        assert len(printed) == sheet.pages
        assert tuple(round(side) for side in printed[0].get_size()) == POINTS[paper]
    (there,), (meant,) = page_pictures(file.read_bytes()), page_pictures(sheet.pdf)
    blank = QImage(meant.size(), QImage.Format.Format_RGB888)
    blank.fill(Qt.GlobalColor.white)
    assert difference(there, meant) < difference(meant, blank) / 8
    assert ink(there) == pytest.approx(ink(meant), abs=0.001)


def test_the_print_job_names_no_patient(qapp: QApplication, day: HarborDay, tmp_path: Path) -> None:
    sheet = sheet_of(day, "aftercare", "letter")
    printer = pdf_printer(tmp_path / "printed.pdf", "letter")
    printing.print_pages(raster.pages(sheet.pdf, dpi=72), printer)
    assert printer.docName() == "KetaDesk sheet"
    written = (tmp_path / "printed.pdf").read_bytes()
    with raster.opened(written) as printed:
        about = printed.get_metadata_dict()
    assert about["Title"] == "KetaDesk sheet"
    assert "Ana" not in " ".join(about.values())
    assert "AnaGarcía" not in text(written)


def test_a_letter_sheet_on_a4_paper_stays_whole(
    qapp: QApplication, day: HarborDay, tmp_path: Path
) -> None:
    sheet = sheet_of(day, "aftercare", "letter")
    printer = pdf_printer(tmp_path / "printed.pdf", "letter")
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printing.print_pages(raster.pages(sheet.pdf, dpi=150), printer)
    (there,) = page_pictures((tmp_path / "printed.pdf").read_bytes())
    (meant,) = page_pictures(sheet.pdf)
    high = round(there.width() * meant.height() / meant.width())
    within = there.copy(0, (there.height() - high) // 2, there.width(), high)
    assert difference(within, meant) < 2


def test_two_pages_come_out_as_two(qapp: QApplication, day: HarborDay, tmp_path: Path) -> None:
    (page,) = raster.pages(sheet_of(day, "pickup", "letter").pdf, dpi=72)
    printing.print_pages([page, page], pdf_printer(tmp_path / "printed.pdf", "letter"))
    assert len(raster.pages((tmp_path / "printed.pdf").read_bytes(), dpi=20)) == 2


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_takes_nothing_is_noticed(
    qapp: QApplication, day: HarborDay, tmp_path: Path
) -> None:
    pages = raster.pages(sheet_of(day, "pickup", "letter").pdf, dpi=72)
    with pytest.raises(printing.NotPrinted):
        printing.print_pages(pages, pdf_printer(tmp_path / "nowhere" / "x.pdf", "letter"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk to be full")
def test_a_disk_that_is_full_is_noticed(qapp: QApplication, day: HarborDay) -> None:
    pages = raster.pages(sheet_of(day, "pickup", "letter").pdf, dpi=72)
    with pytest.raises(printing.NotPrinted):
        printing.print_pages(pages, pdf_printer(Path("/dev/full"), "letter"))


def dialog_of(desk: SheetsDesk, kind: type):
    desk.qtbot.waitUntil(lambda: desk.view.findChild(kind) is not None)
    dialog = desk.view.findChild(kind)
    desk.qtbot.waitUntil(dialog.isVisible)
    return dialog


def test_ctrl_p_and_enter_print_and_note_it(
    desk: SheetsDesk, day: HarborDay, tmp_path: Path
) -> None:
    file = tmp_path / "printed.pdf"
    desk.view.output.choose_printer = printer_into(file)
    desk.qtbot.keyClick(desk.view, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    dialog = dialog_of(desk, QPrintDialog)
    assert day.printed(day.anas) == []
    with desk.qtbot.waitSignal(desk.desk.saved) as noted:
        desk.qtbot.keyClick(dialog, Qt.Key.Key_Return)
    desk.settle()
    assert noted.args[0].verb == "sheet_printed"
    assert day.printed(day.anas) == [("pickup", "es", "printed")]
    kept = sheets.reprint(day.db, day.kept(day.anas).id)
    (there,), (meant,) = page_pictures(file.read_bytes()), page_pictures(kept.pdf)
    assert difference(there, meant) < 1
    assert desk.view.findChild(Button, f"sheet_again_{day.kept(day.anas).id}") is not None
    assert desk.told == []


def test_leaving_the_dialog_prints_and_notes_nothing(
    desk: SheetsDesk, day: HarborDay, tmp_path: Path
) -> None:
    file = tmp_path / "printed.pdf"
    desk.view.output.choose_printer = printer_into(file)
    desk.button("sheet_print").click()
    desk.qtbot.keyClick(dialog_of(desk, QPrintDialog), Qt.Key.Key_Escape)
    desk.settle()
    assert not file.exists()
    assert day.printed(day.anas) == []
    assert desk.told == [("info", "Printing was cancelled. Nothing was printed or noted.")]


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_refusing_printer_is_told_and_not_noted(
    desk: SheetsDesk, day: HarborDay, tmp_path: Path
) -> None:
    def broken(parent, paper, *, chosen, left) -> None:
        chosen(pdf_printer(tmp_path / "nowhere" / "x.pdf", paper))

    desk.view.output.choose_printer = broken
    with desk.qtbot.waitSignal(desk.workplace.told):
        desk.button("sheet_print").click()
    desk.settle()
    ((role, sentence),) = desk.told
    assert role == "error"
    assert "did not take the sheet" in sentence
    assert day.printed(day.anas) == []


def test_a_sheet_that_waits_for_the_printer_is_printed_and_noted_when_everything_closes(
    desk: SheetsDesk, day: HarborDay, tmp_path: Path
) -> None:
    file, printer_free = tmp_path / "printed.pdf", threading.Event()
    given, uuid = desk.desk.stamp(), new_uuid()
    desk.desk.do_after(
        lambda _db: None,
        lambda _none: None,
        lambda db, _none: patients.add(db, given, PatientDraft("Zoe", "Before"), uuid=uuid),
        prints=lambda _none: printer_free.wait(10),
        receiver=desk.view,
    )
    desk.view.output.choose_printer = lambda parent, paper, *, chosen, left: chosen(
        pdf_printer(file, paper)
    )
    desk.button("sheet_print").click()
    with desk.qtbot.waitCallback() as answered:
        desk.desk.ask(lambda _db: "not waiting", receiver=desk.view, done=answered)
    assert desk.desk.writing and not file.exists()
    desk.view.close()
    threading.Timer(0.05, printer_free.set).start()
    desk.desk.close()
    assert file.read_bytes().startswith(b"%PDF")
    assert day.printed(day.anas) == [("pickup", "es", "printed")]


@pytest.mark.skipif(bool(QPrinterInfo.availablePrinterNames()), reason="this machine has a printer")
def test_without_a_printer_the_way_out_is_a_pdf(desk: SheetsDesk, day: HarborDay) -> None:
    desk.button("sheet_print").click()
    desk.settle()
    ((role, sentence),) = desk.told
    assert role == "warning"
    assert "no printer" in sentence
    assert "Ctrl+S" in sentence
    assert desk.view.findChild(QPrintDialog) is None


def test_print_again_prints_what_was_printed_then(
    desk: SheetsDesk, day: HarborDay, tmp_path: Path
) -> None:
    desk.view.output.choose_printer = lambda parent, paper, *, chosen, left: chosen(
        pdf_printer(tmp_path / "first.pdf", paper)
    )
    with desk.qtbot.waitSignal(desk.desk.saved):
        desk.button("sheet_print").click()
    desk.settle()
    first = day.kept(day.anas)
    record = patients.record(day.db, day.ana).patient
    draft = PatientDraft("Ana", "García", called_name="Anita", written_language="es")
    patients.edit(day.db, stamp(), day.ana, record.version, draft)
    desk.view.output.choose_printer = printer_into(tmp_path / "second.pdf")
    desk.qtbot.keyClick(desk.view, Qt.Key.Key_R)
    dialog = dialog_of(desk, QPrintDialog)
    assert desk.view.work.banner.isVisible()
    with desk.qtbot.waitSignal(desk.desk.saved):
        desk.qtbot.keyClick(dialog, Qt.Key.Key_Return)
    desk.settle()
    assert day.kept(day.anas).id != first.id
    assert day.kept(day.anas).digest == first.digest
    printed = [
        page_pictures((tmp_path / name).read_bytes()) for name in ("first.pdf", "second.pdf")
    ]
    assert printed[0] == printed[1]
    desk.view.activateWindow()
    desk.qtbot.waitUntil(desk.view.isActiveWindow)
    desk.qtbot.keyClick(desk.view, Qt.Key.Key_Escape)
    desk.settle()
    assert not desk.view.work.banner.isVisible()


def save_as(desk: SheetsDesk, file: Path) -> None:
    desk.qtbot.keyClick(desk.view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    dialog = dialog_of(desk, QFileDialog)
    dialog.selectFile(str(file))
    dialog.accept()
    desk.settle()


def test_saving_writes_the_sheet_and_notes_it(
    desk: SheetsDesk, day: HarborDay, tmp_path: Path
) -> None:
    file = tmp_path / "card.pdf"
    save_as(desk, file)
    assert "Ana" in text(file.read_bytes())
    assert day.printed(day.anas) == [("pickup", "es", "saved")]
    assert desk.told == [("info", f"Saved as {file}")]


def test_the_suggested_name_names_no_patient(desk: SheetsDesk) -> None:
    desk.button("sheet_save").click()
    dialog = dialog_of(desk, QFileDialog)
    names = [Path(file).name for file in dialog.selectedFiles()]
    assert names == ["pickup-card-2027-05-10-1000-chair-1.pdf"]
    dialog.reject()
    desk.settle()
    assert desk.told == []


def test_a_place_that_takes_no_file_is_told_and_not_noted(
    desk: SheetsDesk, day: HarborDay, tmp_path: Path
) -> None:
    desk.button("sheet_save").click()
    dialog = dialog_of(desk, QFileDialog)
    gone = tmp_path / "gone" / "card.pdf"
    dialog.fileSelected.emit(str(gone))
    dialog.reject()
    desk.settle()
    assert desk.told[0][0] == "error"
    assert str(gone.parent) in desk.told[0][1]
    assert day.printed(day.anas) == []
