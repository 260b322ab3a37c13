"""An order in a few lines, with the volumes that follow from its preparation."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from ketadesk.domain.dosing import dose as product_of
from ketadesk.domain.dosing import draw, mix, show
from ketadesk.domain.preparation import BagMode, Preparation
from ketadesk.domain.protocols import Route
from ketadesk.domain.session_record import SessionRecord
from ketadesk.domain.sessions import Order
from ketadesk.i18n import tr
from ketadesk.ui import words as screen_words
from ketadesk.ui.theme import TextSize, Tone
from ketadesk.ui.workplace import Workplace


class OrderLine(NamedTuple):
    """A line of an order and how it looks."""

    text: str
    size: TextSize = "body"
    tone: Tone = "ink"
    strong: bool = False
    least: bool = False
    """Left out where there is little room."""


def route_words(value: str) -> str:
    return screen_words.word(Route(value)) if value in tuple(Route) else value


def order_lines(record: SessionRecord, workplace: Workplace) -> list[OrderLine]:
    """The dose large, how it was reckoned, how it is prepared, who wrote it down."""
    order = record.order
    assert order is not None
    lines = [OrderLine(tr("{dose} mg", dose=show(order.dose)), "title", strong=True)]
    lines.append(OrderLine(reckoning(order)))
    *mixed, last = preparation_lines(order) or [""]
    lines += [OrderLine(text, least=True) for text in mixed]
    lines += [OrderLine(last)] if last else []
    at = screen_words.clock(workplace.local(order.entered_at))
    name = record.staff_names.get(order.entered_by, "")
    written = tr("written by {name} {at}", name=name, at=at)
    kept = order.preparation
    mode = mode_words(kept.mode) if kept is not None and kept.mode is not None else ""
    said = " · ".join(part for part in (mode, written) if part)
    lines.append(OrderLine(said, "note", "muted", least=True))
    return lines


def brief(lines: Sequence[OrderLine]) -> list[OrderLine]:
    """The dose, how it was reckoned, how fast it runs: what large text leaves room for."""
    return [line for line in lines if not line.least]


def reckoning(order: Order) -> str:
    return tr(
        "{per_kg} mg/kg × {weight} kg · {route} · {minutes} min",
        per_kg=show(order.dose_per_kg),
        weight=show(order.weight),
        route=route_words(order.route),
        minutes=order.duration,
    )


def preparation_lines(order: Order) -> list[str]:
    """Volumes and rate from the preparation, then what was written in words."""
    lines = []
    if order.preparation is not None:
        lines += mixing_lines(order.preparation, order.dose, order.duration)
    if order.preparation_note:
        lines.append(order.preparation_note)
    return lines


def mixing_lines(preparation: Preparation, dose: Decimal, minutes: int) -> list[str]:
    """ "50 mg/mL → draw 0.7 mL", "bag 100 mL → 0.35 mg/mL", "150 mL/h for 40 min"."""
    drawn = show(draw(dose, preparation.strength), 2)
    lines = [
        tr("{strength} mg/mL → draw {drawn} mL", strength=show(preparation.strength), drawn=drawn)
    ]
    if preparation.bag is not None and preparation.mode is not None:
        mixture = mix(
            dose,
            strength=preparation.strength,
            bag=preparation.bag,
            mode=preparation.mode,
            minutes=minutes,
        )
        lines.append(
            tr(
                "bag {bag} mL → {strength} mg/mL",
                bag=show(preparation.bag),
                strength=show(mixture.strength, 3),
            )
        )
        lines.append(
            tr("{rate} mL/h for {minutes} min", rate=show(mixture.rate, 1), minutes=minutes)
        )
    return lines


def mode_words(mode: BagMode) -> str:
    return tr("volume withdrawn") if mode is BagMode.WITHDRAW else tr("added to the bag")


def both_ways(kg: Decimal | None, per_kg: Decimal | None, milligrams: Decimal | None) -> str:
    """mg from mg/kg and mg/kg from mg, each as far as its two amounts are typed."""
    said: list[str] = []
    if kg is not None and per_kg is not None:
        said.append(
            tr(
                "{per_kg} × {kg} = {dose} mg",
                per_kg=show(per_kg),
                kg=show(kg),
                dose=show(product_of(kg, per_kg)),
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
    return " · ".join(said)


def range_words(name: str, low: Decimal, high: Decimal) -> str:
    """The protocol's own range, in mg/kg."""
    return tr("{name}: {low} to {high} mg/kg", name=name, low=show(low), high=show(high))
