//! The command line: read here, carried out in the modules below.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use shared::access::Role;

mod account;
mod certificate;
mod package;
mod serve;
mod site;
mod workspace;

/// Where the relay listens unless told otherwise.
const LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 7878);

/// Keeps the ledgers of an enterprise's party branches, and serves the app that edits them.
#[derive(Debug, Parser)]
#[command(name = "taizhang", version, args_conflicts_with_subcommands = true)]
pub struct Command {
    #[command(subcommand)]
    what: Option<What>,
    #[command(flatten)]
    serve: Serve,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Keep accounts
    #[command(subcommand)]
    Account(AccountCommand),
    /// Make the relay's certificate, or ask an authority for one
    #[command(subcommand)]
    Certificate(certificate::CertificateCommand),
    /// Put everything a server needs into one folder: binary, site, example configuration, service file
    Package {
        /// The folder; it is made, and must be empty
        folder: PathBuf,
    },
}

#[derive(Debug, Args)]
struct Serve {
    /// The folder of the store [default: the demonstration, in the workspace]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The port to listen on; 0 takes a free one [default: 7878]
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// The address to listen on, with its port [default: 127.0.0.1:7878]
    #[arg(long, value_name = "ADDRESS", conflicts_with = "port")]
    listen: Option<SocketAddr>,
    /// Fill an empty store with the demonstration enterprise
    #[arg(long)]
    demo: bool,
    /// The configuration file
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Serve the app from this folder instead of building it
    #[arg(long, value_name = "DIR")]
    site: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum AccountCommand {
    /// Add an account; the password is read from the input, or made and shown once
    Add(NewAccount),
}

/// The most characters of a person's or an organisation's name.
const LONGEST_NAME: usize = 64;

#[derive(Debug, Args)]
struct NewAccount {
    /// The folder of the store; an empty one becomes that of a new enterprise
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// What is typed to sign in
    #[arg(long)]
    login: String,
    /// The person's name
    #[arg(long, value_parser = name)]
    name: String,
    /// The unit in which the role is held; one of a new name is added, with its ledgers
    #[arg(long, value_parser = name)]
    unit: String,
    /// The role, such as secretary, viewer or administrator
    #[arg(long, value_parser = role)]
    role: Role,
    /// The name of a new enterprise [default: the unit's]
    #[arg(long, value_parser = name)]
    enterprise: Option<String>,
}

impl Command {
    /// Carries the command out.
    ///
    /// # Errors
    ///
    /// Says in one line what stopped it.
    pub fn run(self) -> anyhow::Result<()> {
        match self.what {
            None => serve::serve(self.serve),
            Some(What::Account(AccountCommand::Add(new))) => account::add(new),
            Some(What::Certificate(command)) => certificate::run(command),
            Some(What::Package { folder }) => package::package(&folder),
        }
    }
}

/// A name of a person or an organisation, without the space around it.
fn name(text: &str) -> Result<String, String> {
    let name = text.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.contains(char::is_control) {
        return Err(format!(
            "a name has 1 to {LONGEST_NAME} characters, all of them visible"
        ));
    }
    Ok(name.to_owned())
}

fn role(text: &str) -> Result<Role, String> {
    let value = serde_json::Value::String(text.replace('-', "_"));
    serde_json::from_value(value).map_err(|_| {
        let names = Role::ALL
            .iter()
            .filter_map(|role| serde_json::to_value(role).ok());
        let names: Vec<String> = names
            .filter_map(|name| name.as_str().map(str::to_owned))
            .collect();
        format!("one of {}", names.join(", "))
    })
}

/// Tells the person at the terminal.
#[expect(
    clippy::print_stdout,
    reason = "the one place that speaks to whoever typed the command"
)]
fn say(line: &str) {
    println!("{line}");
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Command::command().debug_assert();
    }

    #[test]
    fn a_name_says_something() {
        assert_eq!(name(" 机加一车间党支部 "), Ok("机加一车间党支部".to_owned()));
        for wrong in ["", " ", "\u{3000}", "a\nb", &"长".repeat(LONGEST_NAME + 1)] {
            assert!(name(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_role_is_known_by_its_word_alone() {
        assert_eq!(role("secretary"), Ok(Role::Secretary));
        assert_eq!(role("group-leader"), Ok(Role::GroupLeader));
        assert!(role("king").unwrap_err().contains("organisation_commissioner"));
    }
}
