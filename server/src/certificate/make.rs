//! Makes keys, requests, and an authority of our own that can vouch for exactly one relay.

use std::sync::Arc;
use std::time::Duration;

use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DnType, ExtendedKeyUsagePurpose, GeneralSubtree, IsCa,
    Issuer, KeyPair, KeyUsagePurpose, NameConstraints, PublicKeyData as _, SanType,
};
use sha2::{Digest as _, Sha256};
use shared::time::{Date, Timestamp};
use time::OffsetDateTime;
use tokio_rustls::rustls::RootCertStore;
use tokio_rustls::rustls::client::WebPkiServerVerifier;
use tokio_rustls::rustls::client::danger::ServerCertVerifier as _;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use x509_parser::prelude::{FromDer as _, X509Certificate};

use super::Name;

/// How long the authority is trusted: every computer has to be visited again after that.
const AUTHORITY_VALID: Duration = Duration::from_hours(24 * 3_652);
/// How long a relay's certificate is valid: with the day before, 397 days. Browsers take at most 398 of public
/// authorities and, Safari, 825 of private ones.
pub const SERVER_VALID: Duration = Duration::from_hours(24 * 396);
/// The most characters of a common name (X.520): some programs read no certificate with a longer one.
const COMMON_NAME_CHARS: usize = 64;
/// How far back both begin: computers whose clocks are slow trust them all the same.
const BEGINS_BEFORE: Duration = Duration::from_hours(24);

/// Why nothing was made.
#[derive(Debug, thiserror::Error)]
pub enum MakeError {
    /// A certificate stands for at least one name.
    #[error("name at least one name or address")]
    NoName,
    /// Certificate and key are not an authority's.
    #[error("certificate and key are not those of one authority")]
    NoAuthority,
    /// What it signed would be over.
    #[error("the authority ended on {0}: make another with `certificate create` in another folder")]
    Ended(Date),
    /// Browsers would not take a certificate of this authority for that name.
    #[error("the authority does not vouch for {0}: make another with `certificate create` in another folder")]
    NotVouched(Name),
    /// The library refuses.
    #[error(transparent)]
    Library(#[from] rcgen::Error),
}

/// An authority: its certificate and its key.
pub struct Authority {
    certificate: String,
    key: KeyPair,
    ends: Timestamp,
}

/// A key, and a certificate or a request for one; both in PEM.
pub struct Signed {
    /// The private key.
    pub key: String,
    /// The certificate, or the request.
    pub text: String,
}

impl Authority {
    /// Makes an authority that can vouch for these names, and what is below them, alone.
    ///
    /// # Errors
    ///
    /// Fails without a name.
    pub fn make(names: &[Name], now: Timestamp) -> Result<Self, MakeError> {
        let first = names.first().ok_or(MakeError::NoName)?;
        let mut params = CertificateParams::default();
        let title = format!("Taizhang CA {} for {first}", now.date());
        let title = common_name(&title);
        params.distinguished_name.push(DnType::CommonName, title);
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.name_constraints = Some(alone(names));
        params.not_before = moment(now) - BEGINS_BEFORE;
        params.not_after = moment(now) + AUTHORITY_VALID;
        let key = KeyPair::generate()?;
        Ok(Self {
            certificate: params.self_signed(&key)?.pem(),
            key,
            ends: Timestamp(params.not_after.unix_timestamp() * 1_000),
        })
    }

    /// An authority made before, from its two files.
    ///
    /// # Errors
    ///
    /// Fails when a text is not PEM of what it should be, and when the two do not belong together.
    pub fn read(certificate: String, key: &str) -> Result<Self, MakeError> {
        let key = KeyPair::from_pem(key)?;
        let der =
            CertificateDer::from_pem_slice(certificate.as_bytes()).map_err(|_| MakeError::NoAuthority)?;
        let (_, parsed) = X509Certificate::from_der(&der).map_err(|_| MakeError::NoAuthority)?;
        if !parsed.is_ca() || parsed.public_key().raw != key.subject_public_key_info() {
            return Err(MakeError::NoAuthority);
        }
        let ends = Timestamp(parsed.validity().not_after.timestamp() * 1_000);
        Ok(Self {
            certificate,
            key,
            ends,
        })
    }

    /// Its certificate, in PEM.
    #[must_use]
    pub fn certificate(&self) -> &str {
        &self.certificate
    }

    /// When it ends.
    #[must_use]
    pub fn ends(&self) -> Timestamp {
        self.ends
    }

    /// When a certificate ends that it signs now to be valid for so long: not after itself.
    #[must_use]
    pub fn end_of_signed(&self, now: Timestamp, valid: Duration) -> Timestamp {
        now.after(valid).min(self.ends)
    }

    /// Its private key, in PEM.
    #[must_use]
    pub fn key(&self) -> String {
        self.key.serialize_pem()
    }
}

/// The SHA-256 of a certificate's DER, as certificate viewers show it.
#[must_use]
pub fn fingerprint(der: &[u8]) -> String {
    let pairs = Sha256::digest(der)
        .iter()
        .map(|byte| format!("{byte:02X}"))
        .collect::<Vec<_>>();
    pairs.join(":")
}

/// A certificate of that authority, valid so long from now on if the authority is, followed by the authority's own.
///
/// # Errors
///
/// Fails without a name, with one that this authority may not vouch for, and once the authority has ended.
pub fn sign(
    names: &[Name],
    authority: &Authority,
    now: Timestamp,
    valid: Duration,
) -> Result<Signed, MakeError> {
    if authority.ends <= now {
        return Err(MakeError::Ended(authority.ends.date()));
    }
    let mut params = server(names)?;
    params.use_authority_key_identifier_extension = true;
    params.not_before = moment(now) - BEGINS_BEFORE;
    params.not_after = moment(authority.end_of_signed(now, valid));
    let issuer = Issuer::from_ca_cert_pem(&authority.certificate, &authority.key)?;
    let key = KeyPair::generate()?;
    let certificate = params.signed_by(&key, &issuer)?;
    if let Some(name) = names
        .iter()
        .find(|name| !vouches(authority, certificate.der(), name, now))
    {
        return Err(MakeError::NotVouched(name.clone()));
    }
    Ok(Signed {
        key: key.serialize_pem(),
        text: format!("{}{}", certificate.pem(), authority.certificate),
    })
}

/// Whether a browser that trusts the authority takes a certificate for this name.
fn vouches(authority: &Authority, certificate: &CertificateDer<'_>, name: &Name, now: Timestamp) -> bool {
    let mut roots = RootCertStore::empty();
    let Ok(root) = CertificateDer::from_pem_slice(authority.certificate.as_bytes()) else {
        return false;
    };
    let host = match name {
        Name::Dns(name) => ServerName::try_from(name.as_str()).ok(),
        Name::Ip(address) => Some(ServerName::from(*address)),
    };
    // An hour ago: a certificate that is valid for no longer than a test takes is one all the same.
    let now = Duration::from_millis(now.0.unsigned_abs());
    let at = UnixTime::since_unix_epoch(now.saturating_sub(Duration::from_hours(1)));
    let provider = Arc::new(ring::default_provider());
    roots.add(root).is_ok()
        && WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider)
            .build()
            .ok()
            .zip(host)
            .is_some_and(|(verifier, host)| {
                verifier
                    .verify_server_cert(certificate, &[], &host, &[], at)
                    .is_ok()
            })
}

/// A key, and a request to sign it, for an authority of somebody else's.
///
/// # Errors
///
/// Fails without a name.
pub fn request(names: &[Name]) -> Result<Signed, MakeError> {
    let key = KeyPair::generate()?;
    let request = server(names)?.serialize_request(&key)?;
    Ok(Signed {
        key: key.serialize_pem(),
        text: request.pem()?,
    })
}

fn moment(at: Timestamp) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(at.0 / 1_000)
        .expect("the clock stands within the years of the calendar")
}

/// As much of a title as a common name may have; the names that count stand beside it in full.
fn common_name(title: &str) -> String {
    if title.chars().count() <= COMMON_NAME_CHARS {
        return title.to_owned();
    }
    let short: String = title.chars().take(COMMON_NAME_CHARS - 1).collect();
    format!("{short}…")
}

fn server(names: &[Name]) -> Result<CertificateParams, MakeError> {
    let first = names.first().ok_or(MakeError::NoName)?;
    let mut params = CertificateParams::default();
    let title = common_name(&first.to_string());
    params.distinguished_name.push(DnType::CommonName, title);
    params.subject_alt_names = names.iter().map(alternative).collect::<Result<_, _>>()?;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    Ok(params)
}

fn alternative(name: &Name) -> Result<SanType, rcgen::Error> {
    Ok(match name {
        Name::Dns(name) => SanType::DnsName(name.as_str().try_into()?),
        Name::Ip(address) => SanType::IpAddress(*address),
    })
}

/// These names and no others. A kind of name without one among them is shut out whole, else it would be free.
fn alone(names: &[Name]) -> NameConstraints {
    let permitted: Vec<GeneralSubtree> = names
        .iter()
        .map(|name| match name {
            Name::Dns(name) => GeneralSubtree::DnsName(name.clone()),
            Name::Ip(address) => {
                let bits = if address.is_ipv4() { 32 } else { 128 };
                GeneralSubtree::IpAddress(CidrSubnet::from_addr_prefix(*address, bits))
            }
        })
        .collect();
    let mut excluded = Vec::new();
    if !names.iter().any(|name| matches!(name, Name::Dns(_))) {
        excluded.push(GeneralSubtree::DnsName(String::new()));
    }
    if !names.iter().any(|name| matches!(name, Name::Ip(_))) {
        excluded.push(GeneralSubtree::IpAddress(CidrSubnet::from_v4_prefix([0; 4], 0)));
        excluded.push(GeneralSubtree::IpAddress(CidrSubnet::from_v6_prefix([0; 16], 0)));
    }
    NameConstraints {
        permitted_subtrees: permitted,
        excluded_subtrees: excluded,
    }
}

#[cfg(test)]
mod tests;
