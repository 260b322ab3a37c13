"""The rules of CONTRIBUTING's rooms, checked on the code as it stands."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter import cli as import_linter

from ketadesk import resources

REPOSITORY = Path(__file__).resolve().parent.parent
PACKAGE = REPOSITORY / "ketadesk"
MODULES = sorted(PACKAGE.rglob("*.py"))

# Written here; every other folder of resources holds the work of others.
OUR_OWN_RESOURCES = {"i18n", "sample", "sheets", "style", "wording"}
LUMBER_ROOMS = {"base", "common", "helper", "helpers", "manager", "misc", "shared", "util", "utils"}
SQL_STATEMENT = re.compile(
    r"\s*(SELECT\s.+\sFROM\s|INSERT\s+(OR\s+\w+\s+)?INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s"
    r"|CREATE\s+(TABLE|INDEX|TRIGGER|VIEW|VIRTUAL)\s|PRAGMA\s+\w+|BEGIN\s+IMMEDIATE)",
    re.IGNORECASE | re.DOTALL,
)


def place(module: Path) -> str:
    """Name a module as people do: its path from the repository."""
    return module.relative_to(REPOSITORY).as_posix()


def imported_modules(module: Path) -> Iterator[str]:
    """Yield the dotted name of all that a module imports, at its top or inside a function."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield ("ketadesk." if node.level else "") + (node.module or "")


def documentation(tree: ast.Module) -> set[int]:
    """Return the ids of the nodes that are docstrings, which may speak of SQL."""
    bodies = (node.body for node in ast.walk(tree) if hasattr(node, "body"))
    return {
        id(body[0].value)
        for body in bodies
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr)
    }


def test_the_import_contracts_hold(capsys: pytest.CaptureFixture[str]) -> None:
    verdict = import_linter.lint_imports(
        config_filename=str(REPOSITORY / "pyproject.toml"), no_cache=True
    )
    assert verdict == import_linter.EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_domain_stands_on_the_standard_library_alone() -> None:
    strangers = {
        f"{place(module)} imports {name}"
        for module in MODULES
        if module.is_relative_to(PACKAGE / "domain")
        for name in imported_modules(module)
        if name.split(".")[0] not in sys.stdlib_module_names
        and not f"{name}.".startswith("ketadesk.domain.")
    }
    assert not strangers


def test_display_can_speak_before_anything_is_installed() -> None:
    names = {name.split(".")[0] for name in imported_modules(PACKAGE / "display.py")}
    assert names <= sys.stdlib_module_names


def test_sql_is_written_in_store_alone() -> None:
    found = []
    for module in MODULES:
        if module.is_relative_to(PACKAGE / "store"):
            continue
        tree = ast.parse(module.read_text(encoding="utf-8"))
        docstrings = documentation(tree)
        found += [
            f"{place(module)}:{node.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docstrings
            and SQL_STATEMENT.match(node.value)
        ]
    assert not found


def test_there_is_no_lumber_room() -> None:
    names = {module.stem for module in MODULES} | {module.parent.name for module in MODULES}
    assert not names & LUMBER_ROOMS


def test_no_query_is_compiled_anew_each_time_it_is_asked() -> None:
    """SQLite does so when a bare parameter is the limit; `+:most` means the same."""
    bare = [
        place(module)
        for module in (PACKAGE / "store").rglob("*.py")
        if re.search(r"LIMIT :", module.read_text(encoding="utf-8"))
    ]
    assert not bare


def test_every_module_opens_with_what_it_is_for() -> None:
    silent = [
        place(module)
        for module in MODULES
        if module.read_text(encoding="utf-8").strip()
        and not ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))
    ]
    assert not silent


def test_bundled_work_of_others_has_its_licence_beside_it_and_in_the_list() -> None:
    listed = (REPOSITORY / "LICENSES.md").read_text(encoding="utf-8")
    folders = [folder for folder in resources.path().iterdir() if folder.is_dir()]
    assert folders
    for folder in folders:
        if folder.name in OUR_OWN_RESOURCES:
            continue
        assert (folder / "LICENSE").is_file(), f"{folder.name}: no LICENSE file"
        assert f"resources/{folder.name}/LICENSE" in listed, f"{folder.name}: not in LICENSES.md"


def test_resources_are_found_and_read_as_they_are() -> None:
    assert resources.path("fonts").is_dir()
    licence = resources.data("icons", "LICENSE")
    assert resources.text("icons", "LICENSE").encode() == licence.replace(b"\r\n", b"\n")
    with pytest.raises(FileNotFoundError):
        resources.text("icons", "no-such-icon.svg")
