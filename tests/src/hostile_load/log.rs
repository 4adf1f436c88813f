//! What the relay's log may hold: what happened, and nobody's name.

use std::net::SocketAddr;
use std::path::Path;

use anyhow::Result;
use server::demo::PASSWORD;
use server::storage::Storage as _;
use server::storage::sqlite::SqliteStorage;

use super::class::GUESS;

/// What of a log is personal.
#[derive(Debug)]
pub(super) struct Personal {
    /// Found as whole words.
    words: Vec<String>,
    /// Found anywhere.
    pieces: Vec<String>,
    /// The relay's own, which is nobody's.
    listens: SocketAddr,
}

impl Personal {
    /// Everything personal that a relay may have met: logins and names of its accounts, passwords, secrets, addresses.
    pub(super) fn of(data: &Path, listens: SocketAddr, secrets: Vec<String>) -> Result<Self> {
        let accounts = SqliteStorage::open(data)?.accounts()?;
        let mut pieces = secrets;
        pieces.extend([PASSWORD.to_owned(), GUESS.to_owned()]);
        pieces.extend(accounts.iter().map(|account| account.name.clone()));
        Ok(Self {
            words: accounts.into_iter().map(|account| account.login).collect(),
            pieces,
            listens,
        })
    }

    /// The lines that hold something personal.
    pub(super) fn lines<'a>(&self, log: &'a str) -> Vec<&'a str> {
        log.lines().filter(|line| self.is_in(line)).collect()
    }

    fn is_in(&self, line: &str) -> bool {
        let mut words = line.split(|letter: char| !letter.is_alphanumeric());
        words.any(|word| self.words.iter().any(|login| login == word))
            || self.pieces.iter().any(|piece| line.contains(piece.as_str()))
            || addresses(line).any(|found| !found.ends_with(".0/24") && found != self.listens.to_string())
    }
}

/// What stands for machines of 127.0.0.0/8 in a line, with port or prefix.
fn addresses(line: &str) -> impl Iterator<Item = &str> {
    line.match_indices("127.").map(|(start, _)| {
        let rest = &line[start..];
        let is_part = |letter: char| letter.is_ascii_digit() || ".:/".contains(letter);
        rest.split(|letter| !is_part(letter)).next().unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_logins_secrets_and_machines_are_personal_and_networks_are_not() {
        let personal = Personal {
            words: vec!["linzhiyuan".to_owned()],
            pieces: vec!["林知远".to_owned(), "0123abcd".to_owned()],
            listens: SocketAddr::from(([127, 0, 0, 1], 7878)),
        };
        for line in [
            "login=linzhiyuan",
            "林知远 is here",
            "token 0123abcd",
            "from 127.1.2.3:50000",
            "127.0.0.1",
        ] {
            assert_eq!(personal.lines(line), [line]);
        }
        let fine = "listening listens=127.0.0.1:7878\nwrong passwords most=127.0.0.0/24\nlinzhiyuanzhe";
        assert!(personal.lines(fine).is_empty());
    }
}
