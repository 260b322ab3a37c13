"""A clinic is left only when all that was sent is in its file, and the window never waits."""

import threading
from pathlib import Path
from typing import Any

import pytest

from ketadesk.domain.changes import Changes
from ketadesk.domain.ids import new_uuid
from ketadesk.domain.patients import PatientDraft
from ketadesk.services import patients
from ketadesk.services.watching import open_clinic
from ketadesk.store.errors import StoreError
from ketadesk.ui.main_window import MainWindow
from tests.clinic_day import open_harbor
from tests.ui.test_main_window import Opens, clinic_file, idle, kept, opens

__all__ = ["clinic_file", "kept", "opens"]


class SlowDisk:
    """A write that lasts until the disk may go on; then it is done, or refused."""

    def __init__(self, window: MainWindow, *, full: bool = False) -> None:
        self.began, self.may_end = threading.Event(), threading.Event()
        self._full, self._uuid = full, new_uuid()
        self._stamp = window.workplace.desk.stamp()
        window.workplace.desk.do(self, receiver=window)
        assert self.began.wait(5)

    def __call__(self, db: Any) -> Changes:
        self.began.set()
        assert self.may_end.wait(10)
        if self._full:
            raise StoreError("disk_full")
        return patients.add(db, self._stamp, PatientDraft("Zoe", "Last"), uuid=self._uuid)


def names_in(path: Path) -> list[str]:
    db = open_clinic(path)
    found = [patient.name for patient in patients.find(db, "zoe")]
    db.close()
    return found


def test_the_window_says_that_it_is_finishing_and_closes_when_it_has(
    opens: Opens, clinic_file, qtbot
) -> None:
    window = opens(clinic_file)
    disk = SlowDisk(window)
    assert not window.close()
    assert "Finishing" in window.notice.text() and window.notice.isVisible()
    assert not window.close(), "asked again it still waits"
    disk.may_end.set()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert names_in(clinic_file) == ["Zoe Last"]


def test_what_is_refused_while_it_closes_keeps_the_window_and_says_why(
    opens: Opens, clinic_file, qtbot
) -> None:
    window = opens(clinic_file)
    disk = SlowDisk(window, full=True)
    assert not window.close()
    disk.may_end.set()
    qtbot.waitUntil(lambda: "disk is full" in window.notice.text())
    assert window.isVisible() and window.ready
    assert window.rail.isEnabled() and window.current_view() is window.views["today"]
    assert window.close(), "nothing waits any more"


def test_what_its_own_form_was_told_keeps_the_window_as_well(
    opens: Opens, clinic_file, qtbot
) -> None:
    window = opens(clinic_file)
    told: list[str] = []
    SlowDisk(window).may_end.set()

    def full(_db: Any) -> Changes:
        raise StoreError("disk_full")

    window.workplace.desk.do(full, receiver=window, refused=lambda error: told.append(error.code))
    assert not window.close()
    qtbot.waitUntil(lambda: bool(told))
    assert window.isVisible()
    assert "stays open" in window.notice.text()


def test_a_refusal_of_the_clinic_that_is_left_is_not_told_of_the_next(
    opens: Opens, clinic_file, tmp_path: Path, qtbot
) -> None:
    other = tmp_path / "other.ketadesk"
    open_harbor(other).close()
    window = opens(clinic_file)
    disk = SlowDisk(window, full=True)
    window.door.open(other)
    assert window.workplace.desk.clinic_file == clinic_file, "it waits for the first"
    disk.may_end.set()
    qtbot.waitUntil(lambda: "disk is full" in window.notice.text())
    assert window.workplace.desk.clinic_file == clinic_file and window.ready

    read = threading.Event()
    window.workplace.desk.ask(lambda _db: read.set() or full(), receiver=window, done=print)
    assert read.wait(5)
    window.notice.hide()
    with qtbot.waitSignal(window.opened):
        window.door.open(other)
    idle(qtbot, window)
    assert window.workplace.desk.clinic_file == other
    assert not window.notice.isVisible()


def full() -> None:
    raise StoreError("disk_full")


@pytest.mark.parametrize("refused", [True, False])
def test_a_computer_that_shuts_down_is_not_kept_waiting_for_answers(
    opens: Opens, clinic_file, refused: bool
) -> None:
    window = opens(clinic_file)
    disk = SlowDisk(window, full=refused)
    threading.Timer(0.05, disk.may_end.set).start()
    window.close_now()
    assert not window.isVisible()
    assert names_in(clinic_file) == ([] if refused else ["Zoe Last"])
