"""Another system's patient export as it was read: its columns, its rows, and what became of them.

Which column means what is `headers`' business, what a row says `rows`'.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ketadesk.domain.changes import Changes
from ketadesk.domain.dates import DateOrder
from ketadesk.domain.errors import Refused, Value
from ketadesk.domain.ids import PatientId

MOST_BYTES = 10_000_000
MOST_ROWS = 50_000
MOST_COLUMNS = 100
LONGEST_VALUE = 10_000
"""Limits of one import: bytes of the file, rows, columns, characters of a value."""


class Field(StrEnum):
    """What a column of an export can mean. A column that means none of these goes into the note."""

    GIVEN_NAME = "given_name"
    MIDDLE_NAME = "middle_name"
    FAMILY_NAME = "family_name"
    SECOND_FAMILY_NAME = "second_family_name"
    FULL_NAME = "full_name"
    CALLED_NAME = "called_name"
    BIRTH_DATE = "birth_date"
    RECORD_NUMBER = "record_number"
    MOBILE_PHONE = "mobile_phone"
    PHONE = "phone"
    HOME_PHONE = "home_phone"
    WORK_PHONE = "work_phone"
    EMAIL = "email"
    HOUSE_NUMBER = "house_number"
    STREET = "street"
    STREET_MORE = "street_more"
    CITY = "city"
    STATE = "state"
    POSTAL_CODE = "postal_code"
    COUNTRY = "country"
    LANGUAGE = "language"
    WRITTEN_LANGUAGE = "written_language"
    INTERPRETER = "interpreter"
    NOTE = "note"
    DECEASED = "deceased"
    STATUS = "status"
    ACTIVE = "active"
    INACTIVE = "inactive"
    NOT_KEPT = "not_kept"
    """Social security and other identity numbers, card numbers, passwords: read by nobody here."""
    OWN_REMARK = "own_remark"
    """The line and reason that KetaDesk itself wrote into a file of refused rows."""


NAME_FIELDS = frozenset({Field.GIVEN_NAME, Field.FAMILY_NAME, Field.FULL_NAME})


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row as it stood in the file; `line` is where it begins, from 1.

    `values` has the columns' values and, in a row that is too long, what follows them. `fault` is
    the code of what is wrong with its shape, empty when nothing is.
    """

    line: int
    values: tuple[str, ...]
    fault: str = ""


@dataclass(frozen=True)
class Source:
    """A file of patients, read but not judged. `mapping` is a proposal that a person can change.

    `date_order` is None when the birth dates could be read both ways, or contradict each other;
    `date_doubt` then says which ("import_dates_ambiguous" or "import_dates_mixed").
    """

    headers: tuple[str, ...]
    rows: tuple[SourceRow, ...]
    encoding: str
    delimiter: str
    mapping: Mapping[str, Field | None]
    date_order: DateOrder | None
    samples: Mapping[str, tuple[str, ...]]
    """The first few values of each column that are not empty."""
    blank_rows: int = 0
    date_doubt: Refused | None = field(default=None, compare=False)


@dataclass(frozen=True)
class RefusedRow:
    """A row that was not imported; the code and values make the sentence that says why."""

    line: int
    code: str
    values: Mapping[str, Value]
    row: SourceRow


@dataclass(frozen=True)
class KnownRow:
    """A row whose patient is already there; `differs` names what the file says differently."""

    line: int
    patient: str
    patient_id: PatientId
    code: str
    differs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Resemblance:
    """A patient who was added although they resemble someone: a person should look at the two."""

    line: int
    patient: str
    other: str
    code: str


@dataclass(frozen=True)
class ImportReport:
    """What became of every row: `rows == added + brought_back + already_there + refused`."""

    source: Source
    added: int
    brought_back: int
    known: tuple[KnownRow, ...]
    refused: tuple[RefusedRow, ...]
    look_at: tuple[Resemblance, ...]
    note_headers: tuple[str, ...]
    dropped_headers: tuple[str, ...]
    date_order: DateOrder | None
    dry_run: bool = False
    changes: Changes | None = field(default=None, compare=False)

    @property
    def rows(self) -> int:
        return len(self.source.rows)

    @property
    def already_there(self) -> int:
        return len(self.known)
