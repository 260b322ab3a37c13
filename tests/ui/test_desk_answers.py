"""What the desk answers, how often, and to whom; and that a hidden view asks nothing."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ketadesk.clock import HeldClock
from ketadesk.domain.changes import Changes
from ketadesk.domain.errors import Refused
from ketadesk.domain.ids import new_uuid
from ketadesk.domain.patients import PatientDraft
from ketadesk.services import patients
from ketadesk.services.watching import open_clinic
from ketadesk.store.errors import StoreError
from ketadesk.ui.desk import Desk
from ketadesk.ui.freshness import Freshness
from ketadesk.ui.workplace import Workplace
from tests.clinic_day import MONDAY_TEN, ROSA, add_patient, open_harbor


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


class Gate:
    """A job that says when it began and ends when it is let go."""

    def __init__(self, answer: str) -> None:
        self.answer = answer
        self.began, self.go_on = threading.Event(), threading.Event()

    def __call__(self, _db: Any) -> str:
        self.began.set()
        assert self.go_on.wait(5)
        return self.answer


def adding(desk: Desk, name: str) -> Callable[[Any], Changes]:
    stamp, uuid = desk.stamp(), new_uuid()
    return lambda db: patients.add(db, stamp, PatientDraft(name, "Okafor"), uuid=uuid)


def test_of_several_waiting_questions_with_one_key_only_the_newest_is_worked_on(
    qtbot, desk: Desk
) -> None:
    gate, worked, answers = Gate("gate"), list[int](), list[int]()
    desk.ask(gate, receiver=desk, done=lambda _: None)
    assert gate.began.wait(5)

    def question(number: int) -> Callable[[Any], int]:
        def work(_db: Any) -> int:
            worked.append(number)
            return number

        return work

    for number in range(5):
        desk.ask(question(number), receiver=desk, done=answers.append, key="day")
    gate.go_on.set()
    qtbot.waitUntil(lambda: not desk.busy)
    assert worked == [4]
    assert answers == [4]


def test_the_answer_to_an_older_question_comes_too_late(qtbot, desk: Desk) -> None:
    older, answers = Gate("Monday"), list[str]()
    desk.ask(older, receiver=desk, done=answers.append, key="day")
    assert older.began.wait(5)
    desk.ask(lambda _db: "Tuesday", receiver=desk, done=answers.append, key="day")
    older.go_on.set()
    qtbot.waitUntil(lambda: not desk.busy)
    assert answers == ["Tuesday"]


def test_the_refusal_of_an_older_question_is_told_to_nobody(qtbot, desk: Desk) -> None:
    older, heard = Gate("Monday"), list[str]()
    desk.refused.connect(lambda error: heard.append(error.code))

    def refuse(db: Any) -> str:
        older(db)
        raise Refused("nobody_working")

    desk.ask(refuse, receiver=desk, done=heard.append, key="day")
    assert older.began.wait(5)
    desk.ask(lambda _db: "Tuesday", receiver=desk, done=heard.append, key="day")
    older.go_on.set()
    qtbot.waitUntil(lambda: not desk.busy)
    assert heard == ["Tuesday"]


def test_a_defect_is_heard_by_the_one_that_asked_and_by_the_door(qtbot, desk: Desk) -> None:
    kept, mine, other = list[object](), list[object](), list[object]()
    desk.failed.connect(kept.append)

    def break_off(_db: Any) -> str:
        raise OSError

    desk.ask(break_off, receiver=desk, done=lambda _: None, failed=mine.append)
    desk.do(adding(desk, "Ana"), receiver=desk, failed=other.append)
    qtbot.waitUntil(lambda: not desk.busy)
    assert [type(error) for error in mine] == [OSError]
    assert other == []
    assert kept == mine


def test_other_receivers_other_keys_and_no_key_at_all_are_each_answered(qtbot, desk: Desk) -> None:
    gate, answers = Gate("gate"), list[str]()
    desk.ask(gate, receiver=desk, done=lambda _: None)
    assert gate.began.wait(5)
    beside = QObject()
    desk.ask(lambda _db: "mine", receiver=desk, done=answers.append, key="day")
    desk.ask(lambda _db: "theirs", receiver=beside, done=answers.append, key="day")
    desk.ask(lambda _db: "another", receiver=desk, done=answers.append, key="week")
    desk.ask(lambda _db: "no key", receiver=desk, done=answers.append)
    desk.ask(lambda _db: "no key again", receiver=desk, done=answers.append)
    gate.go_on.set()
    qtbot.waitUntil(lambda: not desk.busy)
    assert answers == ["mine", "theirs", "another", "no key", "no key again"]


def test_an_own_write_is_announced_once_also_after_the_next_look_at_the_file(
    qtbot, desk: Desk, file: Path
) -> None:
    """The log is read in order: when another window's write comes, the own one was passed."""
    heard: list[str] = []
    saved: list[str] = []
    desk.changed.connect(lambda changes: heard.append(str(changes.values["patient"])))
    desk.saved.connect(lambda changes: saved.append(str(changes.values["patient"])))
    desk.do(adding(desk, "Own"), receiver=desk)
    qtbot.waitUntil(lambda: bool(heard))
    other = open_clinic(file)
    for name in ("Other", "Another"):
        add_patient(other, name, "Okafor")
        qtbot.waitUntil(lambda said=f"{name} O.": heard[-1] == said, timeout=5000)
    other.close()
    desk.do(adding(desk, "Later"), receiver=desk)
    qtbot.waitUntil(lambda: heard[-1] == "Later O.")
    assert heard == ["Own O.", "Other O.", "Another O.", "Later O."]
    assert saved == ["Own O.", "Later O."]


def test_a_hidden_view_asks_nothing_until_it_is_shown(qtbot, desk: Desk) -> None:
    workplace = Workplace(desk)
    with qtbot.waitSignal(workplace.framed):
        workplace.read_frame()
    view = QWidget()
    qtbot.addWidget(view)
    reloads: list[None] = []
    Freshness(
        view,
        workplace,
        concerns=lambda changes: "patients" in changes.tables,
        reload=lambda: reloads.append(None),
    )

    def change(name: str) -> None:
        with qtbot.waitSignal(desk.changed):
            desk.do(adding(desk, name), receiver=desk)

    change("Hidden")
    assert reloads == []
    view.show()
    assert len(reloads) == 1
    change("Shown")
    assert len(reloads) == 2
    view.hide()
    for name in ("Hidden again", "And again"):
        change(name)
    assert len(reloads) == 2
    view.show()
    assert len(reloads) == 3, "once for all that happened meanwhile"
    view.hide()
    view.show()
    assert len(reloads) == 3, "nothing happened meanwhile"


def test_a_view_shown_before_the_clinic_is_known_asks_when_it_is(qtbot, desk: Desk) -> None:
    workplace = Workplace(desk)
    view = QWidget()
    qtbot.addWidget(view)
    reloads: list[None] = []
    Freshness(view, workplace, concerns=lambda _: False, reload=lambda: reloads.append(None))
    view.show()
    assert reloads == []
    with qtbot.waitSignal(workplace.framed):
        workplace.read_frame()
    assert len(reloads) == 1
    with qtbot.waitSignal(desk.changed):
        desk.do(adding(desk, "Someone"), receiver=desk)
    assert len(reloads) == 1, "a change that does not concern it"


def test_a_view_whose_question_was_refused_knows_that_it_is_old(qtbot, desk: Desk) -> None:
    workplace = Workplace(desk)
    with qtbot.waitSignal(workplace.framed):
        workplace.read_frame()
    view = QWidget()
    qtbot.addWidget(view)
    shown: list[str] = []
    full = [True]

    def read(_db: Any) -> str:
        if full[0]:
            raise StoreError("disk_full")
        return "as it is now"

    Freshness(
        view,
        workplace,
        concerns=lambda _: False,
        reload=lambda: desk.ask(read, receiver=view, done=shown.append),
    )
    with qtbot.waitSignal(desk.refused):
        view.show()
    full[0] = False
    view.hide()
    view.show()
    qtbot.waitUntil(lambda: bool(shown))
    assert shown == ["as it is now"]
