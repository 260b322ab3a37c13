"""A table of things beside the form that changes the chosen one; what the settings pages share."""

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QHeaderView, QScrollArea, QVBoxLayout, QWidget

from ketadesk.domain.changes import Changes, Noun
from ketadesk.domain.errors import KnownError
from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.leaving import ask_to_leave
from ketadesk.ui.sending import Sending, Work
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.card import Card
from ketadesk.ui.widgets.flow_layout import FlowLayout
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.rows_model import Column, RowsModel
from ketadesk.ui.widgets.table import Table
from ketadesk.ui.workplace import Workplace

Row = TypeVar("Row")
FORM_WIDTH = 430
WIDEST_FORM = 560
LEAST_FORM = 120


class ListWithForm(QWidget, Generic[Row]):
    """`shown(row)` when the form is to hold another row, `shown(None)` for a new one.

    `title` says what stands over the form; `typed` whether it holds something that is not kept:
    then a refresh leaves it alone, and another row is shown only when a person says so. A page
    puts its fields into `form`, its buttons into `buttons`, and what adds or moves rows into
    `below`; it writes by `send`.
    """

    shown = Signal(object)

    def __init__(
        self,
        workplace: Workplace,
        columns: Sequence[Column[Row]],
        *,
        key: Callable[[Row], Hashable],
        name: str,
        title: Callable[[Row | None], str],
        typed: Callable[[], bool],
        stretch: int = 0,
        refused: Callable[[KnownError], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._key, self._title_of, self._typed = key, title, typed
        self._row: Row | None = None
        self._new = False
        self._refill = True
        self._wanted: Hashable | None = None
        self.model = RowsModel(columns, key=key, parent=self)
        self.table = self._make_table(name, stretch)
        self.sending = Sending(workplace.desk, self, refused=refused)
        self._title = Label(size="title", strong=True, wrap=True)
        self.form = QVBoxLayout()
        self.form.setSpacing(10)
        self.buttons = _flow()
        self.below = _flow()
        self._lay_out()

    def _make_table(self, name: str, stretch: int) -> Table:
        table = Table(name=name)
        table.setModel(self.model)
        header = table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
        table.selectionModel().currentRowChanged.connect(self._on_current)
        return table

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(self.table, 1)
        left.addWidget(_holding(self.below))
        self._card = Card()
        self._card.body.setSpacing(12)
        self._card.body.addWidget(self._title)
        inner = QWidget()
        inner.setLayout(self.form)
        self.form.setContentsMargins(0, 0, 0, 0)
        self._area = _FormArea(inner)
        self._card.body.addWidget(self._area)
        self._card.body.addWidget(_holding(self.buttons))
        right.addWidget(self._card)
        right.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addLayout(left, 1)
        row.addLayout(right)
        self._fit()

    # Showing

    @property
    def current(self) -> Row | None:
        """What the form holds, None for a new one."""
        return self._row

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Shows the rows as the clinic file has them; what is being typed stays."""
        self.model.show(rows)
        if self._typed() and not self._refill:
            return
        key = self._wanted if self._wanted is not None else self._key_of_form()
        place = self.model.place_of(key)
        if place is None and rows and not (self._new and self._wanted is None):
            place = 0
        if place is None:
            self._show(None)
        else:
            self._go(rows[place])
        self._wanted, self._refill = None, False

    def choose(self, key: Hashable) -> bool:
        """Makes the row of this thing the current one; False when there is none."""
        place = self.model.place_of(key)
        if place is None:
            return False
        self.table.setCurrentIndex(self.model.index(place, 0))
        return True

    def start_new(self) -> None:
        """An empty form for a new one, after asking where something half typed would be lost."""
        if self._typed():
            self._ask(self._show_new)
        else:
            self._show_new()

    def _show_new(self) -> None:
        self.table.selectionModel().clear()
        self._show(None)

    def _key_of_form(self) -> Hashable | None:
        return None if self._row is None else self._key(self._row)

    def _go(self, row: Row) -> None:
        """Shows a row in the form and marks it in the table."""
        self._show(row)
        flags = QItemSelectionModel.SelectionFlag
        index = self.model.index(self.model.place_of(self._key(row)) or 0, 0)
        self.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def _show(self, row: Row | None) -> None:
        self._row, self._new = row, row is None
        self._title.setText(self._title_of(row))
        self.shown.emit(row)

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        row = self.model.row_at(current)
        if row is None or self._key(row) == self._key_of_form():
            return
        if self._typed():
            # The mouse goes on to mark the row it pressed: only afterwards the mark can go back.
            QTimer.singleShot(0, self._mark_form)
            self._ask(lambda: self._go(row))
        else:
            self._show(row)

    @Slot()
    def _mark_form(self) -> None:
        if self._row is None:
            self.table.selectionModel().clear()
        else:
            self.choose(self._key(self._row))

    def _ask(self, leave: Callable[[], object]) -> None:
        sentence = tr("What you typed for {name} is not saved.", name=self._title.text())
        ask_to_leave(self, sentence, leave)

    # Writing

    def send(self, what: object, work: Work, *, made: Noun | None = None) -> None:
        """Writes; afterwards the form shows what is kept: the row made in the table `made`."""

        def done(changes: Changes) -> None:
            self._refill = True
            self._wanted = None if made is None else changes.row_ids.get(made)

        self.sending.send(what, work, done=done)

    def changeEvent(self, event: QEvent) -> None:
        """Give the form the width that its text needs."""
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "_card"):
            self._fit()

    def _fit(self) -> None:
        width = min(theme.px(FORM_WIDTH), WIDEST_FORM)
        margins = self._card.body.contentsMargins()
        self._area.width_of_form = width - margins.left() - margins.right()
        self._card.setFixedWidth(width)


class SaveButton(Button):
    """Ctrl+S, and the one button of a form that stands out."""

    def __init__(self, name: str, text: str = "", *, icon: str = "save") -> None:
        super().__init__(text or tr("Save"), icon=icon, key="Ctrl+S", role="primary")
        self.setObjectName(name)


class _FormArea(QScrollArea):
    """As high as its form; with large text it scrolls, so that the buttons below stay in sight."""

    width_of_form = 0

    def __init__(self, form: QWidget) -> None:
        super().__init__()
        self._form = form
        self.setWidget(form)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for see_through in (form, self.viewport()):
            see_through.setAutoFillBackground(False)

    def sizeHint(self) -> QSize:
        """All of the form."""
        hint, form = self._form.sizeHint(), self._form
        high = form.heightForWidth(self.width_of_form) if form.hasHeightForWidth() else 0
        return QSize(hint.width(), max(high, hint.height()))

    def minimumSizeHint(self) -> QSize:
        """A few fields."""
        return QSize(0, min(self.sizeHint().height(), theme.px(LEAST_FORM)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A message more in the form needs more height."""
        if watched is self._form and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


def _flow() -> FlowLayout:
    return FlowLayout(gap=8)


def _holding(layout: FlowLayout) -> QWidget:
    holder = QWidget()
    holder.setLayout(layout)
    return holder
