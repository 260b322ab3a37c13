"""The left side: find as you type, the list, and the ways to add people."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ketadesk.domain.ids import PatientId
from ketadesk.i18n import tr
from ketadesk.services import patients
from ketadesk.services.patients import PatientList
from ketadesk.ui import theme
from ketadesk.ui.patients.list_model import BORN, NAME, NEXT, PHONE, PatientsModel
from ketadesk.ui.table_file import TableFile
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.table import Table
from ketadesk.ui.workplace import Workplace

MOST_SHOWN = 200
WIDTHS = {BORN: 112, PHONE: 122, NEXT: 124}
LEAST_NAME = 130
SIDES = 40
"""Margins, frame and scroll bar beside the columns."""
GIVE_WAY = (PHONE, NEXT, BORN)
"""Which columns leave first where text is large; the whole line stays in its tooltip."""


class PatientsList(QWidget):
    """`chosen(PatientId)` as the selection moves, `entered()` on Enter, `add_wanted(text)`,
    `import_wanted()`, `filled(how many patients there are)`. `matched(PatientId or None)` when
    whom one looks for is not whose record is open: the best match, or None for nobody.
    """

    chosen = Signal(object)
    entered = Signal()
    add_wanted = Signal(str)
    import_wanted = Signal()
    filled = Signal(int)
    matched = Signal(object)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._kept: PatientId | None = None
        self._answered = False
        self._enter_when_answered = False
        self._model = PatientsModel(workplace, self)
        self._count = Label(tone="muted")
        self._line = self._make_line()
        self._table = self._make_table()
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 12, 12)
        column.setSpacing(10)
        column.addLayout(self._head())
        column.addWidget(self._line)
        column.addWidget(self._table, 1)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self.start_finding)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(tr("Patients"), size="title", strong=True))
        head.addWidget(self._count)
        head.addStretch(1)
        importing = Button(tr("Import…"), icon="upload", key="Ctrl+I", hint=False)
        importing.setObjectName("patients_import")
        importing.clicked.connect(self.import_wanted)
        add = Button(tr("Add"), icon="user-plus", key="Ctrl+N", role="primary")
        add.set_text(tr("Add"), name=tr("Add patient"))
        add.setObjectName("patients_add")
        add.clicked.connect(self._add)
        table_file = TableFile(
            self._workplace, self._table, suggestion=lambda: "patients.csv", parent=self
        )
        head.addWidget(table_file.button())
        head.addWidget(importing)
        head.addWidget(add)
        return head

    def _make_line(self) -> QLineEdit:
        line = QLineEdit()
        line.setObjectName("patients_find")
        line.setClearButtonEnabled(True)
        for cross in line.findChildren(QToolButton):
            cross.setToolTip(tr("Empty the line"))
            cross.setAccessibleName(tr("Empty the line"))
        line.setPlaceholderText(tr("Find by name, phone, birth date or record number"))
        line.setAccessibleName(tr("Find a patient"))
        line.setToolTip(tr("Find  (Ctrl F); Down goes to the list, Enter opens the first"))
        line.textChanged.connect(self.reload)
        line.installEventFilter(self)
        return line

    def _make_table(self) -> Table:
        table = Table(name=tr("Patients"))
        table.setObjectName("patients_table")
        table.setModel(self._model)
        header = table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        table.selectionModel().currentRowChanged.connect(self._moved)
        table.installEventFilter(self)
        return table

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def changeEvent(self, event: QEvent) -> None:
        """Larger text needs wider columns, or fewer."""
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "_table"):
            self._share_width()

    def _share_width(self) -> None:
        """A column that would be cut leaves whole; the name keeps its room."""
        margins = self.contentsMargins()
        room = self.width() - margins.left() - margins.right() - SIDES - theme.px(LEAST_NAME)
        shown = dict(WIDTHS)
        for column in GIVE_WAY:
            if sum(theme.px(width) for width in shown.values()) > room:
                del shown[column]
        for column, width in WIDTHS.items():
            self._table.setColumnHidden(column, column not in shown)
            self._table.setColumnWidth(column, theme.px(width))

    @Slot()
    def reload(self) -> None:
        """Ask again for what is typed; the newest answer wins."""
        if self._workplace.frame is None:
            return
        text, now = self._line.text(), self._workplace.now()
        self._answered = False
        self._workplace.desk.ask(
            lambda db: patients.listed(db, text, now=now, most=MOST_SHOWN),
            receiver=self,
            done=self._show,
            key="list",
        )

    def keep(self, patient_id: PatientId | None) -> None:
        """Mark whose record is open, without choosing anew; what hides them is emptied."""
        self._kept = patient_id
        if patient_id is not None and self._answered and self._model.row_of(patient_id) < 0:
            self._line.clear()
        self._mark()

    @Slot()
    def start_finding(self) -> None:
        """The find line, ready to be typed over."""
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._line.selectAll()

    def _show(self, found: PatientList) -> None:
        self._answered = True
        self._model.show(found)
        shown = len(found.found)
        if found.text:
            self._count.setText(tr("{shown} of {total}", shown=shown, total=f"{found.total:,}"))
        else:
            self._count.setText(f"{found.total:,}")
        self._mark()
        self.filled.emit(found.total)
        if found.text and self._model.row_of(self._kept) < 0:
            self.matched.emit(found.found[0].id if found.found else None)
        if self._enter_when_answered:
            self._enter_when_answered = False
            self._enter_first()

    def _mark(self) -> None:
        row = self._model.row_of(self._kept)
        was_blocked = self._table.selectionModel().blockSignals(True)
        self._table.setCurrentIndex(self._model.index(row, 0) if row >= 0 else QModelIndex())
        self._table.selectionModel().blockSignals(was_blocked)
        self._table.viewport().update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down leads from the line into the list, Enter from either into the record."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._enter(from_line=watched is self._line)
                return True
            if watched is self._line and key == Qt.Key.Key_Down and self._model.rowCount():
                self._table.setFocus()
                if not self._table.currentIndex().isValid():
                    self._table.selectRow(0)
                return True
        return super().eventFilter(watched, event)

    def _enter(self, *, from_line: bool) -> None:
        if from_line and not self._answered:
            self._enter_when_answered = True
        elif from_line:
            self._enter_first()
        elif self._table.currentIndex().isValid():
            self.entered.emit()

    def _enter_first(self) -> None:
        if self._model.rowCount():
            if self._model.row_of(self._kept) < 0 or self._line.text().strip():
                self._table.selectRow(0)
            self.entered.emit()
        elif self._line.text().strip():
            self.add_wanted.emit(self._line.text().strip())

    @Slot(QModelIndex, QModelIndex)
    def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self._model.patient(current.row()).id)

    @Slot()
    def _add(self) -> None:
        found_nobody = not self._model.rowCount()
        self.add_wanted.emit(self._line.text().strip() if found_nobody else "")
