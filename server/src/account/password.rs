//! Passwords: argon2id, two at a time, at the same cost whether or not there is such an account.

use argon2::password_hash::{PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use shared::limit::PASSWORD_BYTES;
use tokio::sync::Semaphore;

use crate::storage::StorageError;

/// How many are hashed at one time: each takes 19 MiB and a core.
const AT_ONCE: usize = 2;

/// Checks passwords.
#[derive(Debug)]
pub(super) struct Passwords {
    gate: Semaphore,
}

impl Default for Passwords {
    fn default() -> Self {
        Self {
            gate: Semaphore::new(AT_ONCE),
        }
    }
}

impl Passwords {
    /// Whether the password is that of the hash. Without a hash it never is, after the same work.
    pub(super) async fn verify(&self, password: String, known: Option<String>) -> bool {
        let Ok(_turn) = self.gate.acquire().await else {
            return false;
        };
        // A task that panicked has verified nothing.
        tokio::task::spawn_blocking(move || matches(&password, known.as_deref()))
            .await
            .unwrap_or(false)
    }

    /// The hash under which a password is kept, made in turn with the others.
    pub(super) async fn hash(&self, password: String) -> Result<String, StorageError> {
        let _turn = self.gate.acquire().await.map_err(|_| StorageError::Stopping)?;
        super::blocking(move || Ok(hash(&password, rand::random()))).await
    }
}

/// The hash under which a password is kept, in the PHC format.
///
/// # Panics
///
/// Never: salt and parameters are within the bounds of argon2.
#[must_use]
pub fn hash(password: &str, salt: [u8; 16]) -> String {
    let salt = SaltString::encode_b64(&salt).expect("sixteen bytes are a salt");
    algorithm()
        .hash_password(password.as_bytes(), &salt)
        .expect("the parameters are sound")
        .to_string()
}

fn matches(password: &str, known: Option<&str>) -> bool {
    if password.len() > PASSWORD_BYTES {
        return false;
    }
    let Some(known) = known else {
        let _same_work = hash(password, [0; 16]);
        return false;
    };
    PasswordHash::new(known)
        .is_ok_and(|known| algorithm().verify_password(password.as_bytes(), &known).is_ok())
}

/// 19 MiB, two passes, one lane.
fn algorithm() -> Argon2<'static> {
    let params = Params::new(19 * 1024, 2, 1, None).expect("within the bounds of argon2");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_by_its_hash_alone() {
        let kept = hash("春风又绿江南岸", [7; 16]);
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(matches("春风又绿江南岸", Some(&kept)));
        assert!(!matches("春风又绿江南", Some(&kept)));
        assert!(!matches("春风又绿江南岸", None));
        assert!(!matches("春风又绿江南岸", Some("not a hash")));
    }
}
