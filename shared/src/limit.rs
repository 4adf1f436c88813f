//! Every limit in one place, with its unit and its reason.

use std::time::Duration;

/// The longest frame the relay takes from a client, in bytes: one largest change and its envelope, with room to batch.
pub const FRAME_FROM_CLIENT_BYTES: usize = 512 * 1024;
/// The longest frame the relay sends, in bytes: what a phone on a weak network receives in a few seconds.
pub const FRAME_FROM_RELAY_BYTES: usize = 320 * 1024;
/// The longest change, in bytes: the largest paste (200 rows of long text) fits, a bomb does not.
pub const CHANGE_BYTES: usize = 256 * 1024;
/// The most operations in one change: an act over more cells is split into several changes with one act id.
pub const CHANGE_OPERATIONS: usize = 5_000;
/// The most predecessors of one change's operations, together.
pub const CHANGE_PREDECESSORS: usize = 5_000;
/// The most dependencies of one change: the relay merges heads long before (see [`HEADS_BEFORE_MERGE`]).
pub const CHANGE_DEPENDENCIES: usize = 64;
/// The most actors other than its own that one change names: a fill over 100 rows honestly names 100.
pub const CHANGE_OTHER_ACTORS: usize = 5_000;
/// The longest message of a change, in bytes: it holds an act id and a word.
pub const CHANGE_MESSAGE_BYTES: usize = 1_024;
/// The furthest a change's time may be from 1970 either way, in milliseconds: the year 9999. Clocks are wrong by years;
/// what Automerge keeps as differences of times must not overflow.
pub const CHANGE_TIME: u64 = 253_402_300_799_999;
/// The most columns in a change's column table: Automerge writes at most fourteen.
pub const CHANGE_COLUMNS: usize = 32;
/// The longest key of a cell, in bytes: two ids, a sheet and a slash or two.
pub const KEY_BYTES: usize = 160;
/// The longest text that rights look at, in bytes: the kind of a decision.
pub const WORD_BYTES: usize = 64;
/// The longest text of a cell, in bytes: a 5,000-character paste fits twice.
pub const TEXT_BYTES: usize = 32 * 1024;
/// The most operations of one ledger: 207,000 load in 106 ms natively; beyond this a ledger is closed and rolled over.
pub const LEDGER_OPERATIONS: usize = 250_000;
/// The most bytes of one ledger's changes: 250,000 changes of one cell have 42 MB, and a browser holds all of them.
pub const LEDGER_BYTES: usize = 64 * 1024 * 1024;
/// The operations of one ledger from which on the log says that it is getting large: loading it costs 20 ms natively.
pub const LEDGER_OPERATIONS_WARNING: usize = 50_000;
/// The cells one act writes into one change; half of what a change may hold, since predecessors count too.
pub const ACT_CELLS_PER_CHANGE: usize = 1_000;
/// The text one act writes into one change, in bytes; half of [`CHANGE_BYTES`].
pub const ACT_BYTES_PER_CHANGE: usize = 128 * 1024;
/// The most cells one act may write: a paste of 2,000 rows by 15 columns.
pub const ACT_CELLS: usize = 30_000;
/// The decisions one act may make: the pledge items of a whole branch, approved at one time.
pub const ACT_DECISIONS: usize = 500;
/// The longest note or choice of a decision, in bytes: a page.
pub const DECISION_TEXT_BYTES: usize = 8 * 1024;
/// The decisions on one row that a further one names as seen: their ids are one text of a cell.
pub const DECISIONS_OF_ROW: usize = 800;
/// The number of heads a ledger may have before the relay appends empty merge changes.
pub const HEADS_BEFORE_MERGE: usize = 16;
/// The most dependencies of one of the relay's merge changes.
pub const MERGE_DEPENDENCIES: usize = 32;
/// The entries of a ledger's log in one frame at the most; bytes bound it earlier.
pub const ENTRIES_PER_FRAME: usize = 1_000;
/// The changes in one push at the most.
pub const CHANGES_PER_PUSH: usize = 1_000;
/// The bytes of changes a client puts into one push, unless one change alone is longer: on a slow line the relay hears
/// nothing of a push before its last byte.
pub const PUSH_BYTES: usize = 32 * 1024;
/// The bytes of entries the relay puts into one frame.
pub const ENTRIES_BYTES: usize = 256 * 1024;
/// What an entry adds to the bytes of its change in a frame, at the most: field names, ids, seal.
pub const ENTRY_ENVELOPE_BYTES: usize = 256;
/// The longest version of an app in a hello, in bytes: a number, and where it was built.
pub const APP_BYTES: usize = 64;
/// The ledgers one connection follows at the most: an officer of the office reads every branch's five.
pub const LEDGERS_PER_CONNECTION: usize = 400;
/// Changes per second an account may push, from all its devices, after the burst is spent.
pub const CHANGES_PER_SECOND: u32 = 200;
/// Changes an account may push at once, from all its devices: two days offline must go through.
pub const CHANGES_BURST: u32 = 5_000;
/// The changes held for one account in all ledgers, turned down or not decided about: as many as its burst, which is two
/// days offline.
pub const HELD_CHANGES: usize = 5_000;
/// The bytes of held changes that are listed for one officer at one time; the rest shows once those are decided about. Two
/// accounts that have all they may held fill it.
pub const HELD_LISTED_BYTES: usize = 16 * 1024 * 1024;
/// The bytes of changes held for one account in all ledgers: two days offline are a tenth of it.
pub const HELD_BYTES: usize = 8 * 1024 * 1024;
/// What a fate takes in a frame, in bytes, at the most: a hash, and the hash it waits for.
pub const FATE_BYTES: usize = 96;
/// Unanswered bytes towards one reader before the relay stops sending it entries and resumes from its cursor later.
pub const READER_BACKLOG_BYTES: usize = 1024 * 1024;
/// How long a reader may stay blocked before it is disconnected.
pub const READER_BLOCKED: Duration = Duration::from_secs(10);
/// How often the relay says that it is alive.
pub const TICK: Duration = Duration::from_secs(20);
/// How long a client goes without any message before it gives the connection up.
pub const SILENCE: Duration = Duration::from_secs(45);
/// How long opening a socket may take: a dead network swallows the first packet for minutes.
pub const CONNECTING: Duration = Duration::from_secs(15);
/// How long fetching a log over HTTP may take before the socket is asked for it instead.
pub const FETCH: Duration = Duration::from_secs(30);
/// The bytes of changes under way without a fate: at 64 kbit/s the first of them has its fate within [`FATE`].
pub const PUSH_WINDOW_BYTES: usize = 64 * 1024;
/// How long a client waits for the fate of what it pushed before it gives the connection up.
pub const FATE: Duration = Duration::from_secs(20);
/// The longest hand-over file that is read, in bytes: two days of every ledger's work many times over, and what a
/// browser holds in memory without trouble.
pub const HANDOVER_BYTES: usize = 64 * 1024 * 1024;
/// How long a connection may take to say hello.
pub const HELLO: Duration = Duration::from_secs(10);
/// The first wait before a client tries the relay again.
pub const RETRY_FIRST: Duration = Duration::from_secs(1);
/// The longest wait between two tries.
pub const RETRY_LONGEST: Duration = Duration::from_secs(20);
/// The entries of the audit log in one answer.
pub const AUDIT_PAGE: usize = 200;
/// The units in one order, and the rows of one sheet: the whole enterprise.
pub const ORDER_ROWS: usize = 2_000;
/// The accounts in one order: each has a first password, at 25 ms of a core. A longer sheet is sent in several orders.
pub const ACCOUNTS_PER_ORDER: usize = 100;
/// The longest file of units or accounts that is read, in bytes: [`ORDER_ROWS`] of them many times over.
pub const SHEET_FILE_BYTES: u32 = 1024 * 1024;
/// The longest text of units or accounts that is taken from a clipboard, in bytes: as much as from a file.
pub const SHEET_PASTE_BYTES: usize = 1024 * 1024;
/// The most characters of a name of a person or an organisation.
pub const NAME_CHARS: usize = 64;
/// The most bytes of what is typed as an account.
pub const LOGIN_BYTES: usize = 64;
/// The most characters of a reason: a few sentences.
pub const REASON_CHARS: usize = 500;
/// The longest body of an enterprise setting, in bytes: the largest scheme (200 items with their standards in words) has
/// 60 KiB, and a device that needs a new one on a weak line has it in some seconds.
pub const SETTING_BYTES: usize = 128 * 1024;
/// How deep the brackets of a setting's body may stand in each other: a scheme has six, and whatever reads it recursively
/// must not run out of stack.
pub const SETTING_DEPTH: usize = 32;
/// The most bytes of a setting's name: it stands in addresses and digests.
pub const SETTING_NAME_BYTES: usize = 40;
/// The settings of all kinds, however many versions each has: a device gets the newest of each in one answer.
pub const SETTINGS: usize = 64;
/// The versions that a device may name to be sent beside the newest: the ledgers it keeps name a scheme for each year.
pub const SETTING_DIGESTS: usize = 64;
/// The least characters of a password.
pub const PASSWORD_CHARS: usize = 10;
/// The longest password that is hashed at all, in bytes.
pub const PASSWORD_BYTES: usize = 1_024;
/// The passwords that wait to be checked, beside the two being checked: at 25 ms each the last waits for a second.
pub const SIGN_INS_WAITING: usize = 64;
/// When to try again where as many wait as may, in seconds.
pub const SIGN_IN_AGAIN_SECONDS: u32 = 3;
/// How long a one-time code can be used: until the end of the next working day but one.
pub const RESET_CODE: Duration = Duration::from_hours(72);
/// The changes waiting to be stored before the relay answers `later(busy)`.
pub const STORE_QUEUE: usize = 20_000;
/// The bytes of changes waiting to be stored before the relay answers `later(busy)`: what a slow disk takes in a second.
pub const STORE_QUEUE_BYTES: usize = 16 * 1024 * 1024;
/// The bytes read a second from all connections of one account: five times what its changes may come to at
/// [`CHANGES_PER_SECOND`], and nothing a relay notices.
pub const READ_PER_SECOND_BYTES: u32 = 1024 * 1024;
/// The bytes read from one account at once before that rate holds: the largest paste, or two days offline.
pub const READ_BURST_BYTES: u32 = 4 * 1024 * 1024;
/// What each frame or message counts for in that rate beside its bytes: taking one up costs more than its bytes do.
pub const MESSAGE_BYTES: u32 = 1024;
/// What asking for a ledger counts for in that rate beside its bytes: it is looked up and a part of it read. An officer
/// who follows as many as one may still has half of the burst for what he brings.
pub const FOLLOW_BYTES: u32 = 4 * 1024;
/// What a frame that is no message counts for: no honest program sends any.
pub const GARBLED_BYTES: u32 = 256 * 1024;
/// What a second of taking in its messages counts for in that rate: one account gets a quarter of the relay's time.
pub const WORK_SECOND_BYTES: u32 = 4 * READ_PER_SECOND_BYTES;
/// How long the relay goes on with what one account says before it is another's turn.
pub const TURN: Duration = Duration::from_millis(1);
/// How long a connection may take until its first request's head is here, TLS handshake included.
pub const HEAD: Duration = Duration::from_secs(10);
/// How long the body of a request may take: 16 KiB at 64 kbit/s take two seconds.
pub const BODY: Duration = Duration::from_secs(20);
/// The longest body of a request, in bytes, unless its route says otherwise: a sign-in, with room.
pub const BODY_BYTES: usize = 16 * 1024;
/// The longest body of a request that is a whole sheet of units or accounts ([`ORDER_ROWS`] of them), or a decision about
/// many changes, in bytes.
pub const SHEET_BODY_BYTES: usize = 1024 * 1024;
/// The longest body of a request that is a version of a setting, in bytes: within JSON each quote of its own JSON has
/// another byte.
pub const SETTING_BODY_BYTES: usize = 2 * SETTING_BYTES + BODY_BYTES;
/// How long the other side may take nothing of what it is being sent before its connection is closed.
pub const STALLED: Duration = Duration::from_secs(30);
/// The open connections of one account: a dozen devices with a few tabs each.
pub const CONNECTIONS_PER_ACCOUNT: usize = 64;
/// The open connections of one address on which no session was seen yet: a plant may sit behind one address, and each
/// costs some 30 KiB while it shakes hands.
pub const CONNECTIONS_PER_ADDRESS: usize = 512;
/// The open connections on which no session was seen yet, of all addresses.
pub const CONNECTIONS_UNKNOWN: usize = 1_024;
/// The open connections of all: the sockets of every officer, with room for the strangers above.
pub const CONNECTIONS: usize = 8_192;
/// The sockets one relay serves at the most: half of [`CONNECTIONS`], so that everybody who has one can still ask for
/// something else.
pub const SOCKETS: u32 = 4_096;
/// When to try again once there is no room for another connection or socket, in seconds: who closes one has done it by
/// then, and a thousand browsers that ask so often are nothing.
pub const FULL_AGAIN_SECONDS: u32 = 15;
/// The files the relay may want to have open: each connection is one, and may be sent another.
pub const OPEN_FILES: u64 = 2 * CONNECTIONS as u64;
/// How long before the relay's certificate ends administrators are told: an authority may take its time.
pub const CERTIFICATE_NOTICE: Duration = Duration::from_hours(24 * 30);
/// The cells of ledgers that are kept in memory for sheets: a whole enterprise's, some 30 MB.
pub const SHEET_CELLS: usize = 200_000;
/// The requests for sheets that wait while another is being worked out.
pub const SHEETS_WAITING: usize = 64;
/// When to ask again where as many wait as may, in seconds.
pub const SHEETS_AGAIN_SECONDS: u32 = 10;
/// The requests for details of appraisals that are listed: the newest.
pub const DETAILS_LISTED: usize = 200;
/// How often at the most what a device holds of a ledger is written down again: it is no promise, and devices come back
/// in seconds on a bad line.
pub const CONTACT_NOTED: Duration = Duration::from_mins(1);
/// How many full years after its own a closed ledger is kept, unless the configuration says otherwise: working documents
/// are kept for three years.
pub const RETENTION_YEARS: u16 = 3;
