"""What one row of an export says of a patient, or why it is refused. Nothing of a row is dropped.

What the patient's record has no room for goes into the note as "column: value" lines; only identity
numbers and passwords are left out, and the report says so.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ketadesk.domain.dates import DateOrder
from ketadesk.domain.errors import Refused
from ketadesk.domain.importing.dates import read_birth_date
from ketadesk.domain.importing.source import LONGEST_VALUE, Field, Source, SourceRow
from ketadesk.domain.importing.words import language_tag, split_name
from ketadesk.domain.names import folded
from ketadesk.domain.patients import PatientDraft


def _words_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


_EMPTY = frozenset({"", "NULL", "null", r"\N", "NaN", "nan", "#N/A"})
_NO = frozenset({"", "0", "0.0", "no", "n", "false", "f", "none", "null", "nan", "alive", "vivo"})
_YES = frozenset({"1", "1.0", "yes", "y", "true", "t", "si", "s", "x"})
_GONE = _words_of("deceased dead died fallecido fallecida exitus")
_NOT_ACTIVE = _words_of(
    """
    inactive archived deleted merged discharged closed inactivo inactiva archivado baja
    """
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_PHONES = (Field.MOBILE_PHONE, Field.PHONE, Field.HOME_PHONE, Field.WORK_PHONE)
_ADDRESS_LINES = (
    ((Field.HOUSE_NUMBER, Field.STREET), " "),
    ((Field.STREET_MORE,), ", "),
    ((Field.CITY,), ", "),
    ((Field.STATE, Field.POSTAL_CODE), " "),
    ((Field.COUNTRY,), " "),
)


@dataclass(frozen=True)
class RowReader:
    """Reads every row of one source in the same way; made once by `row_reader`."""

    headers: tuple[str, ...]
    columns: Mapping[Field, tuple[int, ...]]
    note_columns: tuple[int, ...]
    order: DateOrder
    today: date

    def draft(self, row: SourceRow) -> PatientDraft:
        """The patient that a row describes; Refused with the reason when it describes none."""
        _refuse_shape(row, self.headers)
        said = self._said(row)
        self._refuse_gone(row)
        rest: list[tuple[str, str]] = []
        given, family = self._name(said, rest)
        if not (given or family):
            raise Refused("row_without_name")
        birth = self._first(said, Field.BIRTH_DATE, rest)
        languages, interpreter = self._languages(said, rest)
        draft = PatientDraft(
            given_name=given,
            family_name=family,
            called_name=_one_line(self._first(said, Field.CALLED_NAME, rest)),
            birth_date=read_birth_date(birth, order=self.order, today=self.today)
            if birth
            else None,
            record_number=_one_line(self._first(said, Field.RECORD_NUMBER, rest)),
            phone=self._phone(said, rest),
            email=_one_line(self._first(said, Field.EMAIL, rest)),
            address=self._address(said),
            spoken_language=languages[0],
            written_language=languages[1],
            interpreter_needed=interpreter,
            note=self._note(row, said, rest),
        )
        return draft

    def _said(self, row: SourceRow) -> dict[Field, list[tuple[int, str]]]:
        """What the row says per field, in the columns' order, empty cells left out."""
        said: dict[Field, list[tuple[int, str]]] = {}
        values = row.values
        for field, positions in self.columns.items():
            found = [
                (position, value)
                for position in positions
                if (value := values[position].strip()) not in _EMPTY
            ]
            if found:
                said[field] = found
        return said

    def _refuse_gone(self, row: SourceRow) -> None:
        """People who died, or whom the other system put away, are not booked by mistake later."""
        for field, code, tells in (
            (Field.DECEASED, "row_deceased", _tells_death),
            (Field.STATUS, "row_deceased", lambda value: value in _GONE),
            (Field.STATUS, "row_inactive", lambda value: value in _NOT_ACTIVE),
            (Field.ACTIVE, "row_inactive", lambda value: value in _NO and value != ""),
            (Field.INACTIVE, "row_inactive", lambda value: value not in _NO),
        ):
            for position in self.columns.get(field, ()):
                if tells(folded(row.values[position].strip())):
                    raise Refused(code, column=self.headers[position])

    def _first(
        self,
        said: Mapping[Field, list[tuple[int, str]]],
        field: Field,
        rest: list[tuple[str, str]],
    ) -> str:
        """The first value of a field; further columns that say something else go to the note."""
        found = said.get(field)
        if not found:
            return ""
        first = found[0][1]
        if len(found) == 1:
            return first
        rest += [(self.headers[at], value) for at, value in found[1:] if value != first]
        return first

    def _name(
        self, said: Mapping[Field, list[tuple[int, str]]], rest: list[tuple[str, str]]
    ) -> tuple[str, str]:
        first = self._first(said, Field.GIVEN_NAME, rest)
        middle = self._first(said, Field.MIDDLE_NAME, rest)
        given = _one_line(f"{first} {middle}")
        last = self._first(said, Field.FAMILY_NAME, rest)
        second = self._first(said, Field.SECOND_FAMILY_NAME, rest)
        family = _one_line(f"{last} {second}")
        if Field.FULL_NAME not in said:
            return given, family
        whole = _one_line(self._first(said, Field.FULL_NAME, rest))
        header = self.headers[said[Field.FULL_NAME][0][0]]
        if family and Field.GIVEN_NAME not in self.columns:
            return _without(whole, family), family
        if given or family:
            if _word_set(whole) != _word_set(f"{given} {family}"):
                rest.append((header, whole))
            return given, family
        title, given, family = split_name(whole)
        if title:
            rest.append((header, title))
        return given, family

    def _phone(
        self, said: Mapping[Field, list[tuple[int, str]]], rest: list[tuple[str, str]]
    ) -> str:
        """The mobile before any other phone, as written; the others go to the note."""
        phone = ""
        for field in _PHONES:
            for position, value in said.get(field, ()):
                if not phone:
                    phone = _one_line(value)
                elif value != phone:
                    rest.append((self.headers[position], value))
        return phone

    def _address(self, said: Mapping[Field, list[tuple[int, str]]]) -> str:
        lines = []
        for fields, between in _ADDRESS_LINES:
            parts = [value for field in fields for _, value in said.get(field, ())]
            if parts:
                lines.append(_one_line(between.join(parts)))
        return ", ".join(lines)

    def _languages(
        self, said: Mapping[Field, list[tuple[int, str]]], rest: list[tuple[str, str]]
    ) -> tuple[tuple[str, str], bool]:
        """(spoken, written) language tags and whether an interpreter is needed."""
        tags: dict[Field, str] = {}
        for field in (Field.LANGUAGE, Field.WRITTEN_LANGUAGE):
            value = self._first(said, field, rest)
            tag = language_tag(value) if value else None
            if tag:
                tags[field] = tag
            elif value:
                rest.append((self.headers[said[field][0][0]], value))
        interpreter = self._first(said, Field.INTERPRETER, rest)
        if interpreter and folded(interpreter) not in _YES | _NO:
            rest.append((self.headers[said[Field.INTERPRETER][0][0]], interpreter))
        spoken = tags.get(Field.LANGUAGE, tags.get(Field.WRITTEN_LANGUAGE, "en"))
        written = tags.get(Field.WRITTEN_LANGUAGE, spoken)
        return (spoken, written), folded(interpreter) in _YES

    def _note(
        self,
        row: SourceRow,
        said: Mapping[Field, list[tuple[int, str]]],
        rest: list[tuple[str, str]],
    ) -> str:
        lines = [value for _, value in said.get(Field.NOTE, ())]
        lines += [f"{header}: {value}" for header, value in rest]
        for position in self.note_columns:
            value = row.values[position].strip()
            if value not in _EMPTY:
                lines.append(f"{self.headers[position]}: {value}")
        return "\n".join(lines)


def refuse_nameless(source: Source) -> None:
    """Refuses a source in which no column holds whole or given names."""
    if not {Field.FULL_NAME, Field.GIVEN_NAME} & set(source.mapping.values()):
        raise Refused("import_without_name", headers=", ".join(source.headers)[:200])


def row_reader(source: Source, *, order: DateOrder, today: date) -> RowReader:
    """The reader of a source, which means its columns as its mapping says."""
    columns: defaultdict[Field, list[int]] = defaultdict(list)
    note_columns = []
    for position, header in enumerate(source.headers):
        field = source.mapping.get(header)
        if field is not None:
            columns[field].append(position)
        if field is None or field is Field.STATUS:  # not every status is about care
            note_columns.append(position)
    fields = {field: tuple(positions) for field, positions in columns.items()}
    return RowReader(source.headers, fields, tuple(note_columns), order, today)


def birth_dates(source: Source) -> tuple[str, Iterable[str]]:
    """The first birth date column's name and its values that are not empty."""
    for position, header in enumerate(source.headers):
        if source.mapping.get(header) is Field.BIRTH_DATE:
            values = (row.values[position].strip() for row in source.rows if not row.fault)
            return header, (value for value in values if value not in _EMPTY)
    return "", ()


def _refuse_shape(row: SourceRow, headers: tuple[str, ...]) -> None:
    if row.fault:
        raise Refused(row.fault)
    if row.values[0].strip() == headers[0] and all(
        header.startswith(_one_line(value))
        for header, value in zip(headers, row.values, strict=False)
    ):
        raise Refused("row_repeats_headers")
    whole = "".join(row.values)
    if len(whole) > LONGEST_VALUE and max(map(len, row.values)) > LONGEST_VALUE:
        raise Refused("row_value_too_long", most=LONGEST_VALUE)
    if not whole.isprintable() and _CONTROL.search(whole):
        raise Refused("row_control_characters")


def _tells_death(value: str) -> bool:
    return value not in _NO and not value.startswith("0000")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _without(whole: str, family: str) -> str:
    """The given names in a whole name, or the whole of what turns out to be only those."""
    ends = _word_set(family)
    words = whole.replace(",", " ").split()
    if not ends <= _word_set(whole):
        return whole
    return " ".join(word for word in words if not _word_set(word) <= ends)


def _word_set(text: str) -> set[str]:
    return set(re.findall(r"\w+", folded(text)))
