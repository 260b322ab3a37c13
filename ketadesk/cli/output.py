"""Standard output as a place that can fail: full, closed, or unable to hold every letter."""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

OUTPUT = 1
"""The descriptor of standard output."""


class OutputLost(Exception):
    """What was to be told could not be written anywhere."""


class _Output(io.FileIO):
    """Tells a failure of the output from that of any other file."""

    def write(self, content: Any) -> int:
        try:
            return super().write(content) or 0
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputLost(error.strerror or "") from None


@contextmanager
def standard_output() -> Iterator[None]:
    """Lets a command write what no encoding holds (as \\udcff), and says when nothing arrives."""
    _occupy_closed()
    usual = sys.stdout
    if usual is not None and usual.isatty():
        if isinstance(usual, io.TextIOWrapper):
            usual.reconfigure(errors="backslashreplace")
        yield
        return
    raw = io.BufferedWriter(_Output(OUTPUT, "w", closefd=False))
    encoding = "utf-8" if usual is None else usual.encoding
    sys.stdout = io.TextIOWrapper(raw, encoding=encoding, errors="backslashreplace")
    try:
        yield
    finally:
        forget_output()
        sys.stdout.flush()
        sys.stdout = usual


def forget_output() -> None:
    """Nothing is left to say to a reader who has gone, not even while Python shuts down."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, OUTPUT)
    os.close(nowhere)


def _occupy_closed() -> None:
    """No clinic file may be opened as the descriptor that others take for the output."""
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDONLY)
