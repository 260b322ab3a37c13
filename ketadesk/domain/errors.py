"""The errors that a person can act on. Anything else that is raised is a defect of the program.

An error carries a code and values; the sentence a person reads is made from them at the edge
(`ketadesk.i18n`), so that rules and the store never hold texts.
"""

from collections.abc import Mapping

Value = str | int | float | bool | None


class KnownError(Exception):
    """Something a person can act on, told through one door with a clear sentence."""

    def __init__(self, code: str, **values: Value) -> None:
        super().__init__(code, values)
        self.code = code
        self.values: Mapping[str, Value] = values

    def __str__(self) -> str:
        return f"{self.code} {dict(self.values)}"


class Refused(KnownError):
    """A rule says no. With `may_override`, a person may go on and give a reason that is kept."""

    def __init__(self, code: str, *, may_override: bool = False, **values: Value) -> None:
        super().__init__(code, **values)
        self.may_override = may_override


class Conflict(KnownError):
    """Someone else changed the same thing meanwhile; nothing was written."""


class NotFound(KnownError):
    """What was asked for is not in the clinic file."""
