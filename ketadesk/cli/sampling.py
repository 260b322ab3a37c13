"""`ketadesk sample`: makes the invented clinic."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from ketadesk.cli.clinic_file import FILE_NAME
from ketadesk.clock import system_clock
from ketadesk.domain.errors import Refused
from ketadesk.i18n import tr

if TYPE_CHECKING:
    from ketadesk.sample.making import SampleOrder


@click.command()
@click.argument("file", type=FILE_NAME)
@click.option("--patients", type=click.IntRange(0, 100_000), default=150, show_default=True,
              help="How many; 0 makes an empty clinic with its settings.")  # fmt: skip
@click.option("--years", type=click.IntRange(1, 30), default=1, show_default=True,
              help="How far back the appointments go.")  # fmt: skip
@click.option("--seed", type=int, default=1, show_default=True,
              help="The same seed on the same day makes the same clinic.")  # fmt: skip
@click.option("--force", is_flag=True, help="Overwrite FILE if it is there.")
def sample(file: Path, patients: int, years: int, seed: int, force: bool) -> None:
    """Make a sample clinic in FILE: invented people around today, as at 10:42 in the morning."""
    from ketadesk.sample import making
    from ketadesk.services import keeping

    if keeping.is_there(file) and not force:
        raise Refused("sample_file_exists", file=str(file))
    zone_name = machine_zone()
    today = system_clock().astimezone(ZoneInfo(zone_name)).date()
    order = making.SampleOrder(today, zone_name, patients, years, seed)
    make_sample(file, order, replace=force)
    made = tr(
        "Made the sample clinic {file} with {patients} patients.", file=file, patients=patients
    )
    click.echo(made)


def make_sample(file: Path, order: "SampleOrder", *, replace: bool = False) -> None:
    """Writes the sample beside the file and puts it in its place when it is whole.

    Refused when someone else made a file there meanwhile, or has the one to replace open.
    """
    from ketadesk.sample import making
    from ketadesk.services import keeping

    with keeping.made_anew(file, replace=replace) as db, _progress() as tell:
        making.make(db, order, progress=tell)


@contextmanager
def _progress() -> Iterator[Callable[[float], None]]:
    """A bar for whoever watches a terminal; nothing in a pipe or a file."""
    length = 1000
    with click.progressbar(
        length=length, label=tr("Making the sample clinic"), file=sys.stderr, hidden=not _watched()
    ) as bar:
        yield lambda share: bar.update(max(0, round(share * length) - bar.pos))
        bar.update(length - bar.pos)


def _watched() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def machine_zone() -> str:
    """The IANA name of this machine's time zone, UTC when it has none that can be named."""
    for name in (os.environ.get("TZ", "").lstrip(":"), _linked_zone()):
        if name:
            try:
                return ZoneInfo(name).key
            except (KeyError, ValueError, OSError):
                continue
    return "UTC"


def _linked_zone() -> str:
    """From the link that Linux and macOS keep: .../zoneinfo/Europe/Madrid."""
    _, found, name = os.path.realpath("/etc/localtime").partition("zoneinfo/")
    return name if found else ""
