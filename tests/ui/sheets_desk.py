"""The Sheets view on a clinic's Monday, with a desk on its file and a printer that is a file."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from ketadesk.clock import HeldClock
from ketadesk.domain.ids import AppointmentId
from ketadesk.services import sheets
from ketadesk.services.sheets import KeptSheet
from ketadesk.settings import SettingsFile
from ketadesk.store.database import SqliteDatabase
from ketadesk.ui.desk import Desk
from ketadesk.ui.paper import printing
from ketadesk.ui.paper.view import SheetsView
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.workplace import Workplace
from tests.clinic_day import ROSA, add_patient, at, book, open_harbor
from tests.treated import add_escort, started

NOW = at(12)


class HarborDay:
    """Ana reads Spanish and is being infused at ten; Luis comes at two. A second connection looks
    on.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.db: SqliteDatabase = open_harbor(path)
        self.ana = add_patient(self.db, written_language="es")
        self.anas = book(self.db, self.ana, nurse_id=ROSA, escort_id=add_escort(self.db, self.ana))
        self.luis = add_patient(self.db, "Luis", "Ibáñez")
        self.luiss = book(self.db, self.luis, at(14), nurse_id=ROSA)
        self.session = started(self.db, self.anas)

    def printed(self, appointment_id: AppointmentId) -> list[tuple[str, str, str]]:
        """Kind, language and how of everything noted, newest first."""
        return [
            (kept.kind, kept.language, kept.how) for kept in sheets.printed(self.db, appointment_id)
        ]

    def kept(self, appointment_id: AppointmentId) -> KeptSheet:
        return sheets.printed(self.db, appointment_id)[0]


class SheetsDesk:
    """The view in a window of 1290 x 690, and what it told and asked for."""

    def __init__(self, path: Path, qtbot, settings: SettingsFile | None = None) -> None:
        self.qtbot = qtbot
        self.desk = Desk(path, clock=HeldClock(NOW), staff_id=ROSA)
        self.workplace = Workplace(self.desk)
        self.told: list[tuple[str, str]] = []
        self.wanted: list[tuple[str, object]] = []
        self.workplace.told.connect(lambda text, role: self.told.append((role, text)))
        self.workplace.wanted.connect(lambda view, target: self.wanted.append((view, target)))
        with qtbot.waitSignal(self.workplace.framed):
            self.desk.open()
        self.view = SheetsView(self.workplace, settings=settings)
        qtbot.addWidget(self.view)
        self.view.resize(1290, 690)
        with qtbot.waitExposed(self.view):
            self.view.show()
        self.view.setFocus()
        self.settle()

    def settle(self) -> None:
        """Everything asked, written and printed has come back."""
        self.qtbot.waitUntil(lambda: not self.desk.busy)

    def button(self, name: str) -> Button:
        found = self.view.findChild(Button, name)
        assert found is not None, name
        return found

    def choose(self, holder: str, segment: str) -> None:
        """Presses one button of a row of joined buttons."""
        row = self.view.findChild(QWidget, holder)
        assert row is not None
        row.findChild(Button, f"segment_{segment}").click()
        self.settle()

    def show(self, target: object) -> None:
        self.view.show_target(target)
        self.settle()

    def preview_name(self) -> str:
        return self.view.work.preview.accessibleName()

    def close(self) -> None:
        self.view.close()
        self.desk.close()


def printer_into(file: Path) -> Callable[..., None]:
    """The real print dialog, set to print into a file, whatever printers this machine has."""

    def choose(
        parent: QWidget,
        paper: str,
        *,
        chosen: Callable[[QPrinter], None],
        left: Callable[[], None],
    ) -> None:
        printer = printing.new_printer(paper)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(file))
        printing.choose_printer(parent, printer, chosen=chosen, left=left)

    return choose
