"""How a row is measured: both sides in turn, medians, as a noisy machine troubles both alike."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True)
class Measured:
    """One row: milliseconds of ours and of the raw limit, and what was aimed at."""

    name: str
    ours: float
    raw: float
    raw_name: str
    aim: str

    @property
    def ratio(self) -> float:
        return self.ours / self.raw if self.raw else float("inf")


def timed(work: Callable[[], object]) -> float:
    """Milliseconds that one call takes."""
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000


def in_turn(
    ours: Callable[[], object], raw: Callable[[], object], *, rounds: int, warm_up: int = 1
) -> tuple[float, float]:
    """Median milliseconds of both, called one after the other `rounds` times."""
    for _ in range(warm_up):
        ours()
        raw()
    pairs = [(timed(ours), timed(raw)) for _ in range(rounds)]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def table(rows: list[Measured]) -> str:
    """The rows as a Markdown table."""
    lines = [
        "| What | KetaDesk | Raw limit | Ratio | Aim |",
        "|---|---:|---:|---:|---|",
    ]
    for row in rows:
        lines.append(
            f"| {row.name} | {row.ours:.2f} ms | {row.raw:.2f} ms ({row.raw_name}) "
            f"| {row.ratio:.2f}x | {row.aim} |"
        )
    return "\n".join(lines)
