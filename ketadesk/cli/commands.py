"""The command `ketadesk` with its options, and where each command under it lies.

Nothing heavy is imported before a command needs it: `ketadesk --help` answers at once.
"""

from importlib import import_module
from pathlib import Path

import click

from ketadesk import __version__
from ketadesk.cli.clinic_file import FILE_NAME

COMMANDS = {
    "sample": "ketadesk.cli.sampling:sample",
    "tour": "ketadesk.cli.touring:tour",
    "list": "ketadesk.cli.listing:list_rows",
    "import": "ketadesk.cli.importing:import_rows",
    "export": "ketadesk.cli.exporting:export",
    "print": "ketadesk.cli.printing:print_sheet",
    "check": "ketadesk.cli.keeping:check",
    "backup": "ketadesk.cli.keeping:backup",
    "restore": "ketadesk.cli.keeping:restore",
    "self-test": "ketadesk.cli.self_testing:self_test",
}
"""Where each command lies; its module is imported when it is asked for, or listed by --help."""


class Commands(click.Group):
    """The commands by name, each from its own module, in the order of the list above."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--clinic",
    "clinic_file",
    type=FILE_NAME,
    metavar="FILE",
    help="The clinic file it is for; stands before any command. Without it: the last one used.",
)
@click.option("--demo", is_flag=True, help="Open a sample clinic, made anew for today.")
@click.version_option(__version__, message="KetaDesk %(version)s")
@click.pass_context
def ketadesk(context: click.Context, clinic_file: Path | None, demo: bool) -> None:
    """KetaDesk: the desk of a small ketamine-infusion clinic. Without a command: the window."""
    context.obj = clinic_file
    if context.invoked_subcommand is not None:
        if demo:
            raise click.UsageError("--demo opens the window; it takes no command.")
        return
    if demo and clinic_file is not None:
        raise click.UsageError("--demo opens a clinic of its own; leave out --clinic.")
    from ketadesk.cli.window import open_window

    context.exit(open_window(clinic_file, demo=demo))
