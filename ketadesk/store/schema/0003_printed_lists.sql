-- Lists of a day or more that left the program: kept whole, so that a reprint is identical.
-- They belong to no appointment; who is on them stands in the input.
CREATE TABLE lists_printed (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('day_list', 'week_list', 'agenda_list')),
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL CHECK (last_day >= first_day),
    initials INTEGER NOT NULL CHECK (initials IN (0, 1)),
    language TEXT NOT NULL,
    paper TEXT NOT NULL,
    template_version TEXT NOT NULL,
    wording_version TEXT NOT NULL,
    input TEXT NOT NULL,
    digest TEXT NOT NULL,
    how TEXT NOT NULL CHECK (how IN ('printed', 'saved')),
    at INTEGER NOT NULL,
    by INTEGER NOT NULL REFERENCES staff (id)
) STRICT;
CREATE INDEX lists_printed_by_time ON lists_printed (at);
CREATE TRIGGER lists_printed_are_kept_as_written BEFORE UPDATE ON lists_printed BEGIN
    SELECT raise(ABORT, 'kept_as_written');
END;
CREATE TRIGGER lists_printed_are_never_removed BEFORE DELETE ON lists_printed BEGIN
    SELECT raise(ABORT, 'never_removed');
END;
