"""A day on the command line."""

from datetime import date, timedelta
from typing import Any

import click

_BY_NAME = {"yesterday": timedelta(-1), "today": timedelta(0), "tomorrow": timedelta(1)}

GivenDay = date | timedelta
"""A day, or its distance from today, which is known once the clinic's zone is."""


class Day(click.ParamType[GivenDay]):
    """An ISO date, or yesterday, today or tomorrow on the clinic's calendar."""

    name = "day"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> GivenDay:
        if isinstance(value, date | timedelta):
            return value
        if value in _BY_NAME:
            return _BY_NAME[value]
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day such as 2026-11-22 or today.", param, ctx)


DAY = Day()


def on_calendar(given: GivenDay | None, *, today: date) -> date | None:
    """The day that was given, with `today` on the clinic's calendar."""
    return today + given if isinstance(given, timedelta) else given


def refuse_backwards(first: GivenDay | None, last: GivenDay | None) -> None:
    """Wrong usage when the last day is before the first; two of one kind can be told early."""
    backwards = (isinstance(first, date) and isinstance(last, date) and last < first) or (
        isinstance(first, timedelta) and isinstance(last, timedelta) and last < first
    )
    if backwards:
        raise click.UsageError("--to must not be before --from.")
