"""A day on the command line."""

from datetime import date, timedelta
from typing import Any

import click

from ketadesk.clock import system_clock

_BY_NAME = {"yesterday": -1, "today": 0, "tomorrow": 1}


class Day(click.ParamType[date]):
    """An ISO date, or yesterday, today or tomorrow on this machine's calendar."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        if value in _BY_NAME:
            return system_clock().astimezone().date() + timedelta(days=_BY_NAME[value])
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day such as 2026-11-22 or today.", param, ctx)


DAY = Day()
