//! Makes the relay's key and certificate, or a request for one, in a folder.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::{Args, Subcommand};
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;

use super::say;
use crate::certificate::{self, Authority, Name, SERVER_VALID, Signed};
use crate::clock;
use file::{Existing, Secrecy, are_new, write};

mod file;

/// What is written.
const SERVER_KEY: &str = "server.key";
const SERVER_CERTIFICATE: &str = "server.crt";
const REQUEST: &str = "server.csr";
const AUTHORITY_CERTIFICATE: &str = "ca.crt";
/// Apart from the rest, so that it can be carried away whole.
const AUTHORITY_KEY: &str = "offline/ca.key";

#[derive(Debug, Subcommand)]
pub(super) enum CertificateCommand {
    /// Make an authority (CA) of our own for exactly these names, and a certificate signed by it
    Create {
        #[command(flatten)]
        what: What,
        /// Sign with the authority made before, whose certificate lies in the folder and whose key is this
        #[arg(long, value_name = "FILE")]
        ca_key: Option<PathBuf>,
        /// Write a new key and certificate of the relay in place of those in the folder
        #[arg(long, requires = "ca_key")]
        replace: bool,
    },
    /// Make a key, and a request (CSR) for the enterprise's own authority to sign
    Request {
        #[command(flatten)]
        what: What,
    },
}

#[derive(Debug, Args)]
pub(super) struct What {
    /// The names and addresses under which people open the app, that of the public origin first
    #[arg(required = true, value_name = "NAME")]
    names: Vec<Name>,
    /// The folder to write to; it is made if it is not there
    #[arg(long, value_name = "DIR", default_value = ".")]
    out: PathBuf,
}

pub(super) fn run(command: CertificateCommand) -> anyhow::Result<()> {
    match command {
        CertificateCommand::Create {
            what,
            ca_key,
            replace,
        } => create(&what, ca_key.as_deref(), replace),
        CertificateCommand::Request { what } => request(&what),
    }
}

fn request(what: &What) -> anyhow::Result<()> {
    let out = &what.out;
    are_new(out, &[SERVER_KEY, REQUEST])?;
    let made = certificate::request(&what.names)?;
    write(
        &out.join(SERVER_KEY),
        &made.key,
        Secrecy::OwnerAlone,
        Existing::Keep,
    )?;
    write(&out.join(REQUEST), &made.text, Secrecy::Open, Existing::Keep)?;
    say(&format!(
        "{} → have it signed by your authority",
        out.join(REQUEST).display()
    ));
    say_who_reads(&out.join(SERVER_KEY));
    Ok(())
}

/// The key is whoever's made it, and the relay seldom runs as that.
fn say_who_reads(key: &Path) {
    let key = key.display();
    say(&format!(
        "{key} → stays on this machine. The user as whom the relay runs must be able to read it, and nobody else: \
         chown taizhang: {key}"
    ));
}

fn create(what: &What, ca_key: Option<&Path>, replace: bool) -> anyhow::Result<()> {
    let out = &what.out;
    let existing = if replace {
        Existing::Replace
    } else {
        Existing::Keep
    };
    if existing == Existing::Keep {
        are_new(out, &[SERVER_KEY, SERVER_CERTIFICATE])?;
    }
    let authority = match ca_key {
        Some(key) => known_authority(&out.join(AUTHORITY_CERTIFICATE), key)?,
        None => new_authority(what)?,
    };
    let now = clock::now();
    let Signed { key, text } = certificate::sign(&what.names, &authority, now, SERVER_VALID)?;
    write(&out.join(SERVER_KEY), &key, Secrecy::OwnerAlone, existing)?;
    write(&out.join(SERVER_CERTIFICATE), &text, Secrecy::Open, existing)?;
    let file = |name| out.join(name).display().to_string();
    say(&format!(
        "{}, {} → name both under [certificate]",
        file(SERVER_CERTIFICATE),
        file(SERVER_KEY)
    ));
    if existing == Existing::Keep {
        say_who_reads(&out.join(SERVER_KEY));
    }
    say(&format!(
        "{} → every computer must trust it; its SHA-256 is {}",
        file(AUTHORITY_CERTIFICATE),
        certificate::fingerprint(&CertificateDer::from_pem_slice(
            authority.certificate().as_bytes()
        )?)
    ));
    if ca_key.is_none() {
        say(&format!(
            "{} → TAKE IT OFF THIS MACHINE NOW and lock it away: whoever has it can pass for the relay. It is wanted \
             again for the next certificate (--ca-key).",
            file(AUTHORITY_KEY)
        ));
    }
    let ends = authority.end_of_signed(now, SERVER_VALID).date();
    say(&format!(
        "The relay's certificate ends on {ends}; administrators are reminded."
    ));
    Ok(())
}

fn new_authority(what: &What) -> anyhow::Result<Authority> {
    let out = &what.out;
    are_new(out, &[AUTHORITY_CERTIFICATE, AUTHORITY_KEY])?;
    let authority = Authority::make(&what.names, clock::now())?;
    write(
        &out.join(AUTHORITY_KEY),
        &authority.key(),
        Secrecy::OwnerAlone,
        Existing::Keep,
    )?;
    write(
        &out.join(AUTHORITY_CERTIFICATE),
        authority.certificate(),
        Secrecy::Open,
        Existing::Keep,
    )?;
    Ok(authority)
}

fn known_authority(certificate: &Path, key: &Path) -> anyhow::Result<Authority> {
    let read =
        |path: &Path| fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()));
    let authority = Authority::read(read(certificate)?, &read(key)?);
    authority.with_context(|| {
        format!(
            "{} is not the key of the authority {}",
            key.display(),
            certificate.display()
        )
    })
}
