-- Who holds which ledgers, and where closed ones ended: also for a new database.

-- Which devices hold which ledgers, as each said when it was last in contact. No promise hangs on it: it is not fsynced
-- by itself.
CREATE TABLE IF NOT EXISTS contact (
    ledger  INTEGER NOT NULL REFERENCES ledgers (number),
    device  BLOB NOT NULL CHECK (length(device) = 16),
    account BLOB NOT NULL CHECK (length(account) = 16),
    at      INTEGER NOT NULL,
    seq     INTEGER NOT NULL,                       -- the last entry it had
    pending INTEGER NOT NULL,                       -- the changes without a receipt that it held
    PRIMARY KEY (ledger, device)
) STRICT, WITHOUT ROWID;

-- Where the log of a ledger ended when its year was closed.
CREATE TABLE IF NOT EXISTS closing (
    ledger INTEGER PRIMARY KEY REFERENCES ledgers (number),
    seq    INTEGER NOT NULL,
    chain  BLOB NOT NULL CHECK (length(chain) = 32),
    at     INTEGER NOT NULL
) STRICT;
