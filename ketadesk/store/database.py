"""The one small interface to the clinic file: transactions, reads, writes, close."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

from ketadesk.domain.errors import Refused
from ketadesk.store.connection import (
    DriverError,
    connect,
    only_readable,
    store_error,
    told_as_store_errors,
)
from ketadesk.store.errors import StoreError
from ketadesk.store.migrations import migrate

Row = Mapping[str, Any]

ROWS_AT_ONCE = 200
"""Rows in one statement; more gain nothing, and SQLite takes 32,766 values at most."""


class Database(Protocol):
    """What the rooms above need of an engine; PostgreSQL can stand behind the same few words.

    One instance belongs to one thread.
    """

    path: Path
    read_only: bool

    def transaction(self) -> AbstractContextManager[None]:
        """Everything inside is written, or nothing is."""
        ...

    def rows(self, sql: str, **parameters: Any) -> list[Row]:
        """All rows at once. A limit is written `+:most`: a bare `:most` is compiled every time."""
        ...

    def each(self, sql: str, **parameters: Any) -> Iterator[Row]:
        """The rows one by one, for looks through a whole table; read to the end or not at all."""
        ...

    def run(self, sql: str, **parameters: Any) -> None: ...

    def run_many(self, sql: str, rows: Iterable[Row]) -> None:
        """The same statement for many rows."""
        ...

    def insert_many(
        self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]
    ) -> None:
        """New rows of a table, with the values in the order of its columns."""
        ...

    def check_place(self) -> None:
        """StoreError when what would be written now could not be found again."""
        ...

    def close(self) -> None: ...


class SqliteDatabase:
    """A clinic file on this machine. One instance belongs to one thread.

    With `for_reading`, a file that can't be written here is opened as well, and is `read_only`.
    """

    def __init__(
        self,
        path: Path,
        *,
        key: str | None = None,
        create: bool = False,
        for_reading: bool = False,
    ) -> None:
        self.path = path
        self.read_only = for_reading and only_readable(path)
        self._connection = connect(path, key=key, must_exist=not create, read_only=self.read_only)
        found = path.stat()
        self._place = (found.st_dev, found.st_ino)
        try:
            migrate(self._connection, path, create=create, read_only=self.read_only)
        except BaseException:
            self._connection.close()
            raise

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """BEGIN IMMEDIATE, so that what is checked inside still holds when it is written."""
        if self._connection.in_transaction:
            yield
            return
        self.check_place()
        self._execute("BEGIN IMMEDIATE", {})
        try:
            yield
            self._execute("COMMIT", {})
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def rows(self, sql: str, **parameters: Any) -> list[Row]:
        return self._execute(sql, parameters)

    def run(self, sql: str, **parameters: Any) -> None:
        self._execute(sql, parameters)

    def run_many(self, sql: str, rows: Iterable[Row]) -> None:
        try:
            self._connection.executemany(sql, rows)
        except DriverError as error:
            raise store_error(error, self.path) or error from error

    def insert_many(
        self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]
    ) -> None:
        """New rows, `ROWS_AT_ONCE` a statement; table and columns are names of the schema.

        SQLite writes a full-text index out at the end of every statement that a trigger follows:
        row by row that takes three times as long.
        """
        row = f"({', '.join('?' for _ in columns)})"
        head = f"INSERT INTO {table} ({', '.join(columns)}) VALUES "  # noqa: S608
        try:
            for first in range(0, len(rows), ROWS_AT_ONCE):
                some = rows[first : first + ROWS_AT_ONCE]
                values = tuple(chain.from_iterable(some))
                self._connection.execute(head + ", ".join([row] * len(some)), values)
        except DriverError as error:
            raise store_error(error, self.path) or error from error

    def check_place(self) -> None:
        """StoreError `file_moved` when the path no longer leads to the file that is open.

        What is written to a file that was moved away, replaced or deleted would be lost.
        """
        try:
            found = self.path.stat()
        except OSError:
            raise StoreError("file_moved", file=str(self.path)) from None
        if (found.st_dev, found.st_ino) != self._place:
            raise StoreError("file_moved", file=str(self.path))

    def each(self, sql: str, **parameters: Any) -> Iterator[Row]:
        with told_as_store_errors(self.path):
            cursor = self._connection.execute(sql, parameters)
            names = [column[0] for column in cursor.description]
            for row in cursor:
                yield dict(zip(names, row, strict=True))

    def close(self) -> None:
        self._connection.close()

    def _execute(self, sql: str, parameters: Mapping[str, Any]) -> list[Row]:
        try:
            cursor = self._connection.execute(sql, parameters)
            if cursor.description is None:
                return []
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        except DriverError as error:
            known = store_error(error, self.path)
            if known is None:
                raise
            raise known from error
        except UnicodeDecodeError as error:
            raise StoreError("file_damaged", file=str(self.path)) from error
        except UnicodeEncodeError as error:
            raise Refused("text_unwritable") from error
        except OverflowError as error:
            raise Refused("number_too_large") from error
