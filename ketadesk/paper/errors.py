"""What can go wrong on the way to a sheet: errors with a code and values, never a sentence."""

from collections.abc import Mapping


class PaperError(Exception):
    """A sheet was not made; `code` names why and `values` hold what the message needs."""

    def __init__(self, code: str, values: Mapping[str, str] | None = None) -> None:
        super().__init__(code, dict(values or {}))
        self.code = code
        self.values: Mapping[str, str] = dict(values or {})


class PaperRefused(PaperError):
    """The facts do not make a whole sheet; the person can correct them and try again."""


class WordingBroken(PaperError):
    """A wording file is missing or wrong; `values` name the file and, where known, the block."""
