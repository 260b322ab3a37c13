"""Which remarks on a line may be said while it is still being typed: not those on its last word.

"132/84 8" is a heart rate of 8 only when nothing follows; until then it may become 88.
"""

from ketadesk.domain.reading_line import Problem

_ALREADY_SURE = frozenset({"line_too_many_numbers", "line_pressure_swapped", "line_value_high"})
"""What more digits can't mend."""


def settled(remarks: tuple[Problem, ...], text: str) -> tuple[Problem, ...]:
    """The remarks that stay true whatever is typed next."""
    return tuple(remark for remark in remarks if _is_settled(remark, text))


def _is_settled(remark: Problem, text: str) -> bool:
    if remark.end < len(text) or remark.code in _ALREADY_SURE:
        return True
    if remark.code == "line_value_impossible":
        return _larger(remark, "high")
    return remark.code == "line_value_jump" and _larger(remark, "previous")


def _larger(remark: Problem, than: str) -> bool:
    """Whether the value is past a bound already, so that more digits only lead further away."""
    value, bound = str(remark.values["value"]), int(str(remark.values[than]))
    whole = value.partition(".")[0]
    return whole.isdigit() and int(whole) > bound
