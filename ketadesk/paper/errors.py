"""What can go wrong on the way to a sheet: errors with a code and values, never a sentence."""

from collections.abc import Mapping

from ketadesk.domain.errors import KnownError


class PaperError(KnownError):
    """A sheet was not made; `code` names why and `values` hold what the message needs."""

    def __init__(self, code: str, values: Mapping[str, str] | None = None) -> None:
        super().__init__(code, **(values or {}))


class PaperRefused(PaperError):
    """The facts do not make a whole sheet; the person can correct them and try again."""


class WordingBroken(PaperError):
    """A wording file is missing or wrong; `values` name the file and, where known, the block."""
