"""Import: choose a file, see what it would do, settle what is unclear, then do it."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ketadesk.domain.dates import DateOrder
from ketadesk.domain.errors import KnownError, Refused
from ketadesk.domain.importing.source import ImportReport, Source
from ketadesk.i18n import tr
from ketadesk.services.importing.preview import Preview, preview
from ketadesk.ui import theme, words
from ketadesk.ui.leaving import ask_to_leave
from ketadesk.ui.patients.import_columns import ImportColumns
from ketadesk.ui.patients.import_findings import ImportFindings
from ketadesk.ui.patients.import_foot import ImportFoot
from ketadesk.ui.patients.import_words import DELIMITERS
from ketadesk.ui.patients.import_work import add_patients, mapped, read_list, write_refused
from ketadesk.ui.sending import Sending
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.elided_label import ElidedLabel
from ketadesk.ui.widgets.empty_state import EmptyState
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.notice import Notice, NoticeAction
from ketadesk.ui.workplace import Workplace

WIDTH, HEIGHT = 1120, 640
ORDERS: dict[str, DateOrder] = {"month_first": "mdy", "day_first": "dmy"}


class ImportDialog(QDialog):
    """`imported(ImportReport)` once the patients are in the clinic file."""

    imported = Signal(object)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._source: Source | None = None
        self._preview: Preview | None = None
        self._report: ImportReport | None = None
        self._order: DateOrder | None = None
        self._given_meaning = False
        self._working = False
        self.setObjectName("import_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Import patients"))
        self.setAcceptDrops(True)
        self._columns = ImportColumns()
        self._columns.changed.connect(self._remap)
        self._findings = ImportFindings()
        self._foot = self._make_foot()
        self._notice = Notice(close_name=tr("Close this message"))
        self._notice.setObjectName("import_notice")
        self._notice.acted.connect(self._settle_dates)
        self._sending = Sending(workplace.desk, self, refused=self._refused, failed=self._failed)
        self._lay_out()
        # Qt opens a dialog no larger than two thirds of the screen, whatever it asks for.
        room = parent.window().size() if parent is not None else self.sizeHint()
        self.resize(self.sizeHint().boundedTo(room))
        self._show_state()

    def sizeHint(self) -> QSize:
        """Room for the columns beside the rows."""
        return QSize(theme.px(WIDTH), theme.px(HEIGHT))

    def _lay_out(self) -> None:
        empty = EmptyState(
            "upload",
            tr(
                "Choose the patient list that another program exported (CSV), or drop it here. "
                "Nothing is imported before you have seen what it would do."
            ),
            action=tr("Choose a file…"),
            action_icon="folder-open",
        )
        empty.acted.connect(self.choose)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._columns, 2)
        row.addWidget(self._findings, 3)
        self._pages = QStackedWidget()
        self._pages.addWidget(empty)
        self._pages.addWidget(both)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addLayout(self._head())
        column.addWidget(self._notice)
        column.addWidget(self._pages, 1)
        column.addWidget(self._foot)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Label(tr("Import patients"), size="title", strong=True))
        self._file = ElidedLabel(tone="muted")
        self._file.setObjectName("import_file")
        head.addWidget(self._file, 1)
        choose = Button(tr("Choose a file…"), icon="folder-open", key="Ctrl+O")
        choose.setObjectName("import_choose")
        choose.clicked.connect(self.choose)
        head.addWidget(choose)
        return head

    def _make_foot(self) -> ImportFoot:
        foot = ImportFoot()
        foot.import_wanted.connect(self._import)
        foot.refused_wanted.connect(self._choose_rejects)
        foot.leave_wanted.connect(self.reject)
        return foot

    # Reading

    @Slot()
    def choose(self) -> None:
        """Asks for the file."""
        dialog = QFileDialog(self, tr("Choose a patient list"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("Patient lists (*.csv *.tsv *.txt)"), tr("All files (*)")])
        dialog.fileSelected.connect(self.read_file)
        dialog.open()

    @Slot(str)
    def read_file(self, name: str) -> None:
        """Reads a file and shows what importing it would do; writes nothing."""
        path = Path(name)
        self._file.setText(path.name)
        self._order, self._report, self._given_meaning = None, None, False
        self._sending.renew()
        self._start_working()
        self._workplace.desk.work(
            lambda: read_list(path),
            receiver=self,
            done=self._take_source,
            refused=self._refused,
            failed=self._failed,
            key="import",
        )

    def _take_source(self, source: Source) -> None:
        self._source = source
        self._file.setText(
            tr(
                "{rows} rows · {encoding} · separated by {delimiter}",
                rows=f"{len(source.rows):,}",
                encoding=source.encoding,
                delimiter=tr(DELIMITERS.get(source.delimiter, source.delimiter)),
            )
        )
        self._pages.setCurrentIndex(1)
        self._columns.show_source(source)
        self._look()

    @Slot()
    def _remap(self) -> None:
        """Another meaning of a column: read everything anew."""
        source, mapping = self._source, self._columns.mapping()
        if source is not None:
            self._order, self._given_meaning = None, True
            self._start_working()
            self._workplace.desk.work(
                lambda: mapped(source, mapping),
                receiver=self,
                done=self._take_mapped,
                refused=self._refused,
                failed=self._failed,
                key="import",
            )

    def _take_mapped(self, source: Source) -> None:
        self._source = source
        self._look()

    def _look(self) -> None:
        source, order, stamp = self._source, self._order, self._workplace.desk.stamp()
        if source is None:
            return
        self._start_working()
        self._workplace.desk.ask(
            lambda db: preview(db, stamp, source, date_order=order),
            receiver=self,
            done=self._show_preview,
            refused=self._refused,
            failed=self._failed,
            key="import",
        )

    def _show_preview(self, found: Preview) -> None:
        self._working = False
        self._preview = found
        self._findings.show_preview(found)
        if found.problem is not None:
            self._tell_problem(found.problem)
        elif found.source.date_doubt is None or self._order is None:
            self._notice.hide()
        self._show_state()

    def _tell_problem(self, problem: Refused) -> None:
        if problem.code in ("import_dates_ambiguous", "import_dates_mixed"):
            self._notice.tell(
                tr(
                    "The birth dates in “{column}” can be read two ways. Which comes first?",
                    column=problem.values.get("column", ""),
                ),
                kind="warning",
                actions=[
                    NoticeAction("month_first", tr("The month"), key="Alt+M"),
                    NoticeAction("day_first", tr("The day"), key="Alt+D"),
                ],
            )
        else:
            self._notice.tell(words.refusal(problem), kind="error")

    @Slot(str)
    def _settle_dates(self, action: str) -> None:
        if action in ORDERS:
            self._order, self._given_meaning = ORDERS[action], True
            self._look()

    # Importing

    @Slot()
    def _import(self) -> None:
        """Writes what the preview said, in one transaction and under one stamp."""
        source, order = self._source, self._order
        if source is None or self._working or not self._ready:
            return
        made: list[ImportReport] = []
        sent = self._sending.send(
            (source, order),
            lambda db, stamp: add_patients(db, stamp, source, order, made),
            done=lambda _changes: self._done(made[0]),
        )
        if sent:
            self._start_working()

    def _done(self, report: ImportReport) -> None:
        self._working = False
        self._report = report
        self._findings.show_report(report)
        self._notice.hide()
        self._show_state()
        self.imported.emit(report)

    def _refused(self, error: KnownError) -> None:
        self._working = False
        self._notice.tell(words.refusal(error), kind="error")
        self._show_state()

    def _failed(self, _error: BaseException) -> None:
        self._working = False
        self._show_state()

    # Refused rows

    @Slot()
    def _choose_rejects(self) -> None:
        dialog = QFileDialog(self, tr("Save the refused rows"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(tr("refused.csv"))
        dialog.fileSelected.connect(self.save_rejects)
        dialog.open()

    @Slot(str)
    def save_rejects(self, name: str) -> None:
        """Writes the refused rows with their reasons, readable by this person only."""
        report = self._shown_report()
        if report is None:
            return
        path = Path(name)
        self._workplace.desk.ask(
            lambda db: write_refused(db, path, report),
            receiver=self,
            done=lambda written: self._notice.tell(
                tr("Saved {number} refused rows as {file}.", number=written, file=path.name)
            ),
            refused=self._refused,
        )

    # State

    def _shown_report(self) -> ImportReport | None:
        if self._report is not None:
            return self._report
        return self._preview.report if self._preview else None

    def _start_working(self) -> None:
        self._working = True
        self._show_state()

    def _show_state(self) -> None:
        self._foot.show_state(
            self._shown_report(),
            working=self._working,
            ready=self._ready,
            done=self._report is not None,
        )

    @property
    def _ready(self) -> bool:
        """Whether the rows could be imported as they are."""
        return self._preview is not None and self._preview.problem is None and not self._report

    @property
    def unsaved(self) -> bool:
        """Whether a person said what columns or dates mean, and nothing is imported yet."""
        return self._given_meaning and self._report is None and self.isVisible()

    def reject(self) -> None:
        """Esc leaves; what was settled by hand is never thrown away without asking."""
        if self.unsaved:
            sentence = tr("Nothing is imported yet, and what you said the columns mean is lost.")
            ask_to_leave(self, sentence, super().reject)
        else:
            super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter never imports by itself: Ctrl+Enter does."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file may be dropped."""
        if len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read what was dropped."""
        self.read_file(event.mimeData().urls()[0].toLocalFile())
