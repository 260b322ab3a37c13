"""How a command ends: quietly, with one sentence a person can act on, or with a defect's report.

No traceback ever reaches a user; a defect's details go into a local file without patient data.
"""

import sys
from collections.abc import Sequence

import click

from ketadesk import i18n
from ketadesk.cli import INTERRUPTED
from ketadesk.cli.output import OutputLost, forget_output
from ketadesk.domain.errors import KnownError
from ketadesk.i18n import tr

DONE, FAILED, WRONG_USAGE = 0, 1, 2


def told(command: click.Command, arguments: Sequence[str] | None) -> int:
    """Runs the command; returns the exit code, with everything told that there is to tell."""
    given = None if arguments is None else list(arguments)
    try:
        code = command.main(args=given, prog_name="ketadesk", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return WRONG_USAGE if isinstance(error, click.UsageError) else FAILED
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        forget_output()
        return DONE
    except OutputLost as error:
        return fail(i18n.sentence("output_lost", {"detail": error}))
    except KnownError as error:
        return fail(i18n.sentence(error.code, error.values))
    except Exception as error:  # noqa: BLE001 - the last line of defence: a person gets a sentence
        return fail(_defect(error))
    return code if isinstance(code, int) else DONE


def fail(sentence: str) -> int:
    """One sentence on stderr, on one line; returns the exit code that goes with it."""
    click.echo(" ".join(sentence.split()), err=True)
    return FAILED


def _defect(error: Exception) -> str:
    from ketadesk import defects
    from ketadesk.settings import log_folder

    log = defects.keep(error, log_folder())
    kind = type(error).__name__
    if log is None:
        return tr("This is a defect of KetaDesk, nothing was lost ({kind}).", kind=kind)
    return tr("This is a defect of KetaDesk, nothing was lost; details in {log}.", log=log)
