"""The command line: what people and other programs start. It composes; it decides nothing.

This module imports nothing, so that Ctrl+C is met from the first moment on.
"""

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED = 130


def main(arguments: "Sequence[str] | None" = None) -> None:
    """Runs a command line and ends the process.

    0 when it is done, 1 with one sentence, 2 for wrong usage, 130 when Ctrl+C stopped it.
    """
    try:
        from ketadesk.cli.commands import ketadesk
        from ketadesk.cli.ending import told
        from ketadesk.cli.output import standard_output

        with standard_output():
            code = told(ketadesk, arguments)
    except KeyboardInterrupt:
        code = INTERRUPTED
    sys.exit(code)
