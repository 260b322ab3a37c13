"""Lobby mode: one key, and nobody in the waiting room can read a name on any view of the window."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractProxyModel, QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from ketadesk import tour
from ketadesk.domain.names import short_name
from ketadesk.sample import making as sample
from ketadesk.services.watching import open_clinic
from ketadesk.settings import SettingsFile
from ketadesk.store import patients as stored
from ketadesk.tour.steps import STEPS
from ketadesk.tour.walker import Walker
from ketadesk.ui import lobby

TYPED = (QLineEdit, QPlainTextEdit, QAbstractSpinBox)
"""What a person types or may change keeps the whole name."""

TABLES = (QAbstractTableModel, QAbstractProxyModel)


@pytest.fixture
def order() -> sample.SampleOrder:
    return sample.SampleOrder(date(2027, 5, 10), "America/Los_Angeles", 13)


@pytest.fixture
def settings(tmp_path: Path) -> SettingsFile:
    kept = SettingsFile(tmp_path / "settings.json")
    kept.change(dark=False)
    return kept


@pytest.fixture
def walker(qtbot, tmp_path: Path, order, settings) -> Iterator[Walker]:
    clinic_file = tmp_path / "clinic.ketadesk"
    db = open_clinic(clinic_file, create=True)
    sample.make(db, order)
    with tour.window(clinic_file, db, order, settings) as made:
        yield made
    db.close()
    lobby.put_on(False)


@pytest.fixture
def names(tmp_path: Path, walker: Walker) -> set[str]:
    """Every patient and escort of the clinic, whole and as a status line shortens them."""
    with closing(open_clinic(tmp_path / "clinic.ketadesk")) as db:
        everyone = stored.every(db)
        escorts = [one for each in everyone for one in stored.escorts(db, each.id)]
    whole = {one.name for one in (*everyone, *escorts) if " " in one.name}
    return whole | {short_name(name) for name in whole}


def test_no_view_shows_a_name_while_names_are_hidden(
    walker: Walker, settings: SettingsFile, names: set[str]
) -> None:
    assert any(_shown(walker.window, names)), "without it, names are to be read"
    walker.press("Ctrl+L")
    assert settings.current.lobby
    assert walker.find("lobby_toggle").label() == "Names hidden"
    told = []
    for step in STEPS:
        walker.window.set_lobby(True)  # a step may have taken it back
        step.go(walker)
        if not lobby.is_on():
            walker.press("Ctrl+L")
        told += [f"{step.name}: {found}" for found in _shown(walker.window, names)]
        walker.tidy()
    assert told == []
    walker.view("today")
    assert any(_shown(walker.window, names))
    assert not settings.current.lobby


def _shown(window: QWidget, names: set[str]) -> list[str]:
    """Every place of the window, and of what lies over it, where a name can be read or heard."""
    found = []
    for widget in (window, *window.findChildren(QWidget)):
        if not widget.isVisible() or isinstance(widget, TYPED):
            continue
        for text in _texts(widget):
            found += [
                f"{type(widget).__name__} {widget.objectName()}: {text}"
                for name in names
                if name in text
            ]
    return found


def _texts(widget: QWidget) -> Iterator[str]:
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
    for name in ("text", "full_text", "label"):
        say = getattr(widget, name, None)
        if callable(say) and isinstance(said := say(), str):
            yield said
    if isinstance(widget, QAbstractItemView):
        model = widget.model()
        for row in range(min(model.rowCount(QModelIndex()), 60)):
            columns = model.columnCount() if isinstance(model, TABLES) else 1
            for column in range(columns):
                index = model.index(row, column, QModelIndex())
                for role in (
                    Qt.ItemDataRole.DisplayRole,
                    Qt.ItemDataRole.ToolTipRole,
                    Qt.ItemDataRole.AccessibleTextRole,
                    Qt.ItemDataRole.AccessibleDescriptionRole,
                ):
                    if isinstance(said := index.data(role), str):
                        yield said


def test_names_stay_hidden_after_a_restart(
    qtbot, tmp_path: Path, order, settings: SettingsFile
) -> None:
    settings.change(lobby=True)
    db = open_clinic(tmp_path / "clinic.ketadesk", create=True)
    sample.make(db, order)
    with tour.window(tmp_path / "clinic.ketadesk", db, order, settings) as walker:
        assert walker.find("lobby_toggle").label() == "Names hidden"
        assert not _shown(walker.window, set(walker.visits))
    db.close()
    lobby.put_on(False)
