"""No QObject may die on the worker's thread, whoever held it last."""

import gc
import threading
import weakref
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from ketadesk.clock import HeldClock
from ketadesk.ui.desk import Desk
from tests.clinic_day import MONDAY_TEN, ROSA, open_harbor


@pytest.fixture
def desk(qtbot, tmp_path: Path) -> Iterator[Desk]:
    open_harbor(tmp_path / "harbor.ketadesk").close()
    made = Desk(
        tmp_path / "harbor.ketadesk", clock=HeldClock(MONDAY_TEN.astimezone(UTC)), staff_id=ROSA
    )
    with qtbot.waitSignal(made.opened):
        made.open()
    yield made
    made.close()


def test_a_receiver_that_is_dropped_while_it_waits_dies_on_the_windows_thread(qtbot, desk) -> None:
    started, go_on = threading.Event(), threading.Event()
    died_on: list[int] = []

    def wait(_db: object) -> None:
        started.set()
        go_on.wait(5)

    receiver = QObject()
    weakref.finalize(receiver, lambda: died_on.append(threading.get_ident()))
    answers: list[None] = []
    desk.ask(wait, receiver=receiver, done=answers.append)
    assert started.wait(5)
    del receiver
    go_on.set()
    qtbot.waitUntil(lambda: bool(died_on))
    assert died_on == [threading.get_ident()]


def test_garbage_is_collected_on_the_windows_thread_only(qtbot, desk) -> None:
    assert not gc.isenabled()
    died_on: list[int] = []

    class Knot:
        def __init__(self) -> None:
            self.itself = self

    knot = Knot()
    weakref.finalize(knot, lambda: died_on.append(threading.get_ident()))
    del knot

    def make_garbage(_db: object) -> int:
        return len([Knot() for _ in range(100_000)])

    with qtbot.waitCallback() as made:
        desk.ask(make_garbage, receiver=desk, done=made)
    assert died_on == []
    qtbot.waitUntil(lambda: bool(died_on), timeout=8000)
    assert died_on == [threading.get_ident()]


def test_python_collects_by_itself_again_once_the_desk_is_closed(desk) -> None:
    desk.close()
    assert gc.isenabled()
