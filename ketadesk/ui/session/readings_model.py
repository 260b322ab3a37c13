"""The readings as rows: what was typed, what was amended, what the clinic wants seen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QWidget

from ketadesk.domain.readings import Reading
from ketadesk.i18n import tr
from ketadesk.ui.theme import Role
from ketadesk.ui.widgets.rows_model import Column, Look, RowsModel
from ketadesk.ui.words import clock

NOTHING = "–"
HIGH, LOW = "▲", "▼"
COLUMNS = (
    "time",
    "blood_pressure",
    "heart_rate",
    "oxygen_saturation",
    "respiratory_rate",
    "moaas",
    "dissociation",
    "pain",
    "note",
)


@dataclass(frozen=True)
class Attention:
    """Why a value of a reading wants to be seen: the column, the sentence, the role, which way."""

    column: str
    words: str
    role: Role
    low: bool = False


@dataclass(frozen=True)
class ReadingRow:
    """A reading with what is said about it; `struck` when it no longer counts."""

    reading: Reading
    struck: bool = False
    struck_words: str = ""
    attention: tuple[Attention, ...] = ()


def readings_model(local: Callable[[datetime], datetime], parent: QWidget) -> RowsModel[ReadingRow]:
    """Rows by true time; a replaced reading stays, struck through."""
    titles = (
        tr("Time"),
        tr("BP"),
        tr("HR"),
        tr("SpO₂"),
        tr("RR"),
        tr("MOAA/S"),
        tr("Diss."),
        tr("Pain"),
        tr("Note"),
    )
    columns = [
        Column(
            title,
            partial(_shown, local, column),
            strong=False,
            look=partial(_look, column),
            tip=partial(_tip, column),
            spoken=partial(_spoken, local, column),
        )
        for title, column in zip(titles, COLUMNS, strict=True)
    ]
    return RowsModel(columns, key=lambda row: row.reading.id, describe=_described, parent=parent)


def _shown(local: Callable[[datetime], datetime], column: str, row: ReadingRow) -> str:
    found = _wants_to_be_seen(column, row)
    sign = "" if found is None else f" {LOW if found.low else HIGH}"
    return _text(local, column, row) + sign


def _spoken(local: Callable[[datetime], datetime], column: str, row: ReadingRow) -> str:
    """The value with "high" or "low" instead of its arrow."""
    text, found = _text(local, column, row), _wants_to_be_seen(column, row)
    if found is None:
        return text
    return tr("{value}, low", value=text) if found.low else tr("{value}, high", value=text)


def _text(local: Callable[[datetime], datetime], column: str, row: ReadingRow) -> str:
    vitals = row.reading.vitals
    if column == "time":
        return clock(local(row.reading.taken_at))
    if column == "blood_pressure":
        return vitals.pressure or NOTHING
    if column == "note":
        return _note(row)
    value = getattr(vitals, column)
    return NOTHING if value is None else str(value)


def _wants_to_be_seen(column: str, row: ReadingRow) -> Attention | None:
    """Why the value does, the gravest reason first; one that no longer counts does not."""
    if row.struck:
        return None
    return next((found for found in row.attention if found.column == column), None)


def _look(column: str, row: ReadingRow) -> Look:
    """A flagged value in its colour and bold, what no longer counts struck through."""
    if row.struck:
        return Look("muted", struck=column != "note")
    found = _wants_to_be_seen(column, row)
    strong = column == "blood_pressure" or found is not None
    return Look(found.role if found else None, strong=strong)


def _tip(column: str, row: ReadingRow) -> str:
    said = [found.words for found in row.attention if found.column == column]
    return "\n".join([*said, *([row.struck_words] if row.struck_words else [])])


def _described(row: ReadingRow) -> str:
    """All that is remarkable about a reading, for whoever listens."""
    said = [found.words for found in row.attention]
    return "\n".join([*said, *([row.struck_words] if row.struck_words else [])])


def _note(row: ReadingRow) -> str:
    vitals = row.reading.vitals
    parts = [] if vitals.oxygen_flow is None else [tr("O₂ {flow} L/min", flow=vitals.oxygen_flow)]
    if vitals.note:
        parts.append(vitals.note)
    if row.reading.amend_reason:
        parts.append(tr("amended: {reason}", reason=row.reading.amend_reason))
    if row.struck_words:
        parts.append(row.struck_words)
    return " · ".join(parts)
