"""The fields of one protocol, and the protocol as they say it."""

from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ketadesk.domain.protocols import Protocol, Route, SegmentMinutes, Tier, VitalsInterval
from ketadesk.domain.sessions import Phase
from ketadesk.i18n import tr
from ketadesk.ui import words
from ketadesk.ui.widgets.field import ChoiceField, Field, TextField
from ketadesk.ui.widgets.field_grid import FieldGrid
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.spin_fields import DecimalField, NumberField


@dataclass(frozen=True)
class ProtocolValues:
    """What `services.clinic` needs of a protocol; dose bounds in mg/kg as decimal text."""

    name: str
    route: Route
    tier: Tier
    segments: SegmentMinutes
    vitals_plan: tuple[VitalsInterval, ...]
    dose_low: str | None
    dose_high: str | None


def values_of(protocol: Protocol) -> ProtocolValues:
    """A kept protocol as the form's values."""
    return ProtocolValues(
        protocol.name,
        protocol.route,
        protocol.tier,
        protocol.segments,
        protocol.vitals_plan,
        _text(protocol.dose_low),
        _text(protocol.dose_high),
    )


NEW = ProtocolValues(
    "",
    Route.INTRAVENOUS,
    Tier.LOW,
    SegmentMinutes(15, 40, 45, 15),
    (
        VitalsInterval(Phase.INFUSING, 5, 20),
        VitalsInterval(Phase.INFUSING, 10),
        VitalsInterval(Phase.RECOVERING, 15),
    ),
    None,
    None,
)
"""What the form starts from; the clinic sets its own lengths and intervals before it saves."""


class ProtocolForm(QWidget):
    """A plan of another shape than the three intervals is kept as it is until one is changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = NEW
        self.name = TextField(tr("Name"), name="protocol_name")
        routes = [(words.word(route), route.value) for route in Route]
        self.route = ChoiceField(tr("Route"), routes, name="protocol_route")
        tiers = [(words.word(tier), tier.value) for tier in Tier]
        self.tier = ChoiceField(tr("Tier"), tiers, name="protocol_tier")
        self.lengths = [_minutes(f"protocol_{part}") for part in _PARTS]
        self.first = _minutes("vitals_first", least=1)
        self.until = _minutes("vitals_until")
        self.then = _minutes("vitals_then", least=1)
        self.recovery = _minutes("vitals_recovery", least=1)
        self.low = _bound("dose_low")
        self.high = _bound("dose_high")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        head = FieldGrid(columns=2)
        head.add(self.name, span=2)
        head.add(self.route)
        head.add(self.tier)
        column.addWidget(head)
        column.addWidget(Label(tr("Minutes"), strong=True, size="note"))
        lengths = FieldGrid(columns=4)
        for word, field in zip(_PARTS.values(), self.lengths, strict=True):
            lengths.add(Field(tr(word), field))
        column.addWidget(lengths)
        column.addWidget(Label(tr("Vital signs, every … minutes"), strong=True, size="note"))
        plan = FieldGrid(columns=4)
        plan.add(Field(tr("At first"), self.first))
        plan.add(Field(tr("until minute"), self.until))
        plan.add(Field(tr("Then"), self.then))
        plan.add(Field(tr("Recovery"), self.recovery))
        column.addWidget(plan)
        column.addWidget(Label(tr("Dose range, mg/kg (0: not set)"), strong=True, size="note"))
        bounds = FieldGrid(columns=4)
        bounds.add(Field(tr("From"), self.low))
        bounds.add(Field(tr("To"), self.high))
        column.addWidget(bounds)
        self.show_values(NEW)

    def show_values(self, values: ProtocolValues) -> None:
        """Fills the fields."""
        self._shown = values
        self.name.set_text(values.name)
        self.route.choose(values.route.value)
        self.tier.choose(values.tier.value)
        segments = values.segments
        lengths = (segments.check_in, segments.infusion, segments.recovery, segments.turnover)
        for field, length in zip(self.lengths, lengths, strict=True):
            field.setValue(length)
        for field, value in zip(self._plan_fields(), _numbers(values.vitals_plan), strict=True):
            field.setValue(value)
        self.low.setValue(float(values.dose_low or 0))
        self.high.setValue(float(values.dose_high or 0))

    def values(self) -> ProtocolValues:
        """What the fields say now."""
        check_in, infusion, recovery, turnover = (field.value() for field in self.lengths)
        return ProtocolValues(
            self.name.text().strip(),
            Route(self.route.chosen()),
            Tier(self.tier.chosen()),
            SegmentMinutes(check_in, infusion, recovery, turnover),
            self._plan(),
            self._bound(self.low, self._shown.dose_low),
            self._bound(self.high, self._shown.dose_high),
        )

    @property
    def unsaved(self) -> bool:
        """Whether something was typed that would be lost."""
        return self.dirty()

    def dirty(self) -> bool:
        """Whether something was typed that is not kept yet."""
        return self.values() != self._shown

    def _plan_fields(self) -> tuple[NumberField, ...]:
        return (self.first, self.until, self.then, self.recovery)

    def _plan(self) -> tuple[VitalsInterval, ...]:
        numbers = tuple(field.value() for field in self._plan_fields())
        if numbers == _numbers(self._shown.vitals_plan):
            return self._shown.vitals_plan
        first, until, then, recovery = numbers
        early = (VitalsInterval(Phase.INFUSING, first, until),) if until else ()
        return (
            *early,
            VitalsInterval(Phase.INFUSING, then),
            VitalsInterval(Phase.RECOVERING, recovery),
        )

    def _bound(self, field: DecimalField, kept: str | None) -> str | None:
        """The number as typed; a kept one that was not touched stays to the last digit."""
        if kept is not None and round(float(kept), field.decimals()) == field.value():
            return kept
        return field.cleanText() if field.value() else None


_PARTS = {
    "check_in": "Check-in",
    "infusion": "Infusion",
    "recovery": "Recovery",
    "turnover": "Turnover",
}


def _numbers(plan: tuple[VitalsInterval, ...]) -> tuple[int, int, int, int]:
    """First interval, until which minute, interval after it, interval in recovery."""
    infusing = [interval for interval in plan if interval.phase is Phase.INFUSING]
    recovering = [interval for interval in plan if interval.phase is Phase.RECOVERING]
    limited = next((interval for interval in infusing if interval.until is not None), None)
    open_ended = next((interval for interval in infusing if interval.until is None), None)
    last = open_ended or limited
    return (
        limited.every if limited else (last.every if last else 5),
        (limited.until or 0) if limited else 0,
        last.every if last else 10,
        recovering[0].every if recovering else 15,
    )


def _minutes(name: str, *, least: int = 0) -> NumberField:
    field = NumberField(name=name, least=least, most=720)
    field.setObjectName(name)
    return field


def _bound(name: str) -> DecimalField:
    field = DecimalField(name=name, decimals=2, least=0, most=20)
    field.setObjectName(name)
    return field


def _text(bound: Decimal | None) -> str | None:
    return None if bound is None else str(bound)
