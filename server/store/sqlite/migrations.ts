/**
 * Numbered migrations: entry n brings a database of version n to version n + 1 (`PRAGMA user_version`). Never edit one that was released;
 * append.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE event (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    name  TEXT NOT NULL,
    demo  INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE people (
    id          TEXT PRIMARY KEY,
    name        TEXT NOT NULL,
    entity      TEXT NOT NULL,
    entity_type TEXT NOT NULL,
    country     TEXT NOT NULL,
    role        TEXT NOT NULL,
    language    TEXT NOT NULL,
    email       TEXT NOT NULL,
    created_at  INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX people_email ON people (lower(email)) WHERE email <> '';

  CREATE TABLE passes (
    id         TEXT PRIMARY KEY,
    person     TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    hash       BLOB NOT NULL UNIQUE,
    issued_at  INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX passes_person ON passes (person);

  -- A log that a running server follows. It names a person by the opaque id only, and outlives them so that an erasure is seen.
  CREATE TABLE revocations (
    seq    INTEGER PRIMARY KEY AUTOINCREMENT,
    person TEXT NOT NULL,
    at     INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE places (
    person     TEXT PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    scene      TEXT NOT NULL,
    x          REAL NOT NULL,
    y          REAL NOT NULL,
    z          REAL NOT NULL,
    yaw        REAL NOT NULL,
    seat       TEXT NOT NULL,
    appearance TEXT NOT NULL,
    at         INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE blocks (
    person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    other  TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    PRIMARY KEY (person, other)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX blocks_other ON blocks (other);

  CREATE TABLE secrets (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE scene_uploads (
    id     TEXT PRIMARY KEY,
    state  TEXT NOT NULL,
    scene  TEXT NOT NULL,
    names  TEXT,
    file   TEXT NOT NULL,
    bytes  INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    report TEXT NOT NULL,
    kept   INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX scene_uploads_published ON scene_uploads (scene) WHERE state = 'published';

  -- The record of who published what. It outlives the person, without them.
  CREATE TABLE scene_deeds (
    seq    INTEGER PRIMARY KEY AUTOINCREMENT,
    upload TEXT NOT NULL REFERENCES scene_uploads (id) ON DELETE CASCADE,
    what   TEXT NOT NULL,
    person TEXT REFERENCES people (id) ON DELETE SET NULL,
    at     INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX scene_deeds_upload ON scene_deeds (upload);
  CREATE INDEX scene_deeds_person ON scene_deeds (person);
  `,
  `
  CREATE TABLE mosaic_tiles (
    scene    TEXT NOT NULL,
    activity TEXT NOT NULL,
    cell     INTEGER NOT NULL,
    tile     INTEGER NOT NULL,
    PRIMARY KEY (scene, activity, cell)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE sponsors (
    id       TEXT PRIMARY KEY,
    kind     TEXT NOT NULL,
    tier     TEXT,
    name     TEXT NOT NULL,
    names    TEXT NOT NULL,
    texts    TEXT NOT NULL,
    link     TEXT,
    logo     TEXT,
    booth    TEXT,
    position INTEGER NOT NULL,
    revision INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX sponsors_booth ON sponsors (booth) WHERE booth IS NOT NULL;
  `,
  `
  CREATE TABLE bookings (
    id          TEXT PRIMARY KEY,
    organiser   TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    subject     TEXT NOT NULL,
    languages   TEXT NOT NULL,
    starts_at   INTEGER NOT NULL,
    ends_at     INTEGER NOT NULL,
    zone        TEXT NOT NULL,
    scene       TEXT,
    space       TEXT,
    delegations TEXT NOT NULL,
    state       TEXT NOT NULL,
    revision    INTEGER NOT NULL,
    changed_at  INTEGER NOT NULL,
    CHECK ((scene IS NULL) = (space IS NULL))
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX bookings_organiser ON bookings (organiser);

  -- Who is invited by name (with their place in the list), and who has answered.
  CREATE TABLE booking_people (
    booking TEXT NOT NULL REFERENCES bookings (id) ON DELETE CASCADE,
    person  TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    place   INTEGER,
    answer  TEXT,
    PRIMARY KEY (booking, person)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX booking_people_person ON booking_people (person);

  CREATE TABLE calendars (
    person TEXT PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    secret TEXT NOT NULL UNIQUE
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE sessions (
    id         TEXT PRIMARY KEY,
    created_at INTEGER NOT NULL,
    saved_at   INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- A session's state in parts: one row for a value (entry ''), one for each entry of a table.
  CREATE TABLE session_parts (
    session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    part    TEXT NOT NULL,
    entry   TEXT NOT NULL,
    json    TEXT NOT NULL,
    PRIMARY KEY (session, part, entry)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE session_captions (
    session  TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    id       INTEGER NOT NULL,
    language TEXT NOT NULL,
    text     TEXT NOT NULL,
    speaker  TEXT NOT NULL,
    at       INTEGER NOT NULL,
    PRIMARY KEY (session, id)
  ) STRICT, WITHOUT ROWID;
  `,
];
