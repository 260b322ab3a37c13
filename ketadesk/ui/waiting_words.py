"""What waits for someone, counted in the same words wherever it is said."""

from ketadesk.i18n import tr


def vitals_late(count: int) -> str:
    """Patients whose vital signs are due; nothing when there are none."""
    return tr("vitals late: {count}", count=count) if count else ""


def arrivals_late(count: int) -> str:
    """Patients awaited for longer than the clinic waits."""
    return tr("arrivals late: {count}", count=count) if count else ""


def pickups_late(count: int) -> str:
    """Escorts of patients who are ready and wait for them."""
    return tr("escorts late: {count}", count=count) if count else ""


def escorts_to_confirm(count: int) -> str:
    """Visits whose escort is to be asked by now."""
    return tr("escorts to confirm: {count}", count=count) if count else ""


def sheets_to_print(count: int) -> str:
    """Sheets, not visits: one visit may need two."""
    return tr("sheets to print: {count}", count=count) if count else ""
