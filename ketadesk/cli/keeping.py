"""`ketadesk check`, `backup` and `restore`: keeping the clinic file whole."""

from pathlib import Path

import click

from ketadesk.cli.clinic_file import (
    FILE_NAME,
    default_file,
    existing_file,
    make_default_folder,
    named_file,
    opened,
)
from ketadesk.cli.ending import FAILED
from ketadesk.clock import system_clock
from ketadesk.i18n import sentence, tr

MOST_SHOWN = 20
"""Findings of one check that are listed; the rest is counted."""


@click.command()
@click.pass_context
def check(context: click.Context) -> None:
    """Check the clinic file: damage, schema, overlaps, and that the audit explains every row."""
    from ketadesk.services import keeping

    with opened(context, for_reading=True, damaged=True) as db:
        found = keeping.check(db)
        file = db.path
    for name, findings in found.items():
        click.echo(f"{name}: " + (str(len(findings)) if findings else tr("nothing found")))
        for finding in findings[:MOST_SHOWN]:
            click.echo("  " + sentence(finding.code, finding.values))
        if len(findings) > MOST_SHOWN:
            click.echo("  " + tr("and {more} more", more=len(findings) - MOST_SHOWN))
    number = sum(len(findings) for findings in found.values())
    if number:
        told = tr("{file} has {number} findings; restore the newest good backup.",
                  file=file, number=number)  # fmt: skip
        click.echo(told, err=True)
        context.exit(FAILED)
    click.echo(tr("{file} is whole.", file=file))


@click.command()
@click.argument("destination", metavar="DEST", type=FILE_NAME)
@click.pass_context
def backup(context: click.Context, destination: Path) -> None:
    """Write a verified copy to DEST, a new file or a folder; the program may be running."""
    from ketadesk.services import keeping

    with opened(context, for_reading=True) as db:
        copy = keeping.back_up(db, destination, at=system_clock())
    click.echo(tr("Backed up to {copy}; the copy was checked.", copy=copy))


@click.command()
@click.argument("source", metavar="SRC", type=FILE_NAME)
@click.option("--replace", is_flag=True, help="Put it in the place of a clinic file that is there.")
@click.pass_context
def restore(context: click.Context, source: Path, replace: bool) -> None:
    """Put the backup SRC in the clinic file's place; a file it replaces is kept beside it."""
    from ketadesk.services import keeping

    file = existing_file(context) if replace else named_file(context)
    if file == default_file():
        make_default_folder()
    kept = keeping.restore(source, file, at=system_clock(), replace=replace)
    click.echo(tr("Restored {file} from {source}.", file=file, source=source))
    if kept is not None:
        click.echo(tr("The file that was there is now {kept}.", kept=kept))
