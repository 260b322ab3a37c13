"""The columns of an export, and what each of them means."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from ketadesk.domain.importing.source import Field, Source
from ketadesk.i18n import tr
from ketadesk.ui.patients.import_words import field_choices, field_word
from ketadesk.ui.patients.text_rows import TextRows
from ketadesk.ui.widgets.field import ChoiceBox
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.section_title import SectionTitle
from ketadesk.ui.widgets.table import Table


class ImportColumns(QWidget):
    """`changed` when a person gave a column another meaning; Enter on a column leads to it."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._headers: tuple[str, ...] = ()
        self._samples: Mapping[str, tuple[str, ...]] = {}
        self._mapping: dict[str, Field | None] = {}
        self._model = TextRows((tr("Column"), tr("For example"), tr("Means")), strong=0)
        self._table = Table(name=tr("Columns of the file"))
        self._table.setObjectName("import_columns")
        self._table.setModel(self._model)
        self._table.setToolTip(tr("Enter changes what the column means"))
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._table.installEventFilter(self)
        self._table.selectionModel().currentRowChanged.connect(self._moved)
        self._caption = Label(size="note", tone="muted")
        self._meaning = ChoiceBox(name="import_meaning", caption=tr("What the column means"))
        self._meaning.fill(field_choices())
        self._meaning.setEnabled(False)
        self._meaning.activated.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(SectionTitle(tr("Columns"), note=tr("what each of them means")))
        column.addWidget(self._table, 1)
        column.addWidget(self._caption)
        column.addWidget(self._meaning)

    def show_source(self, source: Source) -> None:
        """The columns of a file, with what they seem to mean."""
        self._headers, self._samples = source.headers, source.samples
        self._mapping = dict(source.mapping)
        self._draw()
        if self._headers:
            self._table.selectRow(0)

    def mapping(self) -> dict[str, Field | None]:
        """What every column means now."""
        return dict(self._mapping)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter leads from the column to its meaning."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
            and self._meaning.isEnabled()
        ):
            self._meaning.setFocus()
            self._meaning.showPopup()
            return True
        return super().eventFilter(watched, event)

    def _draw(self) -> None:
        self._model.show(
            [
                (
                    header,
                    ", ".join(self._samples.get(header, ())[:2]),
                    field_word(self._mapping.get(header)),
                )
                for header in self._headers
            ]
        )

    @Slot(QModelIndex, QModelIndex)
    def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self._meaning.setEnabled(current.isValid())
        if current.isValid():
            header = self._headers[current.row()]
            self._caption.setText(tr("“{header}” means", header=header))
            self._meaning.choose(self._mapping.get(header))

    @Slot()
    def _choose(self) -> None:
        row = self._table.currentIndex().row()
        if 0 <= row < len(self._headers):
            chosen = self._meaning.currentData()
            self._mapping[self._headers[row]] = None if chosen is None else Field(chosen)
            self._draw()
            self._table.selectRow(row)
            self._table.setFocus()
            self.changed.emit()
