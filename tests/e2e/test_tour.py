"""The tour through the real window: every step can be shown, in light and in dark."""

from pathlib import Path

from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from ketadesk.tour import SIZE, walk
from ketadesk.tour.steps import STEPS


def test_every_step_leaves_its_picture_and_every_sheet_its_pdf(
    qtbot: QtBot, tmp_path: Path
) -> None:
    left = walk(tmp_path / "tour", patients=13)
    assert left.missed == ()
    names = {file.name for file in left.files}
    assert names == {path.name for path in (tmp_path / "tour").iterdir()}
    for number, step in enumerate(STEPS, start=1):
        pictures = [
            QImage(str(tmp_path / "tour" / f"{number:02d}-{step.name}-{look}.png"))
            for look in ("light", "dark")
        ]
        assert [picture.size().toTuple() for picture in pictures] == [SIZE, SIZE]
        assert pictures[0] != pictures[1]
    assert {"aftercare-en.pdf", "aftercare-es.pdf", "pickup-en.pdf", "pickup-es.pdf"} <= names
