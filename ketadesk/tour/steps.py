"""The pictures of the tour, in their order, and how to get to each from anywhere."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt

from ketadesk.domain.course_plan import Scope
from ketadesk.domain.sheets import SheetKind
from ketadesk.tour.walker import NotThere, Walker

SETTINGS_PAGES = (
    "clinic",
    "thresholds",
    "staff",
    "chairs",
    "hours",
    "protocols",
    "computer",
)


@dataclass(frozen=True)
class Step:
    """One picture: its name in the file's name, and how to get there from anywhere."""

    name: str
    go: Callable[[Walker], None]


def _calendar(key: str) -> Callable[[Walker], None]:
    def go(walker: Walker) -> None:
        walker.view("calendar")
        walker.press(key)

    return go


def _carried(walker: Walker) -> None:
    """A visit on its way to another day, held by the keys."""
    _calendar("F5")(walker)
    walker.view("calendar", walker.visits["Wei Zhang"].appointment.id)
    walker.press("F6")
    walker.stroke("week_grid", Qt.Key.Key_Home)
    walker.view("calendar", walker.visits["Wei Zhang"].appointment.id)
    walker.act("visit_move")
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Down):
        walker.stroke("week_grid", key)


def _names_hidden(walker: Walker) -> None:
    """As strangers see it; left as it was found when the next step begins."""
    _calendar("F5")(walker)
    walker.press("Ctrl+L")


def _booking(walker: Walker) -> None:
    _calendar("F5")(walker)
    walker.click("calendar_book")
    walker.type("booking_patient", "siob")
    walker.stroke("booking_patient", Qt.Key.Key_Return)


def _fit(walker: Walker) -> None:
    """The three best places for somebody, with their reasons, and why not at other times."""
    _calendar("F5")(walker)
    walker.click("calendar_book")
    walker.click("booking_fit")
    walker.type("fit_patient", "siob")
    walker.stroke("fit_patient", Qt.Key.Key_Return)


def _course_booker(walker: Walker) -> None:
    _calendar("F5")(walker)
    walker.click("calendar_book")
    walker.click("booking_whole_course")
    walker.type("course_patient", "siob")
    walker.stroke("course_patient", Qt.Key.Key_Return)


def _course_moved(days: int) -> Callable[[Walker], None]:
    """What would change when somebody's visit and the following go so many days further."""

    def go(walker: Walker) -> None:
        _calendar("F5")(walker)
        visits = (visit.appointment for visit in walker.visits.values())
        in_course = (one for one in visits if one.course_number and one.status.can_move)
        chosen = next(in_course, None)
        if chosen is None:
            raise NotThere("a course that can be changed")
        walker.view("calendar", chosen.id)
        walker.act("visit_course")
        walker.click(f"segment_{Scope.FOLLOWING}")
        for _ in range(days):
            walker.stroke("course_change_day", Qt.Key.Key_Up)

    return go


def _against(walker: Walker) -> None:
    """The rules that speak against a change, and the line for the reason."""
    _course_moved(21)(walker)
    walker.stroke("course_change_day", Qt.Key.Key_Return)
    walker.find("against_dialog")


def _new_patient(walker: Walker) -> None:
    walker.view("patients")
    walker.click("patients_add")


def _patient(walker: Walker) -> None:
    walker.view("patients", walker.visits["Ana García"].appointment.patient_id)


def _session_of(name: str) -> Callable[[Walker], None]:
    def go(walker: Walker) -> None:
        walker.view("sessions", walker.visits[name].appointment.id)

    return go


def _checklist(walker: Walker) -> None:
    """Opens Omar's record, as the nurse would: the one thing that the tour writes."""
    omar = walker.visits["Omar Haddad"]
    walker.view("sessions", omar.appointment.id)
    if omar.session_id is None:
        walker.click("open_session")


def _reading(walker: Walker) -> None:
    _session_of("Ana García")(walker)
    walker.type("entry_line", "148/92 88 97 15 m4 d5")


def _sheet(kind: SheetKind) -> Callable[[Walker], None]:
    def go(walker: Walker) -> None:
        walker.view("sheets", walker.visits["Ivy O'Brien"].appointment.id)
        walker.click(f"segment_{kind}")

    return go


def _settings(page: str) -> Callable[[Walker], None]:
    return lambda walker: walker.view("settings", page)


def _find(walker: Walker) -> None:
    walker.view("today")
    walker.type("find", "gar")


def _calendar_list(name: str) -> Callable[[Walker], None]:
    """Something that opens over the calendar by its key."""

    def go(walker: Walker) -> None:
        _calendar("F5")(walker)
        walker.do(name)

    return go


def _pinboard(walker: Walker) -> None:
    _calendar("F5")(walker)
    walker.view("calendar", walker.visits["Björn Åkesson"].appointment.id)
    walker.do("pin")


def _on_paper(walker: Walker) -> None:
    _calendar("F5")(walker)
    walker.click("calendar_print")


def _history(walker: Walker) -> None:
    walker.view("calendar")
    walker.click("history")


STEPS = (
    Step("today", lambda walker: walker.view("today")),
    Step("find", _find),
    Step("calendar-day", _calendar("F5")),
    Step("calendar-week", _calendar("F6")),
    Step("calendar-week-carried", _carried),
    Step("calendar-month", _calendar("F7")),
    Step("calendar-agenda", _calendar("F8")),
    Step("calendar-on-paper", _on_paper),
    Step("calendar-pinboard", _pinboard),
    Step("waitlist", _calendar_list("waitlist")),
    Step("closure-booked", _calendar_list("clear_closures")),
    Step("escort-calls", _calendar_list("call_escorts")),
    Step("missed", _calendar_list("count_missed")),
    Step("calendar-names-hidden", _names_hidden),
    Step("history", _history),
    Step("booking", _booking),
    Step("fit-in", _fit),
    Step("course-booker", _course_booker),
    Step("course-change", _course_moved(2)),
    Step("against-the-rules", _against),
    Step("patient", _patient),
    Step("new-patient", _new_patient),
    Step("sessions", lambda walker: walker.view("sessions")),
    Step("session-infusing", _session_of("Ana García")),
    Step("session-reading", _reading),
    Step("session-released", _session_of("Ivy O'Brien")),
    Step("session-checklist", _checklist),
    Step("sheets-aftercare", _sheet(SheetKind.AFTERCARE)),
    Step("sheets-pickup", _sheet(SheetKind.PICKUP)),
    *(Step(f"settings-{page}", _settings(page)) for page in SETTINGS_PAGES),
)
