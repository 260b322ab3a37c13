"""Ana in chair 1, arrived; a desk on a real file, with a clock that can be moved."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from ketadesk.clock import HeldClock
from ketadesk.domain.appointments import AppointmentDraft, EscortState, Status
from ketadesk.domain.changes import Stamp
from ketadesk.domain.events import EventDraft, EventKind
from ketadesk.domain.ids import AppointmentId, ChairId, SessionId
from ketadesk.domain.patients import AllergyDraft, EscortDraft
from ketadesk.domain.reading_line import parse
from ketadesk.domain.readings import ReadingDraft
from ketadesk.domain.session_record import SessionRecord
from ketadesk.domain.sessions import Answer, AnswerDraft, ChecklistItem, OrderDraft
from ketadesk.services import booking, calendar, clinic, patients, recording, sessions
from ketadesk.store.database import SqliteDatabase
from ketadesk.ui.desk import Desk
from ketadesk.ui.session.session_page import SessionPage
from ketadesk.ui.session.view import SessionsView
from ketadesk.ui.workplace import Workplace
from tests.clinic_day import (
    AGREED,
    CHAIR_1,
    CHAIR_2,
    MINUTES,
    MOOD_LOW,
    ROSA,
    ZONE,
    add_patient,
    at,
    open_harbor,
    stamp,
)


class SessionDay:
    """The clinic file with a connection of its own beside the desks, to look at what was kept."""

    def __init__(self, path: Path, qtbot) -> None:  # type: ignore[no-untyped-def]
        self.path, self.qtbot = path, qtbot
        self.clock = HeldClock(at(9, 55))
        self.db: SqliteDatabase = open_harbor(path)
        self.ana = add_patient(self.db, "Ana", "García", birth_date=date(1985, 3, 12))
        patients.add_allergy(self.db, stamp(), self.ana, AllergyDraft(substance="latex"))
        patients.add_escort(
            self.db,
            stamp(),
            self.ana,
            EscortDraft(name="Marta", relation="sister", phone="310-555-0142"),
        )
        self.marta = patients.record(self.db, self.ana).escorts[0].id
        self.appointment = self.arrive()
        self.told: list[str] = []
        self._desks: list[Desk] = []
        self._views: list[QWidget] = []

    def stamp(self) -> Stamp:
        return Stamp(ROSA, self.clock())

    def arrive(self) -> AppointmentId:
        """Ana's appointment at 10:00 with her escort confirmed; she has just come in."""
        draft = AppointmentDraft(
            self.ana, CHAIR_1, MOOD_LOW, at(10), MINUTES, nurse_id=ROSA, escort_id=self.marta
        )
        made = booking.book(self.db, Stamp(ROSA, at(8)), draft, override=AGREED)
        appointment_id = AppointmentId(made.row_ids["appointments"])
        version = calendar.visit(self.db, appointment_id).appointment.version
        booking.set_escort(
            self.db,
            Stamp(ROSA, at(8, 5)),
            appointment_id,
            version,
            escort_id=self.marta,
            state=EscortState.CONFIRMED,
        )
        version = calendar.visit(self.db, appointment_id).appointment.version
        booking.set_status(
            self.db, Stamp(ROSA, at(9, 50)), appointment_id, version, status=Status.ARRIVED
        )
        return appointment_id

    def infusing(self) -> SessionId:
        """Ana's infusion, begun at 10:30, with a baseline at 10:25."""
        return self.begun(self.appointment)

    def luis_infusing(self) -> SessionId:
        """Luis in chair 2, with nobody to take him home, as far on as Ana."""
        luis = add_patient(self.db, "Luis", "Ibáñez", birth_date=date(1979, 8, 2))
        draft = AppointmentDraft(luis, CHAIR_2, MOOD_LOW, at(10), MINUTES, nurse_id=ROSA)
        made = booking.book(self.db, Stamp(ROSA, at(8)), draft, override=AGREED)
        appointment_id = AppointmentId(made.row_ids["appointments"])
        version = calendar.visit(self.db, appointment_id).appointment.version
        booking.set_status(
            self.db, Stamp(ROSA, at(9, 50)), appointment_id, version, status=Status.ARRIVED
        )
        return self.begun(appointment_id)

    def waiting(self) -> AppointmentId:
        """Mara in chair 3, arrived; nobody has opened a session for her."""
        added = clinic.add_chair(self.db, self.stamp(), name="Chair 3")
        chair_3 = ChairId(added.row_ids["chairs"])
        mara = add_patient(self.db, "Mara", "Kim", birth_date=date(1990, 1, 5))
        draft = AppointmentDraft(mara, chair_3, MOOD_LOW, at(10), MINUTES)
        made = booking.book(self.db, Stamp(ROSA, at(8)), draft)
        appointment_id = AppointmentId(made.row_ids["appointments"])
        version = calendar.visit(self.db, appointment_id).appointment.version
        booking.set_status(
            self.db, Stamp(ROSA, at(9, 50)), appointment_id, version, status=Status.ARRIVED
        )
        return appointment_id

    def opened(self) -> SessionId:
        """Ana's session as it was opened at 10:00: nothing answered, nothing ordered."""
        self.clock.moment = at(10)
        opened = sessions.open_session(self.db, self.stamp(), self.appointment, nurse_id=ROSA)
        return SessionId(opened.row_ids["sessions"])

    def opened_again(self) -> SessionId:
        """Ana's next session, at 14:00 of the same day."""
        draft = AppointmentDraft(
            self.ana, CHAIR_1, MOOD_LOW, at(14), MINUTES, nurse_id=ROSA, escort_id=self.marta
        )
        made = booking.book(self.db, Stamp(ROSA, at(8)), draft, override=AGREED)
        appointment_id = AppointmentId(made.row_ids["appointments"])
        version = calendar.visit(self.db, appointment_id).appointment.version
        self.clock.moment = at(14)
        booking.set_status(self.db, self.stamp(), appointment_id, version, status=Status.ARRIVED)
        opened = sessions.open_session(self.db, self.stamp(), appointment_id, nurse_id=ROSA)
        return SessionId(opened.row_ids["sessions"])

    def begun(self, appointment_id: AppointmentId) -> SessionId:
        """An infusion of 35 mg over 40 minutes, begun at 10:30, with a baseline at 10:25."""
        self.clock.moment = at(10)
        opened = sessions.open_session(self.db, self.stamp(), appointment_id, nurse_id=ROSA)
        session_id = SessionId(opened.row_ids["sessions"])
        self.check(session_id, *ChecklistItem)
        order = OrderDraft("Dr. Shah", Decimal(70), Decimal("0.5"), Decimal(35), 40, "iv")
        recording.write_order(self.db, self.stamp(), session_id, order)
        self.clock.moment = at(10, 25)
        self.read(session_id, "132/84 78 98 16")
        self.clock.moment = at(10, 30)
        sessions.begin(self.db, self.stamp(), session_id, at=self.clock())
        return session_id

    def check(self, session_id: SessionId, *items: ChecklistItem) -> None:
        """These items met, the weight with 70 kg; answered elsewhere."""
        for item in items:
            detail = "70 kg" if item is ChecklistItem.WEIGHT else ""
            draft = AnswerDraft(item, Answer.MET, detail)
            sessions.answer(self.db, self.stamp(), session_id, draft)

    def recovered(self, session_id: SessionId) -> None:
        """Recovery as long as planned, with a reading in it, and ready; done elsewhere."""
        sessions.to_recovery(self.db, self.stamp(), session_id, at=self.clock())
        self.pass_minutes(60)
        self.read(session_id, "128/80 74 98 16 m5")
        sessions.mark_ready(self.db, self.stamp(), session_id, at=self.clock())

    def read(self, session_id: SessionId, line: str) -> None:
        """A reading typed elsewhere, at the clock's present moment."""
        parsed = parse(line, now=self.clock().astimezone(ZONE))
        assert parsed.ok, parsed.problems
        draft = ReadingDraft(self.clock(), parsed.vitals)
        recording.record_reading(self.db, self.stamp(), session_id, draft)

    def severe(self, session_id: SessionId) -> None:
        """A severe side effect, written down elsewhere; nobody was told yet."""
        draft = EventDraft(
            EventKind.SIDE_EFFECT, self.clock(), code="breathing_difficulty", grade=3
        )
        recording.record_event(self.db, self.stamp(), session_id, draft)

    def view(self) -> SessionsView:
        """A window of its own on the file, shown."""
        desk = Desk(self.path, clock=self.clock, staff_id=ROSA)
        workplace = Workplace(desk)
        workplace.told.connect(self._on_told)
        desk.failed.connect(self._on_failed)
        with self.qtbot.waitSignal(workplace.framed):
            desk.open()
        view = SessionsView(workplace)
        view.resize(1290, 690)
        self.qtbot.addWidget(view)
        with self.qtbot.waitExposed(view):
            view.show()
        view.activateWindow()
        self._desks.append(desk)
        self._views.append(view)
        self.workplace = workplace
        return view

    def _on_told(self, text: str, _role: str) -> None:
        self.told.append(text)

    def _on_failed(self, error: object) -> None:
        self.told.append(repr(error))

    def close(self) -> None:
        for view in self._views:
            view.close()
        for desk in self._desks:
            desk.close()
        self.db.close()

    def pass_minutes(self, minutes: float) -> None:
        self.clock.moment += timedelta(minutes=minutes)

    def kept(self, session_id: SessionId) -> SessionRecord:
        return sessions.load(self.db, session_id)

    def wait(self, check: Callable[[], bool]) -> None:
        """Waits for a check; a failure shows what the view told meanwhile."""
        try:
            self.qtbot.waitUntil(check, timeout=5000)
        except self.qtbot.TimeoutError:
            raise AssertionError(self.told, QApplication.focusWidget()) from None

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        """A key to whatever has the focus, as from a keyboard."""
        target = QApplication.focusWidget()
        assert target is not None, "nothing has the focus"
        if modifier is None:
            self.qtbot.keyClick(target, key)
        else:
            self.qtbot.keyClick(target, key, modifier)

    def back_to(self, page: QWidget) -> None:
        """After a dialog: the window manager that is missing offscreen activates the window."""
        page.activateWindow()
        self.wait(lambda: QApplication.activeWindow() is page.window())

    def type(self, text: str) -> None:
        """Text to whatever has the focus."""
        target = QApplication.focusWidget()
        assert target is not None, "nothing has the focus"
        self.qtbot.keyClicks(target, text)

    def line(self, page: SessionPage, text: str) -> None:
        """Types a reading and waits until it is in the file and the line is empty again."""
        before = len(self.kept(page.session_id()).readings)  # type: ignore[arg-type]
        self.wait(page.entry.line.hasFocus)
        self.type(text)
        self.press(Qt.Key.Key_Return)
        self.wait(lambda: page.entry.line.text() == "")
        session_id = page.session_id()
        assert session_id is not None
        assert len(self.kept(session_id).readings) == before + 1
        self.wait(lambda: page.table.model().rowCount() == before + 1)


def utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
