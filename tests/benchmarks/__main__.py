"""`make bench`: one table of ratios against raw limits measured in the same run."""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks import importing, painting, reading, sample, sheets, starting, storing
from tests.benchmarks.measure import HEAD, Measured, row


def measured(folder: Path) -> Iterator[Measured]:
    """Row by row, each group on a clinic file that nobody else has open."""
    clinic = sample.clinic(folder)
    yield from starting.measure(clinic, bytecode=sample.KEPT / "bytecode")
    yield from painting.measure(clinic)
    yield from storing.measure(clinic)
    yield from sheets.measure(clinic)
    yield from importing.measure(sample.clinic(folder, patients=0), folder)
    yield from reading.measure(clinic)


def main() -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory(prefix="ketadesk-bench-") as folder:
        os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_STATE_HOME"] = folder
        for line in HEAD:
            print(line)
        for found in measured(Path(folder)):
            print(row(found.cells()))
            sys.stdout.flush()


main()
