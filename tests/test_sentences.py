"""Whatever the program can say by a code has its sentence."""

import ast
from pathlib import Path

from ketadesk import i18n

SOURCES = Path(__file__).parents[1] / "ketadesk"
SAID_BY_CODE = {"Refused", "StoreError", "NotFound", "Conflict", "Finding", "PaperRefused"}


def codes() -> set[str]:
    """The codes that are written out where an error or a finding is made."""
    found = set()
    for source in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in SAID_BY_CODE
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                found.add(str(node.args[0].value))
    return found


def test_every_code_has_its_sentence() -> None:
    assert {"nothing_to_replan", "file_in_use", "row_unexplained"} <= codes()
    assert codes() - i18n.known_codes() == set()
