"""How wide the agenda's columns are: who, escort and status stay readable longest."""

from collections.abc import Callable, Sequence

TIME, PATIENT, NUMBER, CHAIR, TREATMENT, ESCORT, STATUS = range(7)

_GIVING_WAY = (
    (ESCORT, 200),
    (TREATMENT, 110),
    (CHAIR, 120),
    (TREATMENT, 0),
    (ESCORT, 150),
    (NUMBER, 0),
    (CHAIR, 72),
    (CHAIR, 0),
    (ESCORT, 100),
    (PATIENT, 110),
)
"""In this order a column gives way, down to so many logical pixels; 0 leaves it out."""


def fitted(wanted: Sequence[int], room: int, *, scale: Callable[[float], int]) -> list[int]:
    """The widths of the columns within `room`; what is left over goes to the escort's."""
    widths = list(wanted)
    for column, least in _GIVING_WAY:
        over = sum(widths) - room
        if over <= 0:
            break
        widths[column] = min(widths[column], max(widths[column] - over, scale(least)))
        if not least:
            widths[column] = 0
    widths[ESCORT] += max(room - sum(widths), 0)
    return widths
