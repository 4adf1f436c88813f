//! Passwords: argon2id, two at a time, at the same cost whether or not there is such an account.

use std::sync::Arc;
use std::thread;

use argon2::password_hash::{Error, Output, ParamsString, PasswordHash, Salt, SaltString};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use shared::limit::{PASSWORD_BYTES, SIGN_INS_WAITING};
use tokio::sync::{Mutex, mpsc, oneshot};

use crate::storage::StorageError;
use crate::yielding;

/// How many are hashed at one time: each takes 19 MiB and a core.
const AT_ONCE: usize = 2;

/// A hash with the parameters of [`algorithm`] that is no account's.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Checks passwords, in threads of their own: they keep their memory, and stand back for everything else the relay does.
#[derive(Debug)]
pub(super) struct Passwords {
    work: mpsc::Sender<Work>,
}

/// As many wait as may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many passwords wait to be checked")]
pub(super) struct Busy;

#[derive(Debug)]
enum Work {
    Verify(String, Option<String>, oneshot::Sender<bool>),
    Hash(String, oneshot::Sender<String>),
}

impl Default for Passwords {
    fn default() -> Self {
        let (work, waiting) = mpsc::channel(SIGN_INS_WAITING);
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..AT_ONCE {
            let waiting = Arc::clone(&waiting);
            thread::Builder::new()
                .name("passwords".to_owned())
                .spawn(move || check(&waiting))
                .expect("a machine that can start one thread");
        }
        Self { work }
    }
}

impl Passwords {
    /// Whether the password is that of the hash. Without a hash it never is, after the same work.
    ///
    /// # Errors
    ///
    /// At once when too many wait: whoever guesses must not fill the relay with guesses.
    pub(super) async fn verify(&self, password: String, known: Option<String>) -> Result<bool, Busy> {
        let (answer, answered) = oneshot::channel();
        self.work
            .try_send(Work::Verify(password, known, answer))
            .map_err(|_| Busy)?;
        // A thread that is gone has verified nothing.
        Ok(answered.await.unwrap_or(false))
    }

    /// The hash under which a password is kept, made in turn with the others.
    pub(super) async fn hash(&self, password: String) -> Result<String, StorageError> {
        let (answer, answered) = oneshot::channel();
        let work = Work::Hash(password, answer);
        self.work.send(work).await.map_err(|_| StorageError::Stopping)?;
        answered.await.map_err(|_| StorageError::Stopping)
    }

    /// The same for whoever may block: one at a time, so that who signs in waits for one of them at the most.
    pub(super) fn hash_in_turn(&self, password: String) -> Result<String, StorageError> {
        let (answer, answered) = oneshot::channel();
        let work = Work::Hash(password, answer);
        self.work
            .blocking_send(work)
            .map_err(|_| StorageError::Stopping)?;
        answered.blocking_recv().map_err(|_| StorageError::Stopping)
    }
}

/// Works until nobody can ask any more.
fn check(waiting: &Mutex<mpsc::Receiver<Work>>) {
    yielding::stand_back();
    let mut memory = Memory::taken();
    loop {
        let work = waiting.blocking_lock().blocking_recv();
        match work {
            None => return,
            // Whoever asked may have gone; then the work is for nothing, but a guess must not be free for that.
            Some(Work::Verify(password, known, answer)) => {
                answer.send(memory.matches(&password, known.as_deref())).ok();
            }
            Some(Work::Hash(password, answer)) => {
                answer.send(memory.hash(&password, rand::random())).ok();
            }
        }
    }
}

/// The hash under which a password is kept, in the PHC format.
///
/// # Panics
///
/// Never: salt and parameters are within the bounds of argon2.
#[must_use]
pub fn hash(password: &str, salt: [u8; 16]) -> String {
    Memory::default().hash(password, salt)
}

/// What argon2 works in, kept from one password to the next: given back each time, it would come back to the system in
/// pieces, and the relay would grow by hundreds of megabytes under guesses.
#[derive(Default)]
struct Memory(Vec<Block>);

impl Memory {
    /// All that a password needs, taken now: what the relay uses does not depend on how many sign in, or guess.
    fn taken() -> Self {
        let mut memory = Self::default();
        memory.matches("", None);
        memory
    }

    fn hash(&mut self, password: &str, salt: [u8; 16]) -> String {
        let algorithm = algorithm();
        let salt = SaltString::encode_b64(&salt).expect("sixteen bytes are a salt");
        let hash = self
            .digest(&algorithm, password, salt.as_salt(), Params::DEFAULT_OUTPUT_LEN)
            .expect("the parameters are sound");
        let params = ParamsString::try_from(algorithm.params()).expect("numbers are parameters");
        PasswordHash {
            algorithm: Algorithm::Argon2id.ident(),
            version: Some(Version::V0x13.into()),
            params,
            salt: Some(salt.as_salt()),
            hash: Some(hash),
        }
        .to_string()
    }

    fn matches(&mut self, password: &str, known: Option<&str>) -> bool {
        if password.len() > PASSWORD_BYTES {
            return false;
        }
        let is_known = known.is_some();
        let known = known.unwrap_or(NOBODYS);
        let matches = PasswordHash::new(known).and_then(|known| {
            let (Some(salt), Some(expected)) = (known.salt, known.hash) else {
                return Err(Error::Password);
            };
            // In constant time.
            Ok(self.digest(&algorithm_of(&known)?, password, salt, expected.len())? == expected)
        });
        // The same work for nobody's hash.
        matches.unwrap_or(false) && is_known
    }

    fn digest(
        &mut self,
        algorithm: &Argon2<'_>,
        password: &str,
        salt: Salt<'_>,
        bytes: usize,
    ) -> Result<Output, Error> {
        let mut buffer = [0; Salt::MAX_LENGTH];
        let salt = salt.decode_b64(&mut buffer)?;
        let blocks = algorithm.params().block_count();
        if self.0.len() < blocks {
            self.0.resize(blocks, Block::default());
        }
        let memory = &mut self.0[..blocks];
        Output::init_with(bytes, |out| {
            Ok(algorithm.hash_password_into_with_memory(password.as_bytes(), salt, out, memory)?)
        })
    }
}

fn algorithm_of(known: &PasswordHash<'_>) -> Result<Argon2<'static>, Error> {
    let version = known.version.map(Version::try_from).transpose()?;
    Ok(Argon2::new(
        Algorithm::try_from(known.algorithm)?,
        version.unwrap_or_default(),
        Params::try_from(known)?,
    ))
}

/// 19 MiB, two passes, one lane.
fn algorithm() -> Argon2<'static> {
    let params = Params::new(19 * 1024, 2, 1, None).expect("within the bounds of argon2");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

#[cfg(test)]
mod tests {
    use futures::future::join_all;

    use super::*;

    #[tokio::test]
    async fn who_comes_when_too_many_wait_is_told_so_at_once() {
        let passwords = Passwords::default();
        let many = (0..SIGN_INS_WAITING * 2).map(|_| passwords.verify("春风又绿江南岸".to_owned(), None));
        let answers = join_all(many).await;
        let turned_away = answers.iter().filter(|answer| **answer == Err(Busy)).count();
        assert!((1..=SIGN_INS_WAITING).contains(&turned_away), "{turned_away}");
        assert_eq!(
            passwords.verify("春风又绿江南岸".to_owned(), None).await,
            Ok(false)
        );
    }

    #[tokio::test]
    async fn many_hashes_made_in_turn_turn_nobody_away_who_signs_in() {
        let passwords = Arc::new(Passwords::default());
        let hashing = Arc::clone(&passwords);
        let (begun, beginning) = oneshot::channel();
        let made = tokio::task::spawn_blocking(move || {
            let first = hashing.hash_in_turn("春风又绿江南岸".to_owned()).unwrap();
            begun.send(first).unwrap();
            (0..SIGN_INS_WAITING).all(|_| hashing.hash_in_turn("明月何时照我还".to_owned()).is_ok())
        });
        let first = beginning.await.unwrap();
        let signs_in = passwords.verify("春风又绿江南岸".to_owned(), Some(first)).await;
        assert_eq!(signs_in, Ok(true));
        assert!(!made.is_finished(), "it did not wait for all of them");
        assert!(made.await.unwrap());
    }

    #[test]
    fn a_password_is_known_by_its_hash_alone() {
        let kept = hash("春风又绿江南岸", [7; 16]);
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        let mut memory = Memory::default();
        let mut matches = |password, known| memory.matches(password, known);
        assert!(matches("春风又绿江南岸", Some(kept.as_str())));
        assert!(!matches("春风又绿江南", Some(&kept)));
        assert!(!matches("春风又绿江南岸", None));
        assert!(!matches("春风又绿江南岸", Some("not a hash")));
        assert!(
            matches("春风又绿江南岸", Some(&kept)),
            "nothing is left of those between"
        );
    }

    #[test]
    fn nobodys_hash_costs_what_anybodys_does() {
        let [nobodys, anybodys] = [NOBODYS.to_owned(), hash("春风又绿江南岸", [7; 16])];
        let [nobodys, anybodys] = [&nobodys, &anybodys].map(|hash| PasswordHash::new(hash).unwrap());
        assert_eq!(nobodys.params, anybodys.params);
        assert_eq!(nobodys.hash.unwrap().len(), anybodys.hash.unwrap().len());
        assert_eq!(nobodys.salt.unwrap().len(), anybodys.salt.unwrap().len());
    }
}
