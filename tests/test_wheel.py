"""Whether the wheel alone makes a working KetaDesk: built, installed into a bare environment, run.

The installation asks the package registry, as `make` did when it set up this environment.
"""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel with the backend of this environment, so that building fetches nothing."""
    folder = tmp_path_factory.mktemp("dist")
    build = ["wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder)]
    subprocess.run([*PIP, *build, str(REPOSITORY)], check=True)
    (built,) = folder.glob("ketadesk-*.whl")
    return built


def test_the_wheel_carries_the_package_and_its_resources_and_nothing_else(wheel: Path) -> None:
    code = {file.relative_to(REPOSITORY) for file in (REPOSITORY / "ketadesk").rglob("*.py")}
    bundled = {
        Path("ketadesk", "_resources", file.relative_to(REPOSITORY / "resources"))
        for file in (REPOSITORY / "resources").rglob("*")
        if file.is_file()
    }
    wanted = {file.as_posix() for file in code | bundled}
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    carried = {name for name in names if not name.startswith("ketadesk-")}
    assert wanted <= carried
    assert all(name.startswith("ketadesk/") for name in carried)
    licences = {name.partition("/licenses/")[2] for name in names if "/licenses/" in name}
    assert licences == {"LICENSE", "LICENSES.md"}


def test_an_empty_environment_becomes_a_working_ketadesk(wheel: Path, tmp_path: Path) -> None:
    """All that it needs must come from the wheel's own metadata, and nothing from this checkout."""
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    binaries = environment / ("Scripts" if sys.platform == "win32" else "bin")
    install = ["install", "--quiet", "-c", str(REPOSITORY / "constraints.txt"), str(wheel)]
    subprocess.run([*PIP, "--python", str(environment), *install], cwd=tmp_path, check=True)
    variables = {name: value for name, value in os.environ.items() if name[:6] != "PYTHON"}
    answer = subprocess.run(
        [binaries / "ketadesk", "self-test"],
        cwd=tmp_path,
        env=variables | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "self-test" in answer.stdout
    assert str(REPOSITORY) not in answer.stdout
