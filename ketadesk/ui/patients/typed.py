"""Dates and phone numbers as the clinic's people type them."""

from datetime import date

from ketadesk.domain.dates import DateOrder, read_date, read_day
from ketadesk.domain.errors import Refused
from ketadesk.i18n import tr
from ketadesk.ui.widgets.reading_field import ReadingField
from ketadesk.ui.words import date_text
from ketadesk.ui.workplace import Workplace


def clinic_order(workplace: Workplace, text: str) -> DateOrder | None:
    """What 3/4 means here: month first in the US, day first elsewhere; dots are never sure."""
    if "." in text or workplace.frame is None:
        return None
    return "mdy" if workplace.frame.clinic.country == "US" else "dmy"


def read_typed_date(workplace: Workplace, text: str) -> date:
    """A date as typed; only what is ambiguous is settled by the clinic's country."""
    try:
        return read_date(text)
    except Refused as problem:
        order = clinic_order(workplace, text)
        if problem.code != "date_ambiguous" or order is None:
            raise
        return read_date(text, order=order)


def read_typed_day(workplace: Workplace, text: str) -> date:
    """A day to plan for, as typed, counted from the clinic's today."""
    today = workplace.today()
    try:
        return read_day(text, today=today)
    except Refused as problem:
        order = clinic_order(workplace, text)
        if problem.code != "date_ambiguous" or order is None:
            raise
        return read_day(text, today=today, order=order)


def date_field(workplace: Workplace, caption: str, name: str) -> ReadingField:
    """A field for a date in the past or a date on paper; shows it in words while one types."""
    field = ReadingField(
        caption,
        read=lambda text: read_typed_date(workplace, text),
        show=date.isoformat,
        say=date_text,
        hint=tr("1985-03-14 or 3/14/1985"),
        tip=tr("Type it as you like: 1985-03-14, 3/14/1985 or 14 March 1985"),
    )
    field.line.setObjectName(name)
    return field
