"""The fields of an order, reckoned both ways beside them; a dose is filled in only by a person.

Their key takes over the product that stands beside the field, to the last digit.
"""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from ketadesk.domain.clinic import Role as StaffRole
from ketadesk.domain.dosing import dose, parse_amount, show
from ketadesk.domain.preparation import BagMode, Preparation
from ketadesk.domain.protocols import Route
from ketadesk.domain.session_record import SessionRecord
from ketadesk.domain.sessions import Order, OrderDraft
from ketadesk.domain.weights import read_weight
from ketadesk.i18n import tr
from ketadesk.ui.session.order_rows import beside, row_title, rows, typed_line, unit
from ketadesk.ui.session.order_words import (
    both_ways,
    mixing_lines,
    mode_words,
    range_words,
    route_words,
)
from ketadesk.ui.session.weight import both
from ketadesk.ui.stylesheet import set_look
from ketadesk.ui.theme import Tone
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.keys import on_keys
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.spin_fields import NumberField
from ketadesk.ui.workplace import Workplace


class OrderForm(QWidget):
    """Signal: `entered()` by Enter in a text field. `typed` says whether it differs from what
    it was filled with. `mixing` says what follows from vial and bag; the page places it.
    """

    entered = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._record: SessionRecord | None = None
        self._filled: tuple[Any, ...] = ()
        self._draft: OrderDraft | None = None
        self._product = ""
        self._make_fields()
        self._lay_out()

    def _make_fields(self) -> None:
        self.ordered_by = QComboBox()
        self.ordered_by.setObjectName("order_ordered_by")
        self.ordered_by.setEditable(True)
        self.ordered_by.setAccessibleName(tr("Ordered by"))
        self.weight = typed_line("order_weight", tr("Weight"), tr("kg, or lb"))
        self.per_kg = typed_line("order_per_kg", tr("Dose per kg"), tr("mg/kg"))
        self.dose = typed_line("order_dose", tr("Dose"), tr("mg"))
        self.duration = NumberField(name=tr("Duration in minutes"), least=1, most=600)
        self.duration.setObjectName("order_duration")
        self.duration.setSuffix(tr(" min"))
        self.route = QComboBox()
        self.route.setObjectName("order_route")
        self.route.setAccessibleName(tr("Route"))
        for route in Route:
            self.route.addItem(route_words(route.value), route.value)
        self.strength = typed_line("order_strength", tr("Vial strength"), tr("mg/mL"))
        self.bag = typed_line("order_bag", tr("Bag volume"), tr("mL"))
        self.mode = QComboBox()
        self.mode.setObjectName("order_mode")
        self.mode.setAccessibleName(tr("How the drug goes into the bag"))
        for mode in BagMode:
            self.mode.addItem(mode_words(mode), mode.value)
        self.remark = typed_line(
            "order_preparation", tr("Preparation in words"), tr("what else belongs to it")
        )
        self.take = Button("", key="=", role="link", bind=False)
        self.take.setObjectName("order_take_dose")
        self.take.clicked.connect(self._take_dose)
        self.take.hide()
        on_keys(self.dose, {"=": self._take_dose, "Shift+=": self._take_dose})
        for field in (self.weight, self.per_kg, self.dose, self.strength, self.bag):
            field.textChanged.connect(self._reckon)
            field.returnPressed.connect(self.entered)
        self.remark.returnPressed.connect(self.entered)
        self.duration.valueChanged.connect(self._reckon)
        self.mode.currentIndexChanged.connect(self._reckon)

    def _lay_out(self) -> None:
        """What is given on the left, how it is prepared on the right."""
        self._weight_said = Label("", size="note", tone="muted", wrap=True)
        self._range_said = Label("", size="note", tone="muted", wrap=True)
        self._dose_said = Label("", size="note", tone="muted", wrap=True)
        self.mixing = Label("", tone="muted", wrap=True)
        given, prepared = rows(), rows()
        given.addRow(row_title(tr("Ordered by")), self.ordered_by)
        given.addRow(row_title(tr("Weight")), beside(self.weight, self._weight_said))
        given.addRow(row_title(tr("Dose per kg")), beside(self.per_kg, self._range_said))
        given.addRow(row_title(tr("Dose in mg")), beside(self.dose, self.take, self._dose_said))
        prepared.addRow(row_title(tr("Over")), beside(self.duration, self.route))
        prepared.addRow(row_title(tr("Vial")), beside(self.strength, unit(tr("mg/mL"))))
        prepared.addRow(row_title(tr("Bag")), beside(self.bag, unit(tr("mL")), self.mode))
        prepared.addRow(row_title(tr("In words")), self.remark)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(28)
        columns.addLayout(given, 1)
        columns.addLayout(prepared, 1)

    def show_record(self, record: SessionRecord) -> None:
        """The protocol and the session to reckon with; the fields are left alone."""
        self._record = record
        self._reckon()

    @property
    def changed(self) -> bool:
        """Whether a person changed anything since it was filled."""
        return self.typed() != self._filled

    def typed(self) -> tuple[Any, ...]:
        """All that stands in the fields."""
        texts = (self.ordered_by.currentText(), *(line.text() for line in self._lines()))
        return (*texts, self.duration.value(), self.route.currentIndex(), self.mode.currentIndex())

    def show_typed(self, typed: tuple[Any, ...]) -> None:
        """What `typed` answered before, back in the fields."""
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
        """The keys go to the first field that still asks for something."""
        if not self.ordered_by.currentText():
            self.ordered_by.setFocus()
        else:
            (self.per_kg if self.weight.text() else self.weight).setFocus()

    def fill(self, record: SessionRecord) -> None:
        """The order that is written, or the empty form of one with the protocol's own length."""
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
        self._filled = self.typed()

    def _fill_weight(self, record: SessionRecord) -> None:
        kg = record.weight
        self.weight.setText(show(kg) if kg is not None else "")

    def refill_weight(self, record: SessionRecord) -> None:
        """A weight that came by the checklist; what is typed beside it stays typed."""
        typed = self.changed
        self._fill_weight(record)
        if not typed:
            self._filled = self.typed()

    def _fill_preparation(self, order: Order | None) -> None:
        kept = order.preparation if order else None
        self.strength.setText(show(kept.strength) if kept else "")
        self.bag.setText(show(kept.bag) if kept and kept.bag is not None else "")
        if kept and kept.mode is not None:
            self.mode.setCurrentIndex(self.mode.findData(kept.mode.value))
        self.remark.setText(order.preparation_note if order else "")

    @Slot()
    def _reckon(self, _value: object = None) -> None:
        """mg from mg/kg and mg/kg from mg, exact, said beside the fields; nothing is filled in."""
        kg = read_weight(self.weight.text())
        per_kg, milligrams = parse_amount(self.per_kg.text()), parse_amount(self.dose.text())
        self._weight_said.setText(both(kg) if kg is not None else "")
        self._show_range(per_kg)
        self._dose_said.setText(both_ways(kg, per_kg, milligrams))
        self._offer(None if kg is None or per_kg is None else dose(kg, per_kg))
        self._show_mixing(milligrams)

    def _offer(self, product: Decimal | None) -> None:
        """What `=` would take over, while no dose is typed."""
        offered = product is not None and not self.dose.text().strip()
        self._product = show(product) if offered and product is not None else ""
        if self._product:
            self.take.set_text(tr("Take {dose} mg", dose=self._product))
        self.take.setVisible(offered)

    @Slot()
    def _take_dose(self) -> bool:
        """Takes the product over into the empty field; `=` is never a character of an amount."""
        if self._product:
            self.dose.setFocus()
            self.dose.setText(self._product)
            self.dose.setModified(True)
        return True

    def _show_range(self, per_kg: Decimal | None) -> None:
        protocol = self._record.protocol if self._record else None
        if protocol is None or protocol.dose_low is None or protocol.dose_high is None:
            self._range_said.setText("")
            return
        outside = per_kg is not None and not protocol.dose_low <= per_kg <= protocol.dose_high
        tone: Tone = "amber" if outside else "muted"
        said = range_words(protocol.name, protocol.dose_low, protocol.dose_high)
        self._range_said.setText(tr("outside {range}", range=said) if outside else said)
        self._range_said.set_tone(tone)

    def _show_mixing(self, milligrams: Decimal | None) -> None:
        preparation = self._preparation()
        if preparation is None or not milligrams:
            self.mixing.setText("")
            return
        lines = mixing_lines(preparation, milligrams, self.duration.value())
        self.mixing.setText(" · ".join(lines))

    def _preparation(self) -> Preparation | None:
        strength, bag = parse_amount(self.strength.text()), parse_amount(self.bag.text())
        if not strength:
            return None
        if not bag:
            return Preparation(strength)
        return Preparation(strength, bag, BagMode(str(self.mode.currentData())))

    def draft(self) -> OrderDraft | None:
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
    return replace(one, uuid=other.uuid) == other
