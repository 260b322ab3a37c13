"""What the clinician ordered, written down; beside it what was ordered last time."""

from typing import Any

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ketadesk.domain.dosing import show
from ketadesk.domain.ids import OrderId, SessionId
from ketadesk.domain.session_record import SessionRecord
from ketadesk.domain.sessions import Phase
from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.session.order_form import OrderForm
from ketadesk.ui.session.order_words import preparation_lines, reckoning
from ketadesk.ui.session.read_back import ROOMY
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.section_title import SectionTitle
from ketadesk.ui.words import date_text
from ketadesk.ui.workplace import Workplace

FilledFor = tuple[SessionId, OrderId | None]
"""Which session's order the form shows, and which of its orders; None for one not written yet."""


class OrderPage(QFrame):
    """Signal: `written(OrderDraft)`; what is typed stays until the order is in the file."""

    written = Signal(object)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "bar")
        self.setObjectName("order_page")
        self._workplace = workplace
        self._filled_for: FilledFor | None = None
        self._aside: dict[FilledFor, tuple[Any, ...]] = {}
        self.form = OrderForm(workplace)
        self.form.entered.connect(self._write)
        self.said = Label("", tone="red", wrap=True)
        self.said.setObjectName("order_said")
        self.write_button = Button(
            tr("Write order"), icon="check", key="Ctrl+Return", role="primary"
        )
        self.write_button.setObjectName("order_write")
        self.write_button.clicked.connect(self._write)
        self._title = SectionTitle(tr("Order"), note=tr("as the clinician gave it"))
        self._before_title = SectionTitle(tr("Last time"))
        self._before = Label("", wrap=True)
        self._lay_out()

    def _lay_out(self) -> None:
        follows = QVBoxLayout()
        follows.setSpacing(2)
        follows.addWidget(self.form.mixing)
        follows.addWidget(self.said)
        row = QHBoxLayout()
        row.addLayout(follows, 1)
        row.addWidget(self.write_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(18, 12, 18, 8)
        whole.setSpacing(8)
        whole.addWidget(self._title)
        whole.addWidget(self.form)
        whole.addLayout(row)
        whole.addWidget(self._before_title)
        whole.addWidget(self._before)
        whole.addStretch(1)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "_title"):
            self._fit()

    def _fit(self) -> None:
        """With large text the step above says already that this is the order."""
        self._title.setVisible(theme.current_scale() <= ROOMY)

    def show_record(self, record: SessionRecord) -> None:
        """Fills the form once per session and order; what is being typed is left alone."""
        filled_for = (record.session.id, record.order.id if record.order else None)
        if filled_for != self._filled_for:
            self._put_aside()
        locked = record.session.signed or record.session.phase is Phase.RELEASED
        self.write_button.setVisible(not locked)
        if filled_for != self._filled_for:
            self._filled_for = filled_for
            self.form.fill(record)
            self.said.setText("")
            self._bring_back(record.session.id)
        elif not self.form.weight.isModified() and record.order is None:
            self.form.refill_weight(record)
        self._show_before(record)
        self.form.show_record(record)

    @property
    def unsaved(self) -> bool:
        """Whether an order is half typed, for this session or for another chair's."""
        return self._half_typed() or bool(self._aside)

    def _half_typed(self) -> bool:
        can_write = self._filled_for is not None and not self.write_button.isHidden()
        return can_write and self.form.changed

    def _put_aside(self) -> None:
        """Keeps what is typed for its own session while another's order is on the screen."""
        if self._filled_for is not None and self._half_typed():
            self._aside[self._filled_for] = self.form.typed()

    def _bring_back(self, session_id: SessionId) -> None:
        """What was put aside for a session, unless its order was written meanwhile."""
        for filled_for in [one for one in self._aside if one[0] == session_id]:
            typed = self._aside.pop(filled_for)
            if filled_for == self._filled_for:
                self.form.show_typed(typed)

    def focus_first(self) -> None:
        """The keys go to the first field that still asks for something."""
        self.form.focus_first()

    def _show_before(self, record: SessionRecord) -> None:
        previous = record.previous
        order = previous.order if previous else None
        if previous is None or order is None:
            self._before.setText(tr("No earlier order."))
            self._before_title.set_text(tr("Last time"))
            return
        day = self._workplace.local(previous.infusion_started_at)
        number = previous.course_number
        title = tr("session {number}", number=number) if number else tr("last session")
        dose = tr("{dose} mg", dose=show(order.dose))
        self._before.setText(" · ".join([dose, reckoning(order), *preparation_lines(order)]))
        who = f"{order.ordered_by} · {title} · {date_text(day, short=True)}"
        self._before_title.set_text(tr("Last time"), note=who)

    @Slot()
    def _write(self) -> None:
        draft = self.form.draft()
        if draft is None:
            self.said.setText(tr("Fill in the marked fields with plain numbers."))
            return
        self.said.setText("")
        self.written.emit(draft)
