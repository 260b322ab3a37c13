-- Instants are UTC seconds, plain dates ISO text, exact amounts decimal text.
-- Rows that people edit carry a version; rows that record what happened are never changed.

CREATE TABLE settings (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    value TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE staff (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (trim(name) <> ''),
    role TEXT NOT NULL CHECK (role IN ('receptionist', 'nurse', 'clinician', 'manager')),
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE chairs (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (trim(name) <> ''),
    position INTEGER NOT NULL,
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE opening_hours (
    id INTEGER PRIMARY KEY,
    weekday INTEGER NOT NULL CHECK (weekday BETWEEN 0 AND 6),
    opens TEXT NOT NULL,
    closes TEXT NOT NULL CHECK (closes > opens),
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE closures (
    id INTEGER PRIMARY KEY,
    chair_id INTEGER REFERENCES chairs (id),
    starts INTEGER NOT NULL,
    ends INTEGER NOT NULL CHECK (ends > starts),
    reason TEXT NOT NULL,
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE protocols (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (trim(name) <> ''),
    route TEXT NOT NULL CHECK (route IN ('iv', 'im', 'sc', 'oral', 'nasal')),
    tier TEXT NOT NULL CHECK (tier IN ('low', 'mid', 'high')),
    dose_low TEXT,
    dose_high TEXT,
    check_in_minutes INTEGER NOT NULL CHECK (check_in_minutes >= 0),
    infusion_minutes INTEGER NOT NULL CHECK (infusion_minutes > 0),
    recovery_minutes INTEGER NOT NULL CHECK (recovery_minutes >= 0),
    turnover_minutes INTEGER NOT NULL CHECK (turnover_minutes >= 0),
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE vitals_intervals (
    id INTEGER PRIMARY KEY,
    protocol_id INTEGER NOT NULL REFERENCES protocols (id),
    phase TEXT NOT NULL CHECK (phase IN ('infusing', 'recovering')),
    every_minutes INTEGER NOT NULL CHECK (every_minutes > 0),
    until_minute INTEGER,
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE patients (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    record_number TEXT NOT NULL DEFAULT '',
    given_name TEXT NOT NULL,
    family_name TEXT NOT NULL,
    called_name TEXT NOT NULL DEFAULT '',
    birth_date TEXT CHECK (birth_date IS NULL OR birth_date GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    phone TEXT NOT NULL DEFAULT '',
    phone_tokens TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    address TEXT NOT NULL DEFAULT '',
    spoken_language TEXT NOT NULL DEFAULT 'en',
    written_language TEXT NOT NULL DEFAULT 'en',
    interpreter_needed INTEGER NOT NULL DEFAULT 0 CHECK (interpreter_needed IN (0, 1)),
    eligibility TEXT NOT NULL DEFAULT 'not_assessed'
        CHECK (eligibility IN ('not_assessed', 'assessed', 'approved', 'declined')),
    assessed_by TEXT NOT NULL DEFAULT '',
    assessed_on TEXT,
    approved_by TEXT NOT NULL DEFAULT '',
    approved_on TEXT,
    approval_expires_on TEXT,
    note TEXT NOT NULL DEFAULT '',
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    version INTEGER NOT NULL DEFAULT 1,
    CHECK (trim(given_name) <> '' OR trim(family_name) <> '')
) STRICT;
CREATE UNIQUE INDEX patients_by_record_number ON patients (record_number) WHERE record_number <> '';
CREATE INDEX patients_by_birth_date ON patients (birth_date);
CREATE INDEX patients_by_name ON patients (family_name, given_name) WHERE active = 1;

CREATE VIRTUAL TABLE patients_found USING fts5 (
    given_name, family_name, called_name, birth_date, phone_tokens, record_number,
    content = 'patients', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);
CREATE TRIGGER patients_found_insert AFTER INSERT ON patients BEGIN
    INSERT INTO patients_found (rowid, given_name, family_name, called_name, birth_date, phone_tokens, record_number)
    VALUES (new.id, new.given_name, new.family_name, new.called_name, new.birth_date, new.phone_tokens, new.record_number);
END;
CREATE TRIGGER patients_found_update AFTER UPDATE ON patients BEGIN
    INSERT INTO patients_found (patients_found, rowid, given_name, family_name, called_name, birth_date, phone_tokens, record_number)
    VALUES ('delete', old.id, old.given_name, old.family_name, old.called_name, old.birth_date, old.phone_tokens, old.record_number);
    INSERT INTO patients_found (rowid, given_name, family_name, called_name, birth_date, phone_tokens, record_number)
    VALUES (new.id, new.given_name, new.family_name, new.called_name, new.birth_date, new.phone_tokens, new.record_number);
END;

CREATE TABLE allergies (
    id INTEGER PRIMARY KEY,
    patient_id INTEGER NOT NULL REFERENCES patients (id),
    substance TEXT NOT NULL CHECK (trim(substance) <> ''),
    reaction TEXT NOT NULL DEFAULT '',
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX allergies_by_patient ON allergies (patient_id);

CREATE TABLE medications (
    id INTEGER PRIMARY KEY,
    patient_id INTEGER NOT NULL REFERENCES patients (id),
    name TEXT NOT NULL CHECK (trim(name) <> ''),
    dose_text TEXT NOT NULL DEFAULT '',
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX medications_by_patient ON medications (patient_id);

CREATE TABLE escorts (
    id INTEGER PRIMARY KEY,
    patient_id INTEGER NOT NULL REFERENCES patients (id),
    name TEXT NOT NULL CHECK (trim(name) <> ''),
    relation TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    stays_overnight INTEGER CHECK (stays_overnight IN (0, 1)),
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX escorts_by_patient ON escorts (patient_id);

CREATE TABLE courses (
    id INTEGER PRIMARY KEY,
    patient_id INTEGER NOT NULL REFERENCES patients (id),
    protocol_id INTEGER NOT NULL REFERENCES protocols (id),
    planned INTEGER NOT NULL CHECK (planned > 0),
    spacing_min_days INTEGER NOT NULL CHECK (spacing_min_days >= 0),
    spacing_max_days INTEGER NOT NULL CHECK (spacing_max_days >= spacing_min_days),
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX courses_by_patient ON courses (patient_id);

CREATE TABLE appointments (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    patient_id INTEGER NOT NULL REFERENCES patients (id),
    chair_id INTEGER NOT NULL REFERENCES chairs (id),
    protocol_id INTEGER NOT NULL REFERENCES protocols (id),
    course_id INTEGER REFERENCES courses (id),
    course_number INTEGER CHECK (course_number > 0),
    nurse_id INTEGER REFERENCES staff (id),
    escort_id INTEGER REFERENCES escorts (id),
    starts INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    check_in_minutes INTEGER NOT NULL CHECK (check_in_minutes >= 0),
    infusion_minutes INTEGER NOT NULL CHECK (infusion_minutes > 0),
    recovery_minutes INTEGER NOT NULL CHECK (recovery_minutes >= 0),
    turnover_minutes INTEGER NOT NULL CHECK (turnover_minutes >= 0),
    status TEXT NOT NULL DEFAULT 'booked' CHECK (status IN (
        'booked', 'confirmed', 'arrived', 'in_session', 'completed',
        'cancelled_by_patient', 'cancelled_by_clinic', 'no_show')),
    status_reason TEXT,
    status_at INTEGER NOT NULL,
    escort_state TEXT NOT NULL DEFAULT 'not_asked' CHECK (escort_state IN (
        'not_asked', 'named', 'confirmed', 'called', 'on_the_way', 'here', 'handed_over')),
    overlap_reason TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL DEFAULT 1,
    CHECK (ends > starts AND ends - starts <= 86400),
    CHECK (ends - starts
           = 60 * (check_in_minutes + infusion_minutes + recovery_minutes + turnover_minutes)),
    CHECK (status NOT IN ('cancelled_by_patient', 'cancelled_by_clinic', 'no_show')
           OR status_reason IS NOT NULL)
) STRICT;
CREATE INDEX appointments_by_chair ON appointments (chair_id, starts);
CREATE INDEX appointments_by_start ON appointments (starts);
CREATE INDEX appointments_by_patient ON appointments (patient_id, starts);
CREATE INDEX appointments_by_course ON appointments (course_id) WHERE course_id IS NOT NULL;

-- A chair is never double-booked by accident, whatever program writes to this file.
CREATE TRIGGER appointments_overlap_insert BEFORE INSERT ON appointments
WHEN new.overlap_reason = ''
    AND new.status NOT IN ('cancelled_by_patient', 'cancelled_by_clinic', 'no_show')
    AND EXISTS (
        SELECT 1 FROM appointments AS other
        WHERE other.chair_id = new.chair_id
            AND other.starts > new.starts - 86400 AND other.starts < new.ends
            AND other.ends > new.starts
            AND other.status NOT IN ('cancelled_by_patient', 'cancelled_by_clinic', 'no_show'))
BEGIN
    SELECT raise(ABORT, 'chair_taken');
END;
CREATE TRIGGER appointments_overlap_update
BEFORE UPDATE OF chair_id, starts, ends, status, overlap_reason ON appointments
WHEN new.overlap_reason = ''
    AND new.status NOT IN ('cancelled_by_patient', 'cancelled_by_clinic', 'no_show')
    AND (new.chair_id <> old.chair_id OR new.starts <> old.starts OR new.ends <> old.ends
         OR old.overlap_reason <> ''
         OR old.status IN ('cancelled_by_patient', 'cancelled_by_clinic', 'no_show'))
    AND EXISTS (
        SELECT 1 FROM appointments AS other
        WHERE other.chair_id = new.chair_id AND other.id <> new.id
            AND other.starts > new.starts - 86400 AND other.starts < new.ends
            AND other.ends > new.starts
            AND other.status NOT IN ('cancelled_by_patient', 'cancelled_by_clinic', 'no_show'))
BEGIN
    SELECT raise(ABORT, 'chair_taken');
END;

CREATE TABLE sessions (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    appointment_id INTEGER NOT NULL UNIQUE REFERENCES appointments (id),
    patient_id INTEGER NOT NULL REFERENCES patients (id),
    chair_id INTEGER NOT NULL REFERENCES chairs (id),
    nurse_id INTEGER NOT NULL REFERENCES staff (id),
    phase TEXT NOT NULL CHECK (phase IN (
        'preparing', 'infusing', 'paused', 'recovering', 'ready', 'released', 'stopped')),
    opened_at INTEGER NOT NULL,
    infusion_started_at INTEGER,
    infusion_ended_at INTEGER,
    paused_at INTEGER,
    paused_seconds INTEGER NOT NULL DEFAULT 0 CHECK (paused_seconds >= 0),
    recovery_started_at INTEGER,
    ready_at INTEGER,
    released_at INTEGER,
    release_path TEXT CHECK (release_path IN ('to_escort', 'alone', 'against_advice', 'transferred')),
    release_escort_id INTEGER REFERENCES escorts (id),
    release_to_name TEXT NOT NULL DEFAULT '',
    release_reason TEXT NOT NULL DEFAULT '',
    signed_at INTEGER,
    signed_by INTEGER REFERENCES staff (id),
    version INTEGER NOT NULL DEFAULT 1,
    CHECK ((signed_at IS NULL) = (signed_by IS NULL)),
    CHECK (phase <> 'released' OR (released_at IS NOT NULL AND release_path IS NOT NULL))
) STRICT;
CREATE INDEX sessions_by_patient ON sessions (patient_id, opened_at);
CREATE INDEX sessions_by_opened ON sessions (opened_at);
CREATE INDEX sessions_open ON sessions (phase) WHERE phase <> 'released';
CREATE TRIGGER sessions_signed_are_locked BEFORE UPDATE ON sessions WHEN old.signed_at IS NOT NULL
BEGIN
    SELECT raise(ABORT, 'session_signed');
END;

CREATE TABLE checklist_answers (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    session_id INTEGER NOT NULL REFERENCES sessions (id),
    item TEXT NOT NULL,
    answer TEXT NOT NULL CHECK (answer IN ('met', 'not_met', 'not_applicable')),
    detail TEXT NOT NULL DEFAULT '',
    override_reason TEXT NOT NULL DEFAULT '',
    override_by INTEGER REFERENCES staff (id),
    at INTEGER NOT NULL,
    by INTEGER NOT NULL REFERENCES staff (id),
    CHECK (override_reason = '' OR override_by IS NOT NULL)
) STRICT;
CREATE INDEX checklist_answers_by_session ON checklist_answers (session_id);

CREATE TABLE orders (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    session_id INTEGER NOT NULL REFERENCES sessions (id),
    ordered_by TEXT NOT NULL CHECK (trim(ordered_by) <> ''),
    weight TEXT NOT NULL,
    dose_per_kg TEXT NOT NULL,
    dose TEXT NOT NULL,
    duration INTEGER NOT NULL CHECK (duration > 0),
    route TEXT NOT NULL,
    strength TEXT,
    bag TEXT,
    bag_mode TEXT CHECK (bag_mode IN ('withdraw_equal_volume', 'add_to_bag')),
    preparation_note TEXT NOT NULL DEFAULT '',
    entered_at INTEGER NOT NULL,
    entered_by INTEGER NOT NULL REFERENCES staff (id),
    CHECK ((bag IS NULL) = (bag_mode IS NULL)),
    CHECK (bag IS NULL OR strength IS NOT NULL)
) STRICT;
CREATE INDEX orders_by_session ON orders (session_id);

CREATE TABLE readings (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    session_id INTEGER NOT NULL REFERENCES sessions (id),
    taken_at INTEGER NOT NULL,
    entered_at INTEGER NOT NULL,
    entered_by INTEGER NOT NULL REFERENCES staff (id),
    systolic INTEGER CHECK (systolic BETWEEN 20 AND 350),
    diastolic INTEGER CHECK (diastolic BETWEEN 10 AND 250),
    heart_rate INTEGER CHECK (heart_rate BETWEEN 10 AND 350),
    oxygen_saturation INTEGER CHECK (oxygen_saturation BETWEEN 20 AND 100),
    respiratory_rate INTEGER CHECK (respiratory_rate BETWEEN 0 AND 90),
    oxygen_flow TEXT,
    moaas INTEGER CHECK (moaas BETWEEN 0 AND 5),
    pain INTEGER CHECK (pain BETWEEN 0 AND 10),
    dissociation INTEGER CHECK (dissociation BETWEEN 0 AND 10),
    note TEXT NOT NULL DEFAULT '',
    amends_id INTEGER UNIQUE REFERENCES readings (id),
    amend_reason TEXT NOT NULL DEFAULT '',
    withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
    CHECK ((systolic IS NULL) = (diastolic IS NULL)),
    CHECK (systolic IS NULL OR systolic > diastolic),
    CHECK (amends_id IS NULL OR trim(amend_reason) <> ''),
    CHECK (withdrawn = 0 OR amends_id IS NOT NULL)
) STRICT;
CREATE INDEX readings_by_session ON readings (session_id, taken_at);

CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    session_id INTEGER NOT NULL REFERENCES sessions (id),
    kind TEXT NOT NULL CHECK (kind IN ('side_effect', 'medicine', 'intervention', 'phase', 'note')),
    at INTEGER NOT NULL,
    code TEXT NOT NULL DEFAULT '',
    medicine TEXT NOT NULL DEFAULT '',
    grade INTEGER CHECK (grade BETWEEN 1 AND 5),
    detail TEXT NOT NULL DEFAULT '',
    entered_at INTEGER NOT NULL,
    entered_by INTEGER NOT NULL REFERENCES staff (id),
    amends_id INTEGER UNIQUE REFERENCES events (id),
    amend_reason TEXT NOT NULL DEFAULT '',
    withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
    CHECK (amends_id IS NULL OR trim(amend_reason) <> ''),
    CHECK (withdrawn = 0 OR amends_id IS NOT NULL)
) STRICT;
CREATE INDEX events_by_session ON events (session_id, at);

CREATE TABLE assessments (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    patient_id INTEGER NOT NULL REFERENCES patients (id),
    session_id INTEGER REFERENCES sessions (id),
    scale TEXT NOT NULL,
    items TEXT NOT NULL DEFAULT '[]',
    total INTEGER,
    language TEXT NOT NULL DEFAULT 'en',
    mode TEXT NOT NULL CHECK (mode IN ('self', 'read_aloud', 'paper')),
    at INTEGER NOT NULL,
    by INTEGER NOT NULL REFERENCES staff (id),
    amends_id INTEGER UNIQUE REFERENCES assessments (id),
    amend_reason TEXT NOT NULL DEFAULT '',
    CHECK (amends_id IS NULL OR trim(amend_reason) <> '')
) STRICT;
CREATE INDEX assessments_by_patient ON assessments (patient_id, at);

CREATE TABLE sheets (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    appointment_id INTEGER NOT NULL REFERENCES appointments (id),
    patient_id INTEGER NOT NULL REFERENCES patients (id),
    kind TEXT NOT NULL,
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
CREATE INDEX sheets_by_appointment ON sheets (appointment_id);
CREATE INDEX sheets_by_time ON sheets (at);

CREATE TABLE actions (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    at INTEGER NOT NULL,
    staff_id INTEGER REFERENCES staff (id),
    verb TEXT NOT NULL,
    details TEXT NOT NULL DEFAULT '{}',
    undoable INTEGER NOT NULL DEFAULT 0 CHECK (undoable IN (0, 1)),
    undoes INTEGER UNIQUE REFERENCES actions (id)
) STRICT;
CREATE INDEX actions_by_time ON actions (at);
CREATE INDEX actions_to_undo ON actions (staff_id) WHERE undoable = 1;

CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    action_id INTEGER NOT NULL REFERENCES actions (id),
    table_name TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    before TEXT,
    after TEXT NOT NULL
) STRICT;
CREATE INDEX audit_by_row ON audit (table_name, row_id);
CREATE INDEX audit_by_action ON audit (action_id);

-- What happened is kept as it was written: amended by later rows, never changed or removed.
CREATE TRIGGER checklist_answers_are_kept_as_written BEFORE UPDATE ON checklist_answers BEGIN
    SELECT raise(ABORT, 'kept_as_written');
END;
CREATE TRIGGER orders_are_kept_as_written BEFORE UPDATE ON orders BEGIN
    SELECT raise(ABORT, 'kept_as_written');
END;
CREATE TRIGGER readings_are_kept_as_written BEFORE UPDATE ON readings BEGIN
    SELECT raise(ABORT, 'kept_as_written');
END;
CREATE TRIGGER events_are_kept_as_written BEFORE UPDATE ON events BEGIN
    SELECT raise(ABORT, 'kept_as_written');
END;
CREATE TRIGGER assessments_are_kept_as_written BEFORE UPDATE ON assessments BEGIN
    SELECT raise(ABORT, 'kept_as_written');
END;
CREATE TRIGGER sheets_are_kept_as_written BEFORE UPDATE ON sheets BEGIN
    SELECT raise(ABORT, 'kept_as_written');
END;
CREATE TRIGGER audit_are_kept_as_written BEFORE UPDATE ON audit BEGIN
    SELECT raise(ABORT, 'kept_as_written');
END;
CREATE TRIGGER actions_are_kept_as_written BEFORE UPDATE ON actions BEGIN
    SELECT raise(ABORT, 'kept_as_written');
END;
CREATE TRIGGER checklist_answers_are_never_removed BEFORE DELETE ON checklist_answers BEGIN
    SELECT raise(ABORT, 'never_removed');
END;
CREATE TRIGGER orders_are_never_removed BEFORE DELETE ON orders BEGIN
    SELECT raise(ABORT, 'never_removed');
END;
CREATE TRIGGER readings_are_never_removed BEFORE DELETE ON readings BEGIN
    SELECT raise(ABORT, 'never_removed');
END;
CREATE TRIGGER events_are_never_removed BEFORE DELETE ON events BEGIN
    SELECT raise(ABORT, 'never_removed');
END;
CREATE TRIGGER assessments_are_never_removed BEFORE DELETE ON assessments BEGIN
    SELECT raise(ABORT, 'never_removed');
END;
CREATE TRIGGER sheets_are_never_removed BEFORE DELETE ON sheets BEGIN
    SELECT raise(ABORT, 'never_removed');
END;
CREATE TRIGGER audit_are_never_removed BEFORE DELETE ON audit BEGIN
    SELECT raise(ABORT, 'never_removed');
END;
CREATE TRIGGER actions_are_never_removed BEFORE DELETE ON actions BEGIN
    SELECT raise(ABORT, 'never_removed');
END;
CREATE TRIGGER sessions_are_never_removed BEFORE DELETE ON sessions BEGIN
    SELECT raise(ABORT, 'never_removed');
END;
CREATE TRIGGER appointments_are_never_removed BEFORE DELETE ON appointments BEGIN
    SELECT raise(ABORT, 'never_removed');
END;
CREATE TRIGGER patients_are_never_removed BEFORE DELETE ON patients BEGIN
    SELECT raise(ABORT, 'never_removed');
END;
CREATE TRIGGER settings_are_never_removed BEFORE DELETE ON settings BEGIN
    SELECT raise(ABORT, 'never_removed');
END;
CREATE TRIGGER staff_are_never_removed BEFORE DELETE ON staff BEGIN
    SELECT raise(ABORT, 'never_removed');
END;
CREATE TRIGGER chairs_are_never_removed BEFORE DELETE ON chairs BEGIN
    SELECT raise(ABORT, 'never_removed');
END;
CREATE TRIGGER opening_hours_are_never_removed BEFORE DELETE ON opening_hours BEGIN
    SELECT raise(ABORT, 'never_removed');
END;
CREATE TRIGGER closures_are_never_removed BEFORE DELETE ON closures BEGIN
    SELECT raise(ABORT, 'never_removed');
END;
CREATE TRIGGER protocols_are_never_removed BEFORE DELETE ON protocols BEGIN
    SELECT raise(ABORT, 'never_removed');
END;
CREATE TRIGGER vitals_intervals_are_never_removed BEFORE DELETE ON vitals_intervals BEGIN
    SELECT raise(ABORT, 'never_removed');
END;
CREATE TRIGGER allergies_are_never_removed BEFORE DELETE ON allergies BEGIN
    SELECT raise(ABORT, 'never_removed');
END;
CREATE TRIGGER medications_are_never_removed BEFORE DELETE ON medications BEGIN
    SELECT raise(ABORT, 'never_removed');
END;
CREATE TRIGGER escorts_are_never_removed BEFORE DELETE ON escorts BEGIN
    SELECT raise(ABORT, 'never_removed');
END;
CREATE TRIGGER courses_are_never_removed BEFORE DELETE ON courses BEGIN
    SELECT raise(ABORT, 'never_removed');
END;
