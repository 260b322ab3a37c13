"""What the clinician ordered, written down and reckoned both ways; a dose is never proposed."""

from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ketadesk.domain.clinic import Role as StaffRole
from ketadesk.domain.dosing import dose, parse_amount, show
from ketadesk.domain.ids import OrderId, SessionId
from ketadesk.domain.preparation import BagMode, Preparation
from ketadesk.domain.protocols import Route
from ketadesk.domain.session_record import SessionRecord
from ketadesk.domain.sessions import Order, OrderDraft, Phase
from ketadesk.domain.weights import read_weight
from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.session.order_words import (
    mixing_lines,
    mode_words,
    preparation_lines,
    reckoning,
    route_words,
)
from ketadesk.ui.session.weight import both
from ketadesk.ui.stylesheet import set_look
from ketadesk.ui.theme import Tone
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.section_title import SectionTitle
from ketadesk.ui.widgets.spin_fields import NumberField
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
        self._record: SessionRecord | None = None
        self._filled_for: FilledFor | None = None
        self._filled: tuple[Any, ...] = ()
        self._aside: dict[FilledFor, tuple[Any, ...]] = {}
        self._draft: OrderDraft | None = None
        self._make_fields()
        self._lay_out()

    def _make_fields(self) -> None:
        self.ordered_by = QComboBox()
        self.ordered_by.setObjectName("order_ordered_by")
        self.ordered_by.setEditable(True)
        self.ordered_by.setAccessibleName(tr("Ordered by"))
        self.weight = _line("order_weight", tr("Weight"), tr("kg, or lb"))
        self.per_kg = _line("order_per_kg", tr("Dose per kg"), tr("mg/kg"))
        self.dose = _line("order_dose", tr("Dose"), tr("mg"))
        self.duration = NumberField(name=tr("Duration in minutes"), least=1, most=600)
        self.duration.setObjectName("order_duration")
        self.duration.setSuffix(tr(" min"))
        self.route = QComboBox()
        self.route.setObjectName("order_route")
        self.route.setAccessibleName(tr("Route"))
        for route in Route:
            self.route.addItem(route_words(route.value), route.value)
        self.strength = _line("order_strength", tr("Vial strength"), tr("mg/mL"))
        self.bag = _line("order_bag", tr("Bag volume"), tr("mL"))
        self.mode = QComboBox()
        self.mode.setObjectName("order_mode")
        self.mode.setAccessibleName(tr("How the drug goes into the bag"))
        for mode in BagMode:
            self.mode.addItem(mode_words(mode), mode.value)
        self.remark = _line("order_preparation", tr("Preparation"), tr("or in words"))
        for field in (self.weight, self.per_kg, self.dose, self.strength, self.bag):
            field.textChanged.connect(self._reckon)
            field.returnPressed.connect(self._write)
        self.remark.returnPressed.connect(self._write)
        self.duration.valueChanged.connect(self._reckon)
        self.mode.currentIndexChanged.connect(self._reckon)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(8)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        self._weight_said = Label("", size="note", tone="muted")
        self._range_said = Label("", size="note", tone="muted")
        self._dose_said = Label("", size="note", tone="muted")
        form.addRow(_title(tr("Ordered by")), self.ordered_by)
        form.addRow(_title(tr("Weight")), _beside(self.weight, self._weight_said))
        form.addRow(_title(tr("Dose per kg")), _beside(self.per_kg, self._range_said))
        form.addRow(_title(tr("Dose in mg")), _beside(self.dose, self._dose_said))
        form.addRow(_title(tr("Over")), _beside(self.duration, self.route))
        form.addRow(_title(tr("Vial and bag")), _beside(self.strength, self.bag, self.mode))
        form.addRow(_title(tr("Preparation")), self.remark)
        self._mixing = Label("", tone="muted", wrap=True)
        form.addRow(_title(""), self._mixing)
        self.said = Label("", tone="red", wrap=True)
        self.said.setObjectName("order_said")
        self.write_button = Button(
            tr("Write order"), icon="check", key="Ctrl+Return", role="primary"
        )
        self.write_button.setObjectName("order_write")
        self.write_button.clicked.connect(self._write)
        row = QHBoxLayout()
        row.addWidget(self.said, 1)
        row.addWidget(self.write_button)
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(SectionTitle(tr("Order"), note=tr("as the clinician gave it")))
        left.addLayout(form)
        left.addLayout(row)
        left.addStretch(1)
        self._before_dose = Label("", size="title", strong=True)
        self._before_lines = Label("", wrap=True, tone="muted")
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addWidget(SectionTitle(tr("Last time")))
        right.addWidget(self._before_dose)
        right.addWidget(self._before_lines)
        right.addStretch(1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(18, 12, 18, 8)
        whole.setSpacing(28)
        whole.addLayout(left, 3)
        whole.addLayout(right, 2)

    def show_record(self, record: SessionRecord) -> None:
        """Fills the form once per session and order; what is being typed is left alone."""
        filled_for = (record.session.id, record.order.id if record.order else None)
        if filled_for != self._filled_for:
            self._put_aside()
        self._record = record
        locked = record.session.signed or record.session.phase is Phase.RELEASED
        self.write_button.setVisible(not locked)
        if filled_for != self._filled_for:
            self._filled_for = filled_for
            self._fill(record)
            self._bring_back(record.session.id)
        elif not self.weight.isModified() and record.order is None:
            self._refill_weight(record)
        self._show_before(record)
        self._reckon()

    @property
    def unsaved(self) -> bool:
        """Whether an order is half typed, for this session or for another chair's."""
        return self._half_typed() or bool(self._aside)

    def _half_typed(self) -> bool:
        can_write = self._filled_for is not None and not self.write_button.isHidden()
        return can_write and self._typed() != self._filled

    def _put_aside(self) -> None:
        """Keeps what is typed for its own session while another's order is on the screen."""
        if self._filled_for is not None and self._half_typed():
            self._aside[self._filled_for] = self._typed()

    def _bring_back(self, session_id: SessionId) -> None:
        """What was put aside for a session, unless its order was written meanwhile."""
        for filled_for in [one for one in self._aside if one[0] == session_id]:
            typed = self._aside.pop(filled_for)
            if filled_for == self._filled_for:
                self._show_typed(typed)

    def _typed(self) -> tuple[Any, ...]:
        texts = (self.ordered_by.currentText(), *(line.text() for line in self._lines()))
        return (*texts, self.duration.value(), self.route.currentIndex(), self.mode.currentIndex())

    def _show_typed(self, typed: tuple[Any, ...]) -> None:
        ordered_by, *texts, minutes, route, mode = typed
        self.ordered_by.setCurrentText(ordered_by)
        for line, text in zip(self._lines(), texts, strict=True):
            line.setText(text)
            line.setModified(bool(text))
        self.duration.setValue(minutes)
        self.route.setCurrentIndex(route)
        self.mode.setCurrentIndex(mode)

    def _lines(self) -> tuple[QLineEdit, ...]:
        return (self.weight, self.per_kg, self.dose, self.strength, self.bag, self.remark)

    def focus_first(self) -> None:
        if not self.ordered_by.currentText():
            self.ordered_by.setFocus()
        else:
            (self.per_kg if self.weight.text() else self.weight).setFocus()

    def _fill(self, record: SessionRecord) -> None:
        order = record.order
        self._draft = None
        self.ordered_by.clear()
        for member in self._workplace.clinic_frame.staff:
            if member.role is StaffRole.CLINICIAN and member.active:
                self.ordered_by.addItem(member.name)
        self.ordered_by.setCurrentText(order.ordered_by if order else "")
        self._fill_weight(record)
        self.per_kg.setText(show(order.dose_per_kg) if order else "")
        self.dose.setText(show(order.dose) if order else "")
        minutes = order.duration if order else record.protocol.segments.infusion
        self.duration.setValue(minutes)
        route = order.route if order else record.protocol.route.value
        self.route.setCurrentIndex(max(0, self.route.findData(route)))
        self._fill_preparation(order)
        self._filled = self._typed()
        self.said.setText("")

    def _fill_weight(self, record: SessionRecord) -> None:
        kg = record.weight
        self.weight.setText(show(kg) if kg is not None else "")

    def _refill_weight(self, record: SessionRecord) -> None:
        """A weight that came by the checklist; what is typed beside it stays typed."""
        typed = self._half_typed()
        self._fill_weight(record)
        if not typed:
            self._filled = self._typed()

    def _fill_preparation(self, order: Order | None) -> None:
        kept = order.preparation if order else None
        self.strength.setText(show(kept.strength) if kept else "")
        self.bag.setText(show(kept.bag) if kept and kept.bag is not None else "")
        if kept and kept.mode is not None:
            self.mode.setCurrentIndex(self.mode.findData(kept.mode.value))
        self.remark.setText(order.preparation_note if order else "")

    def _show_before(self, record: SessionRecord) -> None:
        previous = record.previous
        order = previous.order if previous else None
        if previous is None or order is None:
            self._before_dose.hide()
            self._before_lines.setText(tr("No earlier order."))
            return
        day = self._workplace.local(previous.infusion_started_at)
        number = previous.course_number
        title = tr("session {number}", number=number) if number else tr("last session")
        self._before_dose.setText(tr("{dose} mg", dose=show(order.dose)))
        self._before_dose.show()
        lines = [
            reckoning(order),
            *preparation_lines(order),
            f"{order.ordered_by} · {title} · {date_text(day, short=True)}",
        ]
        self._before_lines.setText("\n".join(lines))

    @Slot()
    def _reckon(self, _value: object = None) -> None:
        """mg from mg/kg and mg/kg from mg, exact, said beside the fields; nothing is filled in."""
        kg = read_weight(self.weight.text())
        per_kg, milligrams = parse_amount(self.per_kg.text()), parse_amount(self.dose.text())
        self._weight_said.setText(both(kg) if kg is not None else "")
        self._show_range(per_kg)
        said: list[str] = []
        if kg is not None and per_kg is not None:
            said.append(
                tr(
                    "{per_kg} × {kg} = {dose} mg",
                    per_kg=show(per_kg),
                    kg=show(kg),
                    dose=show(dose(kg, per_kg)),
                )
            )
        if kg is not None and milligrams is not None:
            said.append(
                tr(
                    "{dose} ÷ {kg} = {per_kg} mg/kg",
                    dose=show(milligrams),
                    kg=show(kg),
                    per_kg=show(milligrams / kg, 3),
                )
            )
        self._dose_said.setText(" · ".join(said))
        self._show_mixing(milligrams)

    def _show_range(self, per_kg: Decimal | None) -> None:
        protocol = self._record.protocol if self._record else None
        if protocol is None or protocol.dose_low is None or protocol.dose_high is None:
            self._range_said.setText("")
            return
        low, high = protocol.dose_low, protocol.dose_high
        said = tr(
            "{name}: {low} to {high} mg/kg", name=protocol.name, low=show(low), high=show(high)
        )
        outside = per_kg is not None and not low <= per_kg <= high
        tone: Tone = "amber" if outside else "muted"
        self._range_said.setText(tr("outside {range}", range=said) if outside else said)
        self._range_said.set_tone(tone)

    def _show_mixing(self, milligrams: Decimal | None) -> None:
        preparation = self._preparation()
        if preparation is None or not milligrams:
            self._mixing.setText("")
            return
        self._mixing.setText(
            "\n".join(mixing_lines(preparation, milligrams, self.duration.value()))
        )

    def _preparation(self) -> Preparation | None:
        strength, bag = parse_amount(self.strength.text()), parse_amount(self.bag.text())
        if not strength:
            return None
        if not bag:
            return Preparation(strength)
        return Preparation(strength, bag, BagMode(str(self.mode.currentData())))

    @Slot()
    def _write(self) -> None:
        draft = self._make_draft()
        if draft is None:
            return
        self.said.setText("")
        self.written.emit(draft)

    def _make_draft(self) -> OrderDraft | None:
        """The order as typed; a field that is no amount is marked. Unchanged, it keeps its uuid."""
        amounts = []
        for field, read in (
            (self.weight, read_weight),
            (self.per_kg, parse_amount),
            (self.dose, parse_amount),
        ):
            amount = read(field.text())
            set_look(field, invalid=amount is None)
            amounts.append(amount)
        kg, per_kg, milligrams = amounts
        if kg is None or per_kg is None or milligrams is None:
            self.said.setText(tr("Fill in the marked fields with plain numbers."))
            return None
        made = OrderDraft(
            ordered_by=self.ordered_by.currentText().strip(),
            weight=kg,
            dose_per_kg=per_kg,
            dose=milligrams,
            duration=self.duration.value(),
            route=str(self.route.currentData()),
            preparation=self._preparation(),
            preparation_note=self.remark.text().strip(),
        )
        kept = self._draft
        if kept is not None and _same(kept, made):
            return kept
        self._draft = made
        return made


def _same(one: OrderDraft, other: OrderDraft) -> bool:
    from dataclasses import replace

    return replace(one, uuid=other.uuid) == other


def _line(name: str, title: str, placeholder: str) -> QLineEdit:
    made = QLineEdit()
    made.setObjectName(name)
    made.setAccessibleName(title)
    made.setPlaceholderText(placeholder)
    made.setMaxLength(120)
    return made


def _title(text: str) -> Label:
    return Label(text, tone="muted")


def _beside(*widgets: QWidget) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    for widget in widgets:
        if isinstance(widget, QLineEdit):
            widget.setFixedWidth(theme.px(130))
        row.addWidget(widget)
    row.addStretch(1)
    return box
