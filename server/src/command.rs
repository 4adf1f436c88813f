//! The command line: read here, carried out in the modules below.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use shared::access::{Role, UnitKind};
use shared::enrol;
use shared::protocol::http::admin::Wrong;
use shared::time::Date;

mod account;
mod audit;
mod certificate;
mod package;
mod serve;
mod site;
mod workspace;
mod wrong;

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
    /// Check the audit log
    #[command(subcommand)]
    Audit(AuditCommand),
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
    /// Which demonstration enterprise: another number makes other people and choices, as many of each [default: 1]
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
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
    /// List the accounts with their roles
    List {
        /// The folder of the store
        #[arg(long, value_name = "DIR")]
        data: PathBuf,
    },
    /// Give an account a role
    Grant(RoleOf),
    /// Take a role away from an account, at once
    Revoke(RoleOf),
    /// Make a one-time code with which somebody sets his password anew
    Reset {
        /// The folder of the store
        #[arg(long, value_name = "DIR")]
        data: PathBuf,
        /// Whose
        #[arg(long)]
        login: String,
    },
}

#[derive(Debug, Subcommand)]
enum AuditCommand {
    /// Follow the chain of the audit log from its first entry to its last
    Verify {
        /// The folder of the store
        #[arg(long, value_name = "DIR")]
        data: PathBuf,
        /// A hash noted earlier, which the log must still hold
        #[arg(long, value_name = "HASH")]
        expect: Option<String>,
    },
}

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
    /// What a new unit is: `party_committee`, `general_branch` or `branch` [default: branch]
    #[arg(long, value_name = "KIND", value_parser = kind)]
    unit_kind: Option<UnitKind>,
    /// The unit above a new unit
    #[arg(long, value_parser = name)]
    above: Option<String>,
    /// The role, such as secretary, viewer or administrator
    #[arg(long, value_parser = role)]
    role: Role,
    /// The name of a new enterprise [default: the unit's]
    #[arg(long, value_parser = name)]
    enterprise: Option<String>,
}

#[derive(Debug, Args)]
struct RoleOf {
    /// The folder of the store
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Whose
    #[arg(long)]
    login: String,
    /// The unit in which the role is held
    #[arg(long, value_parser = name)]
    unit: String,
    /// The role
    #[arg(long, value_parser = role)]
    role: Role,
    /// The first day, as 2026-11-23
    #[arg(long, value_name = "DAY")]
    from: Option<Date>,
    /// The last day
    #[arg(long, value_name = "DAY")]
    until: Option<Date>,
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
            Some(What::Account(command)) => account::carry_out(command),
            Some(What::Audit(AuditCommand::Verify { data, expect })) => {
                audit::check(&data, expect.as_deref())
            }
            Some(What::Certificate(command)) => certificate::run(command),
            Some(What::Package { folder }) => package::package(&folder),
        }
    }
}

fn name(text: &str) -> Result<String, String> {
    enrol::name(text).ok_or_else(|| wrong::words(&Wrong::Name { row: 0 }))
}

fn kind(text: &str) -> Result<UnitKind, String> {
    let value = serde_json::Value::String(text.replace('-', "_"));
    serde_json::from_value(value).map_err(|_| "one of party_committee, general_branch, branch".to_owned())
}

fn role(text: &str) -> Result<Role, String> {
    let wanted = text.replace('-', "_");
    let found = Role::ALL.into_iter().find(|role| role.word() == wanted);
    found.ok_or_else(|| format!("one of {}", Role::ALL.map(Role::word).join(", ")))
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
    fn a_role_is_known_by_its_word_alone() {
        assert_eq!(role("secretary"), Ok(Role::Secretary));
        assert_eq!(role("group-leader"), Ok(Role::GroupLeader));
        for known in Role::ALL {
            assert_eq!(serde_json::to_value(known).unwrap(), known.word());
        }
        assert!(role("king").unwrap_err().contains("organisation_commissioner"));
    }
}
