//! The configuration file, in TOML; every line of it may be left out.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::{fs, io};

use serde::Deserialize;
use shared::access::Rights;
#[cfg(doc)]
use shared::limit::RETENTION_YEARS;

use crate::address::{Addresses, Origin};
use crate::certificate::Files;

/// What the file says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The folder of the store.
    pub data: Option<PathBuf>,
    /// The folder with the app's files.
    pub site: Option<PathBuf>,
    /// Where to listen.
    pub listen: Option<SocketAddr>,
    /// The address people open: scheme, name and port, chosen once.
    pub public_origin: Option<Origin>,
    /// Addresses people opened before: there the app only delivers what those browsers still hold, and leads on.
    pub former_origins: Vec<Origin>,
    /// The certificate for them; without one a proxy has to speak TLS.
    pub certificate: Option<Files>,
    /// Where to listen in the clear for the page that says how to trust the relay, such as port 80.
    pub trust_listen: Option<SocketAddr>,
    /// Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed, and nobody else's.
    pub proxy: Vec<IpAddr>,
    /// Whether browsers are told to come back by https alone; with a private CA this takes away the way back.
    pub strict_transport_security: bool,
    /// How many full years after its own a closed ledger is kept; [`RETENTION_YEARS`] where it is not said.
    pub retention_years: Option<u16>,
    /// Columns closed to roles.
    pub rights: Rights,
}

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file says something else than a configuration.
    #[error("{}: {problem}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        problem: String,
    },
}

impl Config {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// Names the file and what is wrong with it.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = fs::read_to_string(path).map_err(|source| ConfigError::Read {
            path: path.to_owned(),
            source,
        })?;
        toml::from_str(&text).map_err(|problem| {
            let line = problem
                .span()
                .map_or(1, |span| text[..span.start].lines().count().max(1));
            let problem = format!("line {line}: {}", problem.message());
            ConfigError::Malformed {
                path: path.to_owned(),
                problem,
            }
        })
    }
}

impl Config {
    /// What it says about addresses.
    #[must_use]
    pub fn addresses(&self) -> Addresses {
        Addresses {
            public: self.public_origin.clone(),
            former: self.former_origins.clone(),
            proxies: self.proxy.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use shared::access::{ClosedColumn, Role};
    use shared::ledger::kind::Kind;

    use super::*;

    fn read(text: &str) -> Result<Config, ConfigError> {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), text).unwrap();
        Config::read(file.path())
    }

    #[test]
    fn an_empty_file_is_a_configuration() {
        assert_eq!(read("").unwrap(), Config::default());
    }

    #[test]
    fn every_setting_can_be_written_down() {
        let config = read(
            r#"
            data = "/var/lib/taizhang"
            listen = "127.0.0.1:7878"
            public_origin = "https://taizhang.example"
            former_origins = ["https://old.example:8443"]
            trust_listen = "0.0.0.0:80"
            proxy = ["10.0.0.5", "fd00::5"]
            strict_transport_security = true
            retention_years = 5

            [certificate]
            chain = "server.crt"
            key = "server.key"
            authority = "ca.crt"

            [[rights.closed]]
            role = "group_leader"
            kind = "pledge"
            table = "items"
            column = "text"
            "#,
        )
        .unwrap();
        let addresses = config.addresses();
        assert_eq!(config.retention_years, Some(5));
        assert_eq!(addresses.public.unwrap().to_string(), "https://taizhang.example");
        assert_eq!((addresses.former.len(), addresses.proxies.len()), (1, 2));
        assert_eq!(
            config.certificate.unwrap().authority.unwrap(),
            Path::new("ca.crt")
        );
        let closed = ClosedColumn {
            role: Role::GroupLeader,
            kind: Kind::Pledge,
            table: "items".to_owned(),
            column: "text".to_owned(),
        };
        assert_eq!(config.rights.closed, [closed]);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let problem = read("data = \"a\"\npublic_origin = \"taizhang.example\"")
            .unwrap_err()
            .to_string();
        assert!(
            problem.contains("line 2") && problem.contains("https://"),
            "{problem}"
        );
        let problem = read("\nlisen = \"127.0.0.1:1\"").unwrap_err().to_string();
        assert!(problem.contains("lisen"), "{problem}");
    }

    #[test]
    fn the_example_in_the_package_is_a_configuration() {
        let config = read(include_str!("command/taizhang.example.toml")).unwrap();
        assert!(config.public_origin.is_some() && config.data.is_some() && config.certificate.is_some());
    }
}
