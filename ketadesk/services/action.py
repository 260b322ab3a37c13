"""Makes a function into an action: one transaction, audited, done once however often it is sent."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from ketadesk.domain.changes import Changes, Stamp
from ketadesk.domain.errors import Refused
from ketadesk.store import actions, clinic
from ketadesk.store.actions import Act
from ketadesk.store.database import Database

P = ParamSpec("P")


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
        def perform(db: Database, stamp: Stamp, /, *args: P.args, **kwargs: P.kwargs) -> Changes:
            with db.transaction():
                already = actions.find(db, stamp.uuid)
                if already is not None:
                    return already
                _refuse_nobody(db, stamp)
                act = Act(db, stamp, verb)
                function(act, *args, **kwargs)
                return act.finish(undoable=undoable)

        return perform

    return decorate


def _refuse_nobody(db: Database, stamp: Stamp) -> None:
    """Every action carries a person; only a clinic that has no staff yet is set up by nobody."""
    if not stamp.staff_id and clinic.staff(db):
        raise Refused("nobody_working")
