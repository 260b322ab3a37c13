-- What a person decided to go against, and why: shown with the appointment ever after.
ALTER TABLE appointments ADD COLUMN override_codes TEXT NOT NULL DEFAULT '';
ALTER TABLE appointments ADD COLUMN override_reason TEXT NOT NULL DEFAULT ''
    CHECK (override_codes = '' OR trim(override_reason) <> '');
ALTER TABLE appointments ADD COLUMN override_by INTEGER REFERENCES staff (id);

-- When an escort can come, in local time; empty is any time.
ALTER TABLE escorts ADD COLUMN free_from TEXT NOT NULL DEFAULT ''
    CHECK (free_from = '' OR free_from GLOB '[0-2][0-9]:[0-5][0-9]');
ALTER TABLE escorts ADD COLUMN free_until TEXT NOT NULL DEFAULT ''
    CHECK (free_until = '' OR free_until GLOB '[0-2][0-9]:[0-5][0-9]');

-- What the patient would like: weekdays as digits (0 is Monday), a part of the day, a usual time.
ALTER TABLE courses ADD COLUMN wish_weekdays TEXT NOT NULL DEFAULT '';
ALTER TABLE courses ADD COLUMN wish_part TEXT
    CHECK (wish_part IN ('morning', 'afternoon', 'evening'));
ALTER TABLE courses ADD COLUMN wish_chair_id INTEGER REFERENCES chairs (id);
ALTER TABLE courses ADD COLUMN wish_nurse_id INTEGER REFERENCES staff (id);
ALTER TABLE courses ADD COLUMN wish_at TEXT NOT NULL DEFAULT '';

CREATE TABLE waitlist (
    id INTEGER PRIMARY KEY,
    patient_id INTEGER NOT NULL REFERENCES patients (id),
    protocol_id INTEGER NOT NULL REFERENCES protocols (id),
    course_id INTEGER REFERENCES courses (id),
    urgency TEXT NOT NULL CHECK (urgency IN ('routine', 'soon', 'urgent')),
    since INTEGER NOT NULL,
    until_day TEXT,
    wish_weekdays TEXT NOT NULL DEFAULT '',
    wish_part TEXT CHECK (wish_part IN ('morning', 'afternoon', 'evening')),
    wish_chair_id INTEGER REFERENCES chairs (id),
    wish_nurse_id INTEGER REFERENCES staff (id),
    wish_at TEXT NOT NULL DEFAULT '',
    not_before TEXT,
    note TEXT NOT NULL DEFAULT '',
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX waitlist_waiting ON waitlist (since) WHERE active = 1;

CREATE TABLE waitlist_offers (
    id INTEGER PRIMARY KEY,
    waitlist_id INTEGER NOT NULL REFERENCES waitlist (id),
    patient_id INTEGER NOT NULL REFERENCES patients (id),
    chair_id INTEGER NOT NULL REFERENCES chairs (id),
    starts INTEGER NOT NULL,
    answer TEXT NOT NULL CHECK (answer IN ('accepted', 'declined', 'no_answer')),
    note TEXT NOT NULL DEFAULT '',
    at INTEGER NOT NULL,
    by INTEGER NOT NULL REFERENCES staff (id)
) STRICT;
CREATE INDEX waitlist_offers_by_entry ON waitlist_offers (waitlist_id);

CREATE TABLE escort_contacts (
    id INTEGER PRIMARY KEY,
    appointment_id INTEGER NOT NULL REFERENCES appointments (id),
    patient_id INTEGER NOT NULL REFERENCES patients (id),
    escort_id INTEGER REFERENCES escorts (id),
    about_starts INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('with_escort', 'with_patient', 'no_answer', 'nobody')),
    note TEXT NOT NULL DEFAULT '',
    at INTEGER NOT NULL,
    by INTEGER NOT NULL REFERENCES staff (id)
) STRICT;
CREATE INDEX escort_contacts_by_appointment ON escort_contacts (appointment_id);

CREATE TRIGGER waitlist_offers_are_kept_as_written BEFORE UPDATE ON waitlist_offers BEGIN
    SELECT raise(ABORT, 'kept_as_written');
END;
CREATE TRIGGER escort_contacts_are_kept_as_written BEFORE UPDATE ON escort_contacts BEGIN
    SELECT raise(ABORT, 'kept_as_written');
END;
CREATE TRIGGER waitlist_are_never_removed BEFORE DELETE ON waitlist BEGIN
    SELECT raise(ABORT, 'never_removed');
END;
CREATE TRIGGER waitlist_offers_are_never_removed BEFORE DELETE ON waitlist_offers BEGIN
    SELECT raise(ABORT, 'never_removed');
END;
CREATE TRIGGER escort_contacts_are_never_removed BEFORE DELETE ON escort_contacts BEGIN
    SELECT raise(ABORT, 'never_removed');
END;
