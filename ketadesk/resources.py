"""Where the bundled files lie: fonts, icons, sheet templates, wording.

Not for files that the clinic makes; those lie where the settings say.
"""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def _root() -> Path:
    """Return the bundled files' folder: inside the package where installed or frozen."""
    installed = _PACKAGE / "_resources"
    return installed if installed.is_dir() else _PACKAGE.parent / "resources"


def path(*parts: str) -> Path:
    """Return the path of a bundled file or folder, which need not exist: `path("icons")`."""
    return _root().joinpath(*parts)


def text(*parts: str) -> str:
    """Return a bundled UTF-8 file as text with `\\n` line ends; raises `FileNotFoundError`."""
    return path(*parts).read_text(encoding="utf-8")


def data(*parts: str) -> bytes:
    """Return a bundled file as it is; raises `FileNotFoundError`."""
    return path(*parts).read_bytes()
