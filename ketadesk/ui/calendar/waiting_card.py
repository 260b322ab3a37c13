"""How many wait for a place, and which places became free for them while the window was open."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ketadesk.domain.places import Place
from ketadesk.domain.waitlist import Fits
from ketadesk.i18n import tr
from ketadesk.ui import words
from ketadesk.ui.calendar.side_row import RowText, SideRow, lay_rows, rows_in
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.card import Card
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.section_title import SectionTitle

LIST_KEY = "L"
FITS_KEY = "G"
BEST_KEY = "Shift+G"
MOST = 3
"""More freed places than this the column does not show; the newest come first."""


@dataclass(frozen=True)
class Freed:
    """A place that became free, its time and chair in words, and who could come, best first."""

    place: Place
    when: str
    chair: str
    fits: tuple[Fits, ...]


class FreedRow(SideRow):
    """One freed place."""

    def __init__(self, freed: Freed, parent: QWidget | None = None) -> None:
        text = RowText(
            who=freed.when,
            below=tr(
                "{chair} · best: {name}",
                chair=freed.chair,
                name=words.person(freed.fits[0].entry.patient_name),
            ),
            word=tr("fits {count}", count=len(freed.fits)),
            role="accent",
            icon="calendar-plus",
        )
        super().__init__(text, name="freed_row", parent=parent)
        self.freed = freed


class WaitingCard(Card):
    """`list_wanted()`; `freed_chosen(Freed)` when a row is pressed."""

    list_wanted = Signal()
    freed_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("waiting_card")
        self._title = SectionTitle(tr("Waitlist"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self._hint = Label(size="note", tone="muted", wrap=True)
        self._open = Button(tr("Open the waitlist"), key=LIST_KEY, bind=False, icon="list")
        self._open.setObjectName("waitlist_open")
        self._open.clicked.connect(self.list_wanted)
        self.body.addWidget(self._title)
        self.body.addLayout(self._rows)
        self.body.addWidget(self._hint)
        self.body.addWidget(self._open)
        self._hint.hide()

    def rows(self) -> list[SideRow]:
        """The freed places shown, from the top."""
        return rows_in(self._rows)

    def show_waiting(self, waiting: int, freed: Sequence[Freed]) -> None:
        """How many wait, and what is free for them."""
        rows = []
        for one in freed[:MOST]:
            row = FreedRow(one)
            row.clicked.connect(self._pressed)
            rows.append(row)
        lay_rows(self._rows, rows)
        self._title.set_text(self._title.text(), note=str(waiting or ""))
        self._hint.setText(tr("G: who fits. Shift+G books the best."))
        self._hint.setVisible(bool(rows))

    @Slot()
    def _pressed(self) -> None:
        row = self.sender()
        if isinstance(row, FreedRow):
            self.freed_chosen.emit(row.freed)
