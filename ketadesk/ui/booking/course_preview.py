"""What would become of a booked course, before anything is done: read, planned, put into rows."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from ketadesk.domain.course_plan import CoursePlan, Proposal, Scope, Verdict, in_scope
from ketadesk.domain.day import Visit
from ketadesk.domain.errors import Refused
from ketadesk.domain.places import Place
from ketadesk.services import calendar, planning
from ketadesk.services.planning import ReplanRequest
from ketadesk.ui.booking import fit_words
from ketadesk.ui.booking.plan_table import PlanRow, rows_of
from ketadesk.ui.workplace import Workplace

if TYPE_CHECKING:
    from ketadesk.services.action import Database


@dataclass(frozen=True)
class Preview:
    """The visits of the course that take their place, by number, and what would become of them.

    Without a plan those `going` are to be cancelled.
    """

    visits: dict[int, Visit]
    going: tuple[Visit, ...]
    plan: CoursePlan | None

    def changed(self) -> tuple[Proposal, ...]:
        """What of the plan lies elsewhere than now."""
        if self.plan is None:
            return ()
        return tuple(
            one
            for one in self.plan.proposals
            if one.number in self.visits
            and one.verdict is not Verdict.KEPT
            and one.place != place_of(self.visits[one.number])
        )


def place_of(visit: Visit) -> Place:
    """Where a visit lies now."""
    return Place(visit.appointment.chair_id, visit.appointment.span)


def look(
    db: "Database", chosen: Visit, scope: Scope, request: ReplanRequest | None, now: datetime
) -> Preview:
    """Reads the course as it stands and plans the change; nothing is written.

    Refused `nothing_to_replan` when none of those in scope is still a plan.
    """
    made = chosen.appointment
    course = {
        visit.appointment.course_number: visit
        for visit in calendar.visits_of(db, made.patient_id)
        if visit.appointment.course_id == made.course_id
        and visit.appointment.course_number is not None
        and visit.appointment.status.takes_the_chair
    }
    standing = {number: course[number] for number in sorted(course)}
    booked = (visit.appointment for visit in standing.values())
    moving = in_scope(booked, scope, made.id, now=now)
    if not moving:
        raise Refused("nothing_to_replan")
    going = {one.id for one in moving}
    return Preview(
        standing,
        tuple(visit for visit in standing.values() if visit.appointment.id in going),
        None if request is None else planning.replan(db, request, now=now),
    )


def preview_rows(workplace: Workplace, preview: Preview) -> tuple[PlanRow, ...]:
    """Each visit of the course, now and then; those that stay say so."""
    now = {number: _where(workplace, place_of(one)) for number, one in preview.visits.items()}
    staying = {
        number: PlanRow(number, "–", "", Verdict.KEPT, "", now[number]) for number in preview.visits
    }
    if preview.plan is None:
        going = {visit.appointment.id for visit in preview.going}
        return tuple(
            replace(row, verdict=None)
            if preview.visits[row.number].appointment.id in going
            else row
            for row in staying.values()
        )
    changed = {one.number for one in preview.changed()}
    # Whoever moves a course put all of it there: only what else speaks is worth a word.
    shown = CoursePlan(tuple(replace(one, fixed=False) for one in preview.plan.proposals))
    rows = rows_of(workplace, shown, now)
    planned = {row.number: row for row in rows if row.number in changed}
    return tuple(planned.get(number, row) for number, row in staying.items())


def _where(workplace: Workplace, place: Place) -> str:
    chair = fit_words.chair_text(workplace, place)
    return f"{fit_words.when_text(workplace, place)} · {chair}"
