"""How a row is measured: both sides in turn, medians, as a noisy machine troubles both alike."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True)
class Measured:
    """One row: milliseconds of ours, of the raw limit where there is one, and what was aimed at."""

    name: str
    ours: float
    aim: str
    raw: float | None = None
    raw_name: str = ""

    def cells(self) -> tuple[str, ...]:
        """What stands in the row's five columns."""
        if self.raw is None:
            return self.name, f"{self.ours:.2f} ms", "", "", self.aim
        ratio = f"{self.ours / self.raw:.2f}x"
        return (
            self.name,
            f"{self.ours:.2f} ms",
            f"{self.raw:.2f} ms, {self.raw_name}",
            ratio,
            self.aim,
        )


def timed(work: Callable[[], object]) -> float:
    """Milliseconds that one call takes."""
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000


def usual(work: Callable[[], object], *, rounds: int = 15) -> float:
    """Median milliseconds of a call that was made once before."""
    work()
    return median(timed(work) for _ in range(rounds))


def in_turn(
    ours: Callable[[], object], raw: Callable[[], object], *, rounds: int, warm_up: int = 1
) -> tuple[float, float]:
    """Median milliseconds of both, called one after the other `rounds` times."""
    for _ in range(warm_up):
        ours()
        raw()
    pairs = [(timed(ours), timed(raw)) for _ in range(rounds)]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def row(cells: tuple[str, ...]) -> str:
    """One line of a Markdown table."""
    return f"| {' | '.join(cells)} |"


HEAD = (row(("What", "KetaDesk", "Raw limit", "Ratio", "Aim")), "|---|---:|---:|---:|---|")
