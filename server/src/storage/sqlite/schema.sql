-- The relay's database. Truth is the log; moments are milliseconds since 1970 by the relay's clock.
--
-- These are the tables of version 3, and stay as they are. What later versions add has a file of its own, from which a
-- new store is made and one of the version before is upgraded.

CREATE TABLE enterprise (
    one  INTEGER PRIMARY KEY CHECK (one = 1),
    id   BLOB NOT NULL CHECK (length(id) = 16),
    name TEXT NOT NULL,
    demo TEXT NOT NULL                              -- JSON: accounts shown on the sign-in page
) STRICT;

CREATE TABLE units (
    id     BLOB PRIMARY KEY CHECK (length(id) = 16),
    name   TEXT NOT NULL,
    kind   TEXT NOT NULL,
    parent BLOB,
    place  INTEGER NOT NULL                         -- the order in which they are listed
) STRICT;

CREATE TABLE accounts (
    id       BLOB PRIMARY KEY CHECK (length(id) = 16),
    login    TEXT NOT NULL UNIQUE,
    name     TEXT NOT NULL,
    password TEXT NOT NULL,                         -- argon2id, in the PHC format
    first    INTEGER NOT NULL,                      -- whether its owner has yet to change it
    code       TEXT,                                -- a one-time code's hash, likewise
    code_until INTEGER
) STRICT;

CREATE TABLE grants (
    account BLOB NOT NULL REFERENCES accounts (id),
    place   INTEGER NOT NULL,                       -- the first role is the one shown beside the name
    unit    BLOB NOT NULL,
    role    TEXT NOT NULL,
    first_day TEXT,
    last_day  TEXT,
    revoked INTEGER NOT NULL,
    PRIMARY KEY (account, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    hash     BLOB PRIMARY KEY CHECK (length(hash) = 32),    -- SHA-256 of the token; the token itself is nowhere
    account  BLOB NOT NULL,
    device   BLOB NOT NULL,
    kind     TEXT NOT NULL,                                 -- of the device: shared or personal
    began_at INTEGER NOT NULL,
    used_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE ledgers (
    number INTEGER PRIMARY KEY,                     -- stands for the ledger in the tables below
    id     BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    unit   BLOB NOT NULL,
    year   INTEGER,
    kind   TEXT NOT NULL,
    part   TEXT NOT NULL,
    status TEXT NOT NULL
) STRICT;

CREATE TABLE log (
    ledger      INTEGER NOT NULL REFERENCES ledgers (number),
    seq         INTEGER NOT NULL CHECK (seq > 0),   -- from 1, without gaps
    hash        BLOB NOT NULL CHECK (length(hash) = 32),
    chain       BLOB NOT NULL CHECK (length(chain) = 32),
    account     BLOB NOT NULL,
    device      BLOB NOT NULL,
    carried_by  BLOB,
    received_at INTEGER NOT NULL,
    bytes       BLOB NOT NULL,
    seal        BLOB NOT NULL CHECK (length(seal) = 32),
    PRIMARY KEY (ledger, seq)
) STRICT;

CREATE UNIQUE INDEX log_by_hash ON log (ledger, hash);

-- Changes that a later entry voids: their bytes stay, and are not given out any more.
CREATE TABLE voided (
    ledger INTEGER NOT NULL REFERENCES ledgers (number),
    hash   BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (ledger, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE held (
    ledger      INTEGER NOT NULL REFERENCES ledgers (number),
    hash        BLOB NOT NULL CHECK (length(hash) = 32),
    account     BLOB NOT NULL,
    device      BLOB NOT NULL,
    carried_by  BLOB,
    received_at INTEGER NOT NULL,
    bytes       BLOB NOT NULL,
    seal        BLOB NOT NULL CHECK (length(seal) = 32),
    why         TEXT NOT NULL,
    decision    TEXT,                               -- JSON: what, by whom, when, why
    place       INTEGER NOT NULL,                   -- the order of arrival
    PRIMARY KEY (ledger, hash)
) STRICT;

-- Append-only; each entry's hash covers its text and the hash before it.
CREATE TABLE audit (
    number INTEGER PRIMARY KEY CHECK (number > 0),
    text   TEXT NOT NULL,
    hash   BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TRIGGER audit_is_not_altered BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_is_not_shortened BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
