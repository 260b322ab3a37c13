"""The calendar: what its day, week, agenda, month and escorts show, and what people do there."""

from datetime import date, datetime, timedelta

from PySide6.QtCore import QEvent, QPoint, QRect, Slot
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QToolTip, QWidget

from ketadesk.domain.changes import Changes
from ketadesk.domain.day import Schedule, Visit
from ketadesk.domain.escorts import escorts_to_confirm
from ketadesk.domain.ids import AppointmentId, ChairId
from ketadesk.i18n import tr
from ketadesk.settings import SettingsFile
from ketadesk.ui import theme, words
from ketadesk.ui.booking.door import BookingDoor
from ketadesk.ui.calendar import overview
from ketadesk.ui.calendar.agenda import Agenda
from ketadesk.ui.calendar.bar import MODES
from ketadesk.ui.calendar.closing_door import ClosingDoor
from ketadesk.ui.calendar.day_layout import with_former_chairs
from ketadesk.ui.calendar.desk_work import DeskWork
from ketadesk.ui.calendar.frame import CalendarParts
from ketadesk.ui.calendar.geometry import DayAxis
from ketadesk.ui.calendar.jumps import Jumps
from ketadesk.ui.calendar.pinboard_drag import PinboardDrag
from ketadesk.ui.calendar.questions import Questions, ReadDays
from ketadesk.ui.calendar.taking_along import TakingAlong
from ketadesk.ui.calendar.visit_actions import VisitActions
from ketadesk.ui.calendar.visit_grid import VisitGrid
from ketadesk.ui.calendar.visit_text import description
from ketadesk.ui.calendar.week_layout import WeekPlan
from ketadesk.ui.freshness import Freshness
from ketadesk.ui.visit_writes import VisitWrites
from ketadesk.ui.widgets.menu import Menu
from ketadesk.ui.workplace import Workplace

PEEK_MILLISECONDS = 60_000

SHOWN_TABLES = frozenset({"appointments", "patients", "escorts", "courses", "sessions", "closures"})
"""The tables whose changes can be seen here."""


class CalendarView(QWidget):
    """`show_target` takes a date, an AppointmentId or None."""

    def __init__(
        self,
        workplace: Workplace,
        settings: SettingsFile | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts = CalendarParts(local=workplace.local)
        self._parts.lay_out(self)
        self.bar, self.side = self._parts.bar, self._parts.side
        self.grid, self.week, self.agenda = self._parts.grid, self._parts.week, self._parts.agenda
        self.month = self._parts.month
        self.setObjectName("calendar_view")
        self._workplace = workplace
        self._day: date | None = None
        self._mode = "day"
        self._visits: dict[AppointmentId, Visit] = {}
        self._chair_names: dict[ChairId, str] = {}
        self._wanted: AppointmentId | None = None
        self._day_before_form: date | None = None
        self._last_today: date | None = None
        self._questions = Questions(workplace, self)
        self.writes = VisitWrites(workplace, self)
        self.booking = BookingDoor(workplace, self)
        self.visit_actions = VisitActions(workplace, self.writes, self)
        self.closing = ClosingDoor(workplace, self.grid, self)
        self.desk_work = DeskWork(workplace, self.side, self, settings=settings)
        self.pinboard, self.waiting = self.desk_work.pinboard, self.desk_work.waiting
        self.jumps = Jumps(self, day=self.day, go_to=self.go_to)
        self._settings = settings
        self._questions.hide_absent = settings is not None and settings.current.hide_absent
        self.bar.show_absent(not self._questions.hide_absent)
        self._along = TakingAlong(
            workplace, self.agenda.table, lambda: (self._mode, self.day()), self
        )
        self._connect()
        Freshness(self, workplace, concerns=self._concerns, reload=self.reload)

    # What is shown

    def show_target(self, target: object = None) -> None:
        """Goes to a day, or to the day of an appointment and chooses it there."""
        if isinstance(target, datetime):
            self.go_to(self._workplace.local(target).date())
        elif isinstance(target, date):
            self.go_to(target)
        elif isinstance(target, int):
            self._questions.ask_visit(AppointmentId(target))
        self._page().setFocus()

    @Slot(object)
    def show_visit(self, visit: Visit) -> None:
        """Goes to the visit's day and chooses it."""
        self._wanted = visit.appointment.id
        if self._mode == "month":
            self._set_mode("day")
        self.go_to(self._workplace.local(visit.appointment.starts).date())
        self._page().setFocus()

    def day(self) -> date:
        """The day shown, or the day of the week shown that the cursor is on."""
        return self._day or self._workplace.today()

    @property
    def at_hand(self) -> AppointmentId | None:
        """The visit that is chosen: another view may go on with it."""
        visit = self.visit_actions.visit()
        return None if visit is None else visit.appointment.id

    @property
    def stands_at(self) -> AppointmentId | date:
        """The visit that is chosen, or the day."""
        return self.at_hand or self.day()

    @Slot(object)
    def go_to(self, day: date) -> None:
        """Shows another day."""
        turned = self.side.month.month() != day.replace(day=1)
        self._day = day
        if self._workplace.frame is None:
            return
        self._read_shown()
        self._show_month(day.replace(day=1), read=turned)

    def reload(self) -> None:
        """Asks for everything on the screen again."""
        self._last_today = self._workplace.today()
        self._read_shown()
        self._show_month(self.day().replace(day=1), read=True)
        self._questions.ask_week_ahead(self._workplace.today())
        self.desk_work.read()

    def _read_shown(self) -> None:
        if self._mode == "week":
            self._questions.ask_week(overview.first_of_week(self.day()))
        elif self._mode != "month":
            self._questions.ask_day(self.day())

    def _show_month(self, month: date, *, read: bool) -> None:
        today = self._workplace.today()
        self.side.month.show_month(month, day=self.day(), today=today)
        self.month.show_day(self.day(), today=today)
        if read:
            self._questions.ask_month(month)

    @Slot(object)
    def _turn_month(self, month: date) -> None:
        if self._mode == "month":
            self.go_to(month)
        else:
            self._show_month(month, read=True)

    @Slot(object)
    def _show_month_plan(self, plan: overview.MonthPlan) -> None:
        self.side.month.days.show_loads(plan.loads)
        self.month.show_plan(plan)
        if self._mode == "month":
            title = f"{words.month(plan.month.month)} {plan.month.year}"
            self.bar.show_title(title, overview.month_facts(plan))

    @Slot(object)
    def _show(self, read: ReadDays) -> None:
        """The answer for the day or the week."""
        schedule, plan, now, facts = read
        self._visits = {visit.appointment.id: visit for visit in schedule.visits}
        chairs = with_former_chairs(schedule.chairs, schedule.visits)
        self._chair_names = {chair.id: chair.name for chair in chairs}
        self.writes.refresh(schedule.visits)
        if isinstance(plan, WeekPlan):
            if self._wanted is not None:
                self._day = self._day_of_wanted() or self._day
            self.week.show_plan(plan, day=self.day(), now=now)
            monday = plan.days[0].axis.day
            title = tr("{first} to {last}", first=_short(monday), last=_short(monday, plus=6))
        else:
            self.grid.show_plan(plan, now)
            self.agenda.show_visits(list(schedule.visits), chairs, now)
            title = words.day(plan.axis.day, year=plan.axis.day.year != now.year)
        self.bar.show_title(title, facts)
        if self._wanted is not None:
            for page in (self.grid, self.week, self.agenda):
                page.choose(self._wanted)
            self._wanted = None
        self._choose()

    def _day_of_wanted(self) -> date | None:
        """The day of the visit that is to be chosen, if it lies in what was read."""
        visit = self._visits.get(self._wanted) if self._wanted is not None else None
        return None if visit is None else self._workplace.local(visit.appointment.starts).date()

    def _show_escorts(self, schedule: Schedule) -> None:
        now = self._workplace.now()
        frame = self._workplace.clinic_frame
        entries = escorts_to_confirm(
            schedule.visits,
            now=now,
            rules=frame.rules,
            hours=schedule.hours,
            zone=frame.clinic.zone,
        )
        local = self._workplace.local
        self.side.escorts.show_entries(entries, today=now.date(), local=local)

    def _concerns(self, changes: Changes) -> bool:
        return bool(changes.tables & SHOWN_TABLES)

    @Slot(object)
    def _tick(self, now: datetime) -> None:
        if not self.isVisible():
            return
        self.grid.set_now(now)
        self.week.set_now(now)
        self.agenda.set_now(now)
        if self._last_today is not None and now.date() != self._last_today:
            self.reload()

    # How it is shown

    def _page(self) -> QWidget:
        if self._mode == "month":
            return self.month
        return self.agenda.table if self._mode == "agenda" else self._with_visits()

    def _with_visits(self) -> VisitGrid | Agenda:
        """What of the pages lets a visit be chosen."""
        if self._mode == "agenda":
            return self.agenda
        return self.week if self._mode == "week" else self.grid

    @Slot(str)
    def _set_mode(self, mode: str) -> None:
        if mode != self._mode:
            self._wanted = self._wanted or self.at_hand
        self._mode = mode
        self.bar.choose(mode)
        self._parts.pages.setCurrentIndex(MODES.index(mode))
        if self._workplace.frame is not None:
            self._read_shown()
            self._show_month(self.day().replace(day=1), read=mode == "month")
        self._choose()
        self._page().setFocus()

    @Slot(int)
    def _turn(self, step: int) -> None:
        if self._mode == "month":
            self.go_to(overview.months_on(self.day(), step))
        else:
            self.go_to(self.day() + timedelta(days=step * (7 if self._mode == "week" else 1)))

    @Slot()
    def _go_today(self) -> None:
        self.go_to(self._workplace.today())

    @Slot(object)
    def _open_day(self, day: date) -> None:
        self._day = day
        self._set_mode("day")
        self._show_month(day.replace(day=1), read=False)

    @Slot(object)
    def _day_of_week(self, day: date) -> None:
        self._day = day
        self._show_month(day.replace(day=1), read=self.side.month.month() != day.replace(day=1))

    # What is done

    @Slot()
    def _choose(self) -> None:
        """The visit that the actions are about."""
        chosen = None if self._mode == "month" else self._with_visits().chosen()
        visit = self._visits.get(chosen) if chosen is not None else None
        self.visit_actions.choose(visit)
        self.pinboard.choose(visit)

    @Slot()
    def book_here(self) -> None:
        """N: for the chosen place of the day; else the next free time, not before the day shown."""
        grid = self.week if self._mode == "week" else self.grid
        place = grid.cursor_place() if self._mode in ("day", "week") else None
        plan = grid.plan()
        if place is not None and plan is not None and place.column < plan.columns:
            moment = plan.axis_at(place.column).moment(place.row)
            self.booking.open(plan.chair_at(place.column).id, moment)
        elif self.day() > self._workplace.today():
            axis = DayAxis(self.day(), self._workplace.clinic_frame.clinic.zone)
            hours = plan.day_of(0).open_rows if plan is self.grid.plan() and plan else ()
            first = hours[0][0] if hours else axis.row_at_clock(9)
            self.booking.open(None, axis.moment(first))
        else:
            self.booking.open(None, None)

    @Slot(object, object)
    def _take_slot(self, chair_id: ChairId, starts: datetime) -> None:
        """A free time: for what is in hand from the pinboard, else to book there."""
        if not self.pinboard.drop_in_hand(chair_id, starts):
            self.booking.open(chair_id, starts)

    @Slot(object)
    def _choose_booked(self, appointment_id: AppointmentId) -> None:
        self._wanted, self._day_before_form = appointment_id, None

    @Slot(object)
    def _follow_form(self, day: date) -> None:
        """The booking form turned to another day: what lies there is shown behind it."""
        if self._day_before_form is None:
            self._day_before_form = self.day()
        self.go_to(day)

    @Slot()
    def _come_back(self) -> None:
        """The form was left without booking: back to the day that it was opened on."""
        before, self._day_before_form = self._day_before_form, None
        if before is not None:
            self.go_to(before)

    @Slot(object)
    def _open_visit(self, _appointment_id: AppointmentId) -> None:
        self._popup(self._menu_point())

    def _menu_point(self) -> QPoint:
        return self._with_visits().menu_point()

    @Slot(QPoint)
    def _popup(self, point: QPoint) -> None:
        visit = self.visit_actions.visit()
        if visit is None:
            menu = Menu(self, name="slot_menu")
            book = menu.choice(tr("Book here"), key="N", name="slot_book")
            book.triggered.connect(self.book_here)
            if self._mode == "day":
                self.closing.add_to(menu)
            menu.choose_first()
        else:
            menu = self.visit_actions.menu(about=self._in_full(visit))
            self.pinboard.add_to(menu)
        menu.popup(point)

    def _in_full(self, visit: Visit) -> str:
        chair = self._chair_names.get(visit.appointment.chair_id, "")
        now, local = self._workplace.now(), self._workplace.local
        return description(visit, chair=chair, now=now, local=local)

    @Slot()
    def _peek(self) -> None:
        """Space: everything about the chosen visit, until the next key."""
        visit = self.visit_actions.visit()
        if visit is not None:
            text = theme.plain_tooltip(self._in_full(visit))
            QToolTip.showText(self._menu_point(), text, self._page(), QRect(), PEEK_MILLISECONDS)

    @Slot(bool)
    def _show_absent(self, shown: bool) -> None:
        """Shows or hides who does not come, and remembers it on this machine."""
        self._questions.hide_absent = not shown
        self.bar.show_absent(shown)
        if self._settings is not None:
            self._settings.change(hide_absent=not shown)
        if self._workplace.frame is not None:
            self._read_shown()

    @Slot()
    def _lift(self) -> None:
        visit = self.visit_actions.visit()
        if self._mode == "agenda" and visit is not None:
            self._set_mode("day")
            self.grid.choose(visit.appointment.id)
        (self.week if self._mode == "week" else self.grid).lift()

    # Put together

    def _connect(self) -> None:
        for action in self.visit_actions.all():
            for page in (self.grid, self.week, self.agenda.table):
                page.addAction(action)
        self.visit_actions.set_where(self._menu_point)
        self._questions.days_read.connect(self._show)
        self._questions.week_ahead_read.connect(self._show_escorts)
        self._questions.month_read.connect(self._show_month_plan)
        self.month.day_chosen.connect(self.go_to)
        self.month.day_opened.connect(self._open_day)
        self.bar.absent_shown.connect(self._show_absent)
        self.visit_actions.peek_wanted.connect(self._peek)
        self._questions.visit_read.connect(self.show_visit)
        self.bar.today_wanted.connect(self._go_today)
        self.bar.turned.connect(self._turn)
        self.bar.mode_chosen.connect(self._set_mode)
        self.bar.book_wanted.connect(self.book_here)
        self.bar.print_wanted.connect(self._along.open_print)
        self.bar.table_wanted.connect(self._along.table_file.ask)
        self.pinboard.dropped.connect(self._choose_booked)
        self.closing.pinned.connect(self.pinboard.put)
        self.waiting.booked.connect(self._questions.ask_visit)
        for grid in (self.grid, self.week):
            PinboardDrag(self.pinboard, grid, self.side)
        for focused in (self.grid, self.week, self.month, self.agenda.table):
            focused.addActions(self.desk_work.actions())
        for other in (self.week, self.month, self.agenda.table):
            other.addAction(self.closing.clear)
        self.booking.booked.connect(self._choose_booked)
        self.booking.day_shown.connect(self._follow_form)
        self.booking.left.connect(self._come_back)
        for grid in (self.grid, self.week):
            grid.slot_chosen.connect(self._take_slot)
            grid.moved.connect(self.writes.move)
            grid.resized.connect(self.writes.resize)
            self.writes.left.connect(grid.drop_ghost)
        for shown in (self.grid, self.week, self.agenda):
            shown.visit_opened.connect(self._open_visit)
            shown.choice_changed.connect(self._choose)
            shown.menu_wanted.connect(self._popup)
        self.week.day_opened.connect(self._open_day)
        self.week.day_chosen.connect(self._day_of_week)
        self.side.month.day_chosen.connect(self.go_to)
        self.side.month.month_turned.connect(self._turn_month)
        self.side.escorts.visit_chosen.connect(self.show_visit)
        self.visit_actions.lift_wanted.connect(self._lift)
        self._workplace.ticked.connect(self._tick)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keys belong to what is shown. No focus proxy: Tab would leap over the bar to it."""
        super().focusInEvent(event)
        self._page().setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The column beside may have to give way."""
        self._parts.share_room(self.width())

    def changeEvent(self, event: QEvent) -> None:
        """Larger text needs more room; icons of actions follow the colours of the theme."""
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "visit_actions"):
            self._parts.share_room(self.width())
            self.visit_actions.redraw()


def _short(monday: date, plus: int = 0) -> str:
    day = monday + timedelta(days=plus)
    return f"{day.day} {words.month(day.month)}"
