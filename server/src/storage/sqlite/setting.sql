-- Since version 4. Versions of enterprise settings: numbered from 1 without gaps, and kept as they are.
CREATE TABLE setting (
    kind    TEXT NOT NULL,
    name    TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    digest  TEXT NOT NULL CHECK (length(digest) = 64),
    title   TEXT NOT NULL,
    account BLOB,                                   -- none for the command line
    at      INTEGER NOT NULL,
    note    TEXT NOT NULL,
    body    TEXT NOT NULL,                          -- last: what comes before it is read without it
    PRIMARY KEY (kind, name, version)
) STRICT;

CREATE TRIGGER setting_is_not_altered BEFORE UPDATE ON setting BEGIN SELECT raise(ABORT, 'versions of settings stay'); END;
CREATE TRIGGER setting_is_not_removed BEFORE DELETE ON setting BEGIN SELECT raise(ABORT, 'versions of settings stay'); END;
