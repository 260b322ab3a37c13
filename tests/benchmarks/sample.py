"""The clinic that is measured: ten years, 20,000 patients, about 200,000 appointments."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from ketadesk.store.migrations import STEPS

HERE = Path(__file__).resolve().parents[2]
KEPT = HERE / ".bench"
"""Not in the repository: the clinic takes some minutes to make and is kept for the next run."""

PATIENTS, YEARS = 20_000, 10
_MAKES_IT = ("domain", "store", "sample")


def clinic(folder: Path, *, patients: int = PATIENTS) -> Path:
    """A copy of the clinic in a folder, to be written into; without patients an empty clinic."""
    KEPT.mkdir(mode=0o700, exist_ok=True)
    kept = KEPT / f"clinic-{patients}-schema-{len(STEPS)}-{_code()}.ketadesk"
    if not kept.exists():
        for old in KEPT.glob(f"clinic-{patients}-*"):
            old.unlink()  # other schemas among them: what an upgrade does is not what is measured
        order = ("--patients", str(patients), "--years", str(YEARS))
        subprocess.run([sys.executable, "-m", "ketadesk", "sample", str(kept), *order], check=True)
    return Path(shutil.copy(kept, folder))


def _code() -> str:
    """Names the code that makes the clinic: changed, it makes another one."""
    digest = hashlib.sha256()
    for room in _MAKES_IT:
        for file in sorted((HERE / "ketadesk" / room).rglob("*")):
            if file.suffix in (".py", ".sql"):
                digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
