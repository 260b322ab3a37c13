"""Makes a function into an action: one transaction, audited, done once however often it is sent."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from ketadesk.domain.changes import Changes, Stamp
from ketadesk.domain.errors import Refused
from ketadesk.domain.ids import ActionId
from ketadesk.store import actions, clinic
from ketadesk.store.actions import Act
from ketadesk.store.database import Database

__all__ = ["Database", "action", "perform"]

P = ParamSpec("P")
Acting = TypeVar("Acting", bound=Act)


def action(
    verb: str, *, undoable: bool = False
) -> Callable[
    [Callable[Concatenate[Act, P], None]], Callable[Concatenate[Database, Stamp, P], Changes]
]:
    """The decorated function gets an `Act` to write with; callers give the database and a stamp.

    `book(db, stamp, draft)` returns `Changes`. Sent again with the same stamp it writes nothing
    and returns the same Changes.
    """

    def decorate(
        function: Callable[Concatenate[Act, P], None],
    ) -> Callable[Concatenate[Database, Stamp, P], Changes]:
        @wraps(function)
        def call(db: Database, stamp: Stamp, /, *args: P.args, **kwargs: P.kwargs) -> Changes:
            act = Act(db, stamp, verb)
            return perform(act, lambda done: function(done, *args, **kwargs), undoable=undoable)

        return call

    return decorate


def perform(
    act: Acting,
    work: Callable[[Acting], None],
    *,
    undoable: bool,
    undoes: ActionId | None = None,
) -> Changes:
    """Does the work of one action, or finds that it was done; refused when nobody here does it."""
    with act.db.transaction():
        already = actions.find(act.db, act.stamp.uuid)
        if already is not None:
            if already.verb != act.verb:
                raise ValueError(f"one stamp for two actions: {already.verb} and {act.verb}")
            return already
        _refuse_nobody(act)
        work(act)
        return act.finish(undoable=undoable, undoes=undoes)


def _refuse_nobody(act: Act) -> None:
    """Every action carries a person; only a clinic that has no staff yet is set up by nobody."""
    if not act.stamp.staff_id:
        if clinic.staff(act.db):
            raise Refused("nobody_working")
        return
    member = clinic.staff_member(act.db, act.stamp.staff_id)
    if member is not None and not member.active:
        raise Refused("works_here_no_longer", name=member.name)
