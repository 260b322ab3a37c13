"""`ketadesk tour`: plays the sample day without a display and leaves pictures and PDFs."""

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from ketadesk import display
from ketadesk.cli.clinic_file import FILE_NAME
from ketadesk.cli.ending import FAILED, fail
from ketadesk.i18n import tr

SCREEN = {
    "name": "desk",
    "x": 0,
    "y": 0,
    "width": 1366,
    "height": 768,
    "dpr": 1,
    "logicalDpi": 96,
    "logicalBaseDpi": 96,
}
"""What a clinic's desk has at least; Qt's own screen in memory is 800 x 800."""


@click.command()
@click.argument("folder", metavar="DIR", type=FILE_NAME)
@click.pass_context
def tour(context: click.Context, folder: Path) -> None:
    """Play a sample day without a display: pictures of every view and the sheets, in DIR."""
    if context.obj is not None:
        raise click.UsageError("tour plays on a sample clinic of its own; leave out --clinic.")
    context.exit(walk_and_tell(folder))


def walk_and_tell(folder: Path) -> int:
    """Walks through the program and lists what the walk left; returns the exit code."""
    missing = display.missing_libraries("offscreen")
    if missing:
        from ketadesk.cli.window import lacking

        return fail(lacking(missing))
    with tempfile.TemporaryDirectory() as folder_of_screen:
        screen = Path(folder_of_screen) / "screen.json"
        screen.write_text(json.dumps({"screens": [SCREEN]}), encoding="utf-8")
        with _platform(f"offscreen:configfile={screen}"):
            from ketadesk.tour import walk

            left = walk(folder)
    for path in left.files:
        click.echo(str(path))
    if left.missed:
        click.echo(tr("Not shown: {steps}", steps=", ".join(left.missed)), err=True)
        return FAILED
    click.echo(tr("{count} files in {folder}", count=len(left.files), folder=folder))
    return 0


@contextmanager
def _platform(wanted: str) -> Iterator[None]:
    """What Qt starts on meanwhile; a later start must not look for a screen that is gone."""
    before = os.environ.get("QT_QPA_PLATFORM")
    os.environ["QT_QPA_PLATFORM"] = wanted
    try:
        yield
    finally:
        if before is None:
            del os.environ["QT_QPA_PLATFORM"]
        else:
            os.environ["QT_QPA_PLATFORM"] = before
