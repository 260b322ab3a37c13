"""Work that needs no clinic file never holds up what does, and closing finishes both."""

import threading
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject

from ketadesk.clock import HeldClock
from ketadesk.domain.changes import Changes, Stamp
from ketadesk.domain.ids import new_uuid
from ketadesk.domain.patients import PatientDraft
from ketadesk.services import patients
from ketadesk.services.watching import open_clinic
from ketadesk.ui.desk import Desk
from ketadesk.ui.lanes import Errand, Lane, Lanes, Step
from tests.clinic_day import MONDAY_TEN, ROSA, open_harbor


@pytest.fixture
def file(tmp_path: Path) -> Path:
    open_harbor(tmp_path / "harbor.ketadesk").close()
    return tmp_path / "harbor.ketadesk"


@pytest.fixture
def desk(qtbot, file: Path) -> Iterator[Desk]:
    made = Desk(file, clock=HeldClock(MONDAY_TEN.astimezone(UTC)), staff_id=ROSA)
    with qtbot.waitSignal(made.opened):
        made.open()
    yield made
    made.close()


class SlowDrawing:
    """Something beside the file that lasts until it may end, and tells when it began."""

    def __init__(self) -> None:
        self.began, self.may_end = threading.Event(), threading.Event()

    def __call__(self, *_before: object) -> str:
        self.began.set()
        assert self.may_end.wait(10)
        return threading.current_thread().name


def add(db: Any, stamp: Stamp, name: str) -> Changes:
    return patients.add(db, stamp, PatientDraft(name, "Lanes"), uuid=new_uuid())


def names_in(file: Path) -> list[str]:
    db = open_clinic(file)
    found = [patient.name for patient in patients.find(db, "Lanes")]
    db.close()
    return found


def test_a_slow_drawing_delays_no_write(qtbot, desk: Desk, file: Path) -> None:
    window, drawing = QObject(), SlowDrawing()
    drawn: list[str] = []
    desk.work(drawing, receiver=window, done=drawn.append)
    assert drawing.began.wait(5)
    stamp = desk.stamp()
    with qtbot.waitSignal(desk.saved):
        desk.do(lambda db: add(db, stamp, "Ana"), receiver=window)
    assert names_in(file) == ["Ana Lanes"]
    assert drawn == []
    drawing.may_end.set()
    qtbot.waitUntil(lambda: bool(drawn))
    assert drawn == ["beside-the-file"]


def test_what_was_read_is_drawn_beside_the_file_and_answered_once(qtbot, desk: Desk) -> None:
    window = QObject()
    answers: list[tuple[str, str]] = []
    desk.ask(
        lambda _db: threading.current_thread().name,
        then=lambda read_on: (read_on, threading.current_thread().name),
        receiver=window,
        done=answers.append,
    )
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [("clinic-file", "beside-the-file")]


def test_a_question_asked_anew_is_not_drawn_for_the_old_answer(qtbot, desk: Desk) -> None:
    window, drawing = QObject(), SlowDrawing()
    drawn: list[str] = []
    answers: list[str] = []

    def draw(what: str) -> str:
        drawn.append(what)
        return what

    desk.work(drawing, receiver=window, done=lambda _name: None)
    for sheet in ("card", "aftercare"):
        read = threading.Event()
        desk.ask(
            lambda _db, sheet=sheet: sheet,
            then=draw,
            receiver=window,
            done=answers.append,
            key="sheet",
        )
        desk.ask(lambda _db, read=read: read.set(), receiver=window, done=lambda _none: None)
        assert read.wait(5)  # the sheet's facts are read, and it waits to be drawn
    drawing.may_end.set()
    qtbot.waitUntil(lambda: bool(answers))
    assert (drawn, answers) == (["aftercare"], ["aftercare"])


def test_an_error_beside_the_file_stops_the_write_after_it(qtbot, desk: Desk, file: Path) -> None:
    window, stamp = QObject(), desk.stamp()

    def fail(_before: object) -> None:
        raise OSError

    with qtbot.waitSignal(desk.failed):
        desk.do_after(
            lambda _db: "Ana", fail, lambda db, name: add(db, stamp, name), receiver=window
        )
    assert names_in(file) == []


class Panic(BaseException):
    """What a compiled library raises where it gives up: no Exception."""


@pytest.mark.parametrize("beside", [True, False], ids=["beside the file", "with the file"])
def test_a_lane_outlives_a_panic_and_closing_ends(
    qtbot, desk: Desk, file: Path, beside: bool
) -> None:
    window, stamp = QObject(), desk.stamp()
    failed: list[BaseException] = []

    def panic(*_db: object) -> Changes:
        raise Panic

    with qtbot.waitSignal(desk.failed):
        if beside:
            desk.work(panic, receiver=window, done=lambda _none: None, failed=failed.append)
        else:
            desk.do(panic, receiver=window, failed=failed.append)
    assert [type(error) for error in failed] == [Panic]
    with qtbot.waitSignal(desk.saved):
        desk.do_after(
            lambda _db: "Ana",
            lambda name: name,
            lambda db, name: add(db, stamp, name),
            receiver=window,
        )
    closing = threading.Thread(target=desk._lanes.close, daemon=True)
    closing.start()
    closing.join(5)
    assert not closing.is_alive()
    assert names_in(file) == ["Ana Lanes"]


def test_a_file_whose_opening_panics_is_told_and_leaves_no_thread_behind(
    qtbot, tmp_path: Path
) -> None:
    opened: list[BaseException | None] = []

    def panic() -> None:
        raise Panic

    lanes = Lanes(
        panic, opened=opened.append, wanted=lambda _errand: True, returned=lambda *_answer: None
    )
    lanes.put(Errand(1, (Step(Lane.FILE, lambda _db, _before: None),)))
    lanes.start()
    closing = threading.Thread(target=lanes.close, daemon=True)
    closing.start()
    closing.join(5)
    assert not closing.is_alive()
    assert [type(error) for error in opened] == [Panic]


def test_closing_finishes_what_goes_through_both_lanes(qtbot, file: Path) -> None:
    desk = Desk(file, clock=HeldClock(MONDAY_TEN.astimezone(UTC)), staff_id=ROSA)
    with qtbot.waitSignal(desk.opened):
        desk.open()
    window, drawing, stamp = QObject(), SlowDrawing(), desk.stamp()
    desk.do_after(lambda _db: None, drawing, lambda db, lane: add(db, stamp, lane), receiver=window)
    assert drawing.began.wait(5)
    threading.Timer(0.05, drawing.may_end.set).start()
    desk.close()
    assert names_in(file) == ["beside-the-file Lanes"]


def test_a_file_that_cannot_be_opened_leaves_no_thread_behind(qtbot, tmp_path: Path) -> None:
    before = set(threading.enumerate())
    desk = Desk(
        tmp_path / "none.ketadesk", clock=HeldClock(MONDAY_TEN.astimezone(UTC)), staff_id=ROSA
    )
    desk.ask(lambda _db: None, receiver=desk, done=lambda _none: None)
    with qtbot.waitSignal(desk.refused):
        desk.open()
    desk.close()
    started = {thread.name for thread in set(threading.enumerate()) - before}
    assert not started & {"clinic-file", "beside-the-file"}
