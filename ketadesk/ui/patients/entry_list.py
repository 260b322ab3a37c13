"""A list of one kind of entry with a line below it: Enter adds, F2 changes, Delete takes off."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QStackedWidget, QVBoxLayout, QWidget

from ketadesk.domain.changes import Changes
from ketadesk.domain.errors import KnownError
from ketadesk.domain.ids import PatientId
from ketadesk.i18n import tr
from ketadesk.services.patients import PatientRecord
from ketadesk.ui import words
from ketadesk.ui.patients.entry_kinds import Entry, EntryColumn, EntryKind
from ketadesk.ui.sending import Sending
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.empty_state import EmptyState
from ketadesk.ui.widgets.field import ChoiceBox, TextField, choice_box
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.reading_field import ReadingField
from ketadesk.ui.widgets.rows_model import Column, RowsModel
from ketadesk.ui.widgets.table import Table
from ketadesk.ui.workplace import Workplace


class EntryList(QWidget):
    """`changed` while one types in its line; tells what is refused beside the line."""

    changed = Signal()

    def __init__(
        self, workplace: Workplace, kind: EntryKind, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._kind = kind
        self._patient_id: PatientId | None = None
        self._editing: Entry | None = None
        self._fields: dict[str, TextField | ChoiceBox | ReadingField] = {}
        self._model = RowsModel[Entry](
            [Column(one.caption, one.said, strong=one is kind.columns[0]) for one in kind.columns],
            key=lambda entry: entry.id,
            parent=self,
        )
        self._table = self._make_table()
        self._stack = QStackedWidget()
        self._stack.addWidget(EmptyState("clipboard-list", kind.empty))
        self._stack.addWidget(self._table)
        self._message = Label(size="note", tone="red", wrap=True)
        self._message.setObjectName(f"{kind.noun}_message")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._stack, 1)
        column.addWidget(self._message)
        column.addLayout(self._make_line())
        column.addLayout(self._make_foot())
        self._message.hide()
        self._show_mode()
        self._sending = Sending(workplace.desk, self, buttons=(self._save,), refused=self._refused)

    def _make_table(self) -> Table:
        table = Table(name=self._kind.one)
        table.setObjectName(f"{self._kind.noun}_table")
        table.setModel(self._model)
        table.setToolTip(tr("F2 changes the entry, Delete takes it off"))
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.installEventFilter(self)
        table.doubleClicked.connect(self._start_editing)
        table.selectionModel().selectionChanged.connect(self._show_mode)
        return table

    def _make_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(12)
        for column in self._kind.columns:
            name = f"{self._kind.noun}_{column.name}"
            if column.choices:
                box, holder = choice_box(column.caption, name=name)
                box.fill(column.choices)
                box.installEventFilter(self)
                self._fields[column.name] = box
                line.addWidget(holder, 2)
            elif column.read is not None:
                reading = ReadingField(
                    column.caption,
                    read=column.read,
                    show=column.show,
                    say=column.show,
                    hint=column.hint,
                    tip=tr("For example {example}; empty means any time", example=column.hint),
                )
                reading.line.setObjectName(name)
                reading.changed.connect(self._typed)
                reading.line.installEventFilter(self)
                self._fields[column.name] = reading
                line.addWidget(reading, 3)
            else:
                field = TextField(column.caption, name=name, hint=column.hint)
                field.changed.connect(self._typed)
                field.line.installEventFilter(self)
                self._fields[column.name] = field
                line.addWidget(field, 3)
        return line

    def _make_foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        noun = self._kind.noun
        self._edit = Button(tr("Change"), icon="pencil", key="F2", bind=False)
        self._edit.setObjectName(f"{noun}_edit")
        self._edit.clicked.connect(self._start_editing)
        self._take_off = Button(tr("Take off"), icon="trash-2", key="Del", bind=False)
        self._take_off.setObjectName(f"{noun}_take_off")
        self._take_off.clicked.connect(self._take_it_off)
        self._leave = Button(tr("Leave it"), key="Esc", bind=False)
        self._leave.setObjectName(f"{noun}_leave")
        self._leave.clicked.connect(self.clear)
        self._save = Button("", key="Enter", role="primary", bind=False)
        self._save.setObjectName(f"{noun}_save")
        self._save.clicked.connect(self._send)
        foot.addWidget(self._edit)
        foot.addWidget(self._take_off)
        foot.addStretch(1)
        foot.addWidget(self._leave)
        foot.addWidget(self._save)
        return foot

    def show_record(self, record: PatientRecord) -> None:
        """The patient's entries; what is typed for the same patient stays."""
        if record.patient.id != self._patient_id:
            self._patient_id = record.patient.id
            self.clear()
        entries = self._kind.of(record)
        self._model.show(entries)
        self._stack.setCurrentIndex(1 if entries else 0)
        self._show_mode()

    @property
    def dirty(self) -> bool:
        """Whether the line holds something that would be lost."""
        if self._editing is not None:
            return self._problem() is not None or any(
                value != _plain(getattr(self._editing, name))
                for name, value in self._values().items()
            )
        empty = {column.name: column.empty for column in self._kind.columns}
        return self._problem() is not None or any(
            value and value != empty[name] for name, value in self._values().items()
        )

    @Slot()
    def clear(self) -> None:
        """An empty line for another entry."""
        self._editing = None
        for column in self._kind.columns:
            self._put(column, None if column.choices else column.empty)
        self._say("")
        self._show_mode()
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the line saves, Esc empties it; F2 and Delete belong to the list."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if watched is self._table:
                return self._table_key(key)
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._send()
                return True
            if key == Qt.Key.Key_Escape and (self._editing is not None or self.dirty):
                self.clear()
                return True
        return super().eventFilter(watched, event)

    def _table_key(self, key: Qt.Key) -> bool:
        if key in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._start_editing()
            return True
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._take_it_off()
            return True
        return False

    def _current(self) -> Entry | None:
        return self._model.row_at(self._table.currentIndex())

    def _values(self) -> dict[str, Any]:
        return {column.name: self._value(column) for column in self._kind.columns}

    def _value(self, column: EntryColumn) -> Any:
        field = self._fields[column.name]
        if isinstance(field, ChoiceBox):
            return field.currentData()
        if isinstance(field, ReadingField):
            return column.empty if field.value() is None else field.value()
        return field.text().strip()

    def _put(self, column: EntryColumn, value: Any) -> None:
        field = self._fields[column.name]
        if isinstance(field, ChoiceBox):
            field.choose(value)
        elif isinstance(field, ReadingField):
            field.set_value(None if value == column.empty else value)
        else:
            field.set_text(value)

    def _problem(self) -> ReadingField | None:
        """The line that can't be read."""
        reading = (one for one in self._fields.values() if isinstance(one, ReadingField))
        return next((one for one in reading if one.problem() is not None), None)

    @Slot()
    def _start_editing(self) -> None:
        entry = self._current()
        if entry is None:
            return
        self._editing = entry
        for column in self._kind.columns:
            self._put(column, getattr(entry, column.name))
        self._say("")
        self._show_mode()
        next(iter(self._fields.values())).setFocus()

    @Slot()
    def _send(self) -> None:
        patient_id, values, editing = self._patient_id, self._values(), self._editing
        first = next(iter(self._fields.values()))
        if patient_id is None or self._sending.busy:
            return
        if not values[self._kind.columns[0].name]:
            if self.dirty or editing is not None:
                self._say(tr("Type what it is called first."))
            first.setFocus()
            return
        wrong = self._problem()
        if wrong is not None and (problem := wrong.problem()) is not None:
            self._say(words.refusal(problem))
            wrong.reject()
            return
        kind = self._kind
        # What the line has no field for stays as it is.
        draft = kind.draft(**values) if editing is None else replace(editing, **values)
        if editing is None:
            self._sending.send(
                (patient_id, draft),
                lambda db, stamp: kind.add(db, stamp, patient_id, draft),
                done=self._line_done,
            )
        else:
            entry_id, version = editing.id, editing.version
            self._sending.send(
                (entry_id, version, draft),
                lambda db, stamp: kind.change(db, stamp, entry_id, version, draft),
                done=self._line_done,
            )

    @Slot()
    def _take_it_off(self) -> None:
        entry = self._current()
        if entry is not None:
            take_off, entry_id, version = self._kind.take_off, entry.id, entry.version
            self._sending.send(
                (entry_id, version), lambda db, stamp: take_off(db, stamp, entry_id, version)
            )

    def _line_done(self, _changes: Changes) -> None:
        self.clear()
        next(iter(self._fields.values())).setFocus()

    def _refused(self, error: KnownError) -> None:
        self._say(words.refusal(error))

    def _say(self, text: str) -> None:
        self._message.setText(text)
        self._message.setVisible(bool(text))

    @Slot()
    def _typed(self) -> None:
        self._say("")
        self._show_mode()
        self.changed.emit()

    @Slot()
    def _show_mode(self) -> None:
        """What the buttons do now."""
        chosen = bool(self._model.rows) and self._table.selectionModel().hasSelection()
        self._edit.setEnabled(chosen)
        self._take_off.setEnabled(chosen)
        editing = self._editing is not None
        self._leave.setVisible(editing or self.dirty)
        self._save.set_text(tr("Save the change") if editing else tr("Add") + " " + self._kind.one)


def _plain(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value
