"""What one row of an export says of a patient, or why it is refused. Nothing of a row is dropped.

What the patient's record has no room for goes into the note as "column: value" lines; only identity
numbers and passwords are left out, and the report says so.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ketadesk.domain.dates import DateOrder
from ketadesk.domain.errors import Refused
from ketadesk.domain.importing import LONGEST_VALUE, Field, Source, SourceRow
from ketadesk.domain.importing_dates import read_birth_date
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
_PARTICLES = _words_of(
    """
    de del la las los da das do dos di van von der den ter ten le el al bin ben st san santa
    """
)
_TITLES = _words_of("mr mrs ms miss mx dr dra prof sr sra srta don dona herr frau")
_SUFFIXES = _words_of("jr sr ii iii iv")
_PHONES = (Field.MOBILE_PHONE, Field.PHONE, Field.HOME_PHONE, Field.WORK_PHONE)
_ADDRESS_LINES = (
    ((Field.HOUSE_NUMBER, Field.STREET), " "),
    ((Field.STREET_MORE,), ", "),
    ((Field.CITY,), ", "),
    ((Field.STATE, Field.POSTAL_CODE), " "),
    ((Field.COUNTRY,), " "),
)
_LANGUAGES = {
    "english": "en", "eng": "en", "ingles": "en", "spanish": "es", "spa": "es", "espanol": "es",
    "castellano": "es", "castilian": "es", "french": "fr", "fra": "fr", "fre": "fr",
    "german": "de", "deu": "de", "ger": "de", "italian": "it", "ita": "it", "portuguese": "pt",
    "por": "pt", "chinese": "zh", "zho": "zh", "chi": "zh", "mandarin": "zh", "cantonese": "yue",
    "vietnamese": "vi", "vie": "vi", "korean": "ko", "kor": "ko", "japanese": "ja", "jpn": "ja",
    "tagalog": "tl", "tgl": "tl", "filipino": "fil", "russian": "ru", "rus": "ru", "arabic": "ar",
    "ara": "ar", "hindi": "hi", "hin": "hi", "polish": "pl", "pol": "pl", "ukrainian": "uk",
    "haitian creole": "ht", "haitian": "ht", "american sign language": "ase", "catalan": "ca",
    "catala": "ca", "galician": "gl", "gallego": "gl", "basque": "eu", "euskera": "eu",
    "frances": "fr", "aleman": "de", "italiano": "it", "portugues": "pt", "chino": "zh",
    "arabe": "ar", "ruso": "ru",
}  # fmt: skip
_LANGUAGE_TAG = re.compile(r"(?P<language>[a-z]{2})([-_](?P<region>[A-Za-z]{2}))?")


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
        _refuse_shape(row)
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


def row_reader(
    source: Source, mapping: Mapping[str, Field | None], *, order: DateOrder, today: date
) -> RowReader:
    """The reader of a source; Refused when no column holds whole or given names."""
    columns: defaultdict[Field, list[int]] = defaultdict(list)
    note_columns = []
    for position, header in enumerate(source.headers):
        field = mapping.get(header)
        if field is None:
            note_columns.append(position)
        else:
            columns[field].append(position)
            if field is Field.STATUS:  # of marriage, of a bill: not every status is about care
                note_columns.append(position)
    if not columns.keys() & {Field.FULL_NAME, Field.GIVEN_NAME}:
        raise Refused("import_without_name", headers=", ".join(source.headers)[:200])
    fields = {field: tuple(positions) for field, positions in columns.items()}
    return RowReader(source.headers, fields, tuple(note_columns), order, today)


def split_name(whole: str) -> tuple[str, str, str]:
    """(title, given, family) of a name in one piece: "García López, Ana" or "Ana García".

    Without a comma the last word is the family name, with the particles before it ("de la Cruz").
    """
    family, comma, given = whole.partition(",")
    if comma and folded(given).strip(" .") not in _SUFFIXES:
        given, _, suffix = given.partition(",")
        title, given_words = _without_title(given.split())
        family = " ".join((family.strip(), *suffix.split()))
        return title, " ".join(given_words), family
    title, words = _without_title(whole.replace(",", " ").split())
    suffixes = words[-1:] if len(words) > 2 and _bare(words[-1]) in _SUFFIXES else []
    words = words[: len(words) - len(suffixes)]
    if len(words) < 2:
        return title, " ".join(words), " ".join(suffixes)
    start = len(words) - 1
    while start > 1 and _bare(words[start - 1]) in _PARTICLES:
        start -= 1
    return title, " ".join(words[:start]), " ".join(words[start:] + suffixes)


@lru_cache(maxsize=256)
def language_tag(text: str) -> str | None:
    """The BCP 47 tag of a language as systems write it ("Spanish", "spa", "es_MX")."""
    tag = _LANGUAGE_TAG.fullmatch(text)
    if tag:
        region = tag["region"]
        return tag["language"] + (f"-{region.upper()}" if region else "")
    words = re.sub(r"[^a-z ]", " ", folded(text)).split()
    named = _LANGUAGES.get(" ".join(words))
    return named or (_LANGUAGES.get(words[0]) if words else None)


def birth_dates(source: Source, mapping: Mapping[str, Field | None]) -> tuple[str, Iterable[str]]:
    """The first birth date column's name and its values that are not empty."""
    for position, header in enumerate(source.headers):
        if mapping.get(header) is Field.BIRTH_DATE:
            values = (row.values[position].strip() for row in source.rows if not row.fault)
            return header, (value for value in values if value not in _EMPTY)
    return "", ()


def _refuse_shape(row: SourceRow) -> None:
    if row.fault:
        raise Refused(row.fault)
    whole = "".join(row.values)
    if len(whole) > LONGEST_VALUE and max(map(len, row.values)) > LONGEST_VALUE:
        raise Refused("row_value_too_long", most=LONGEST_VALUE)
    if not whole.isprintable() and _CONTROL.search(whole):
        raise Refused("row_control_characters")


def _tells_death(value: str) -> bool:
    return value not in _NO and not value.startswith("0000")


def _without_title(words: list[str]) -> tuple[str, list[str]]:
    if len(words) > 2 and _bare(words[0]) in _TITLES:
        return words[0], words[1:]
    return "", words


def _bare(word: str) -> str:
    return folded(word).strip(".")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _word_set(text: str) -> set[str]:
    return set(re.findall(r"\w+", folded(text)))
