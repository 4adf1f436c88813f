//! Compressed copies beside each file, so that the relay never compresses while it serves.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::assets::digest;
use crate::error::{BundleError, Doing};

/// Kinds of file that shrink; pictures already have.
const COMPRESSIBLE: [&str; 8] = ["css", "html", "js", "json", "svg", "txt", "wasm", "webmanifest"];

/// One file of the site and what it weighs over the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileSize {
    /// The name it is served under.
    pub name: String,
    /// Bytes as it is.
    pub raw: u64,
    /// Bytes with gzip; as it is where that is not tried.
    pub gzip: u64,
    /// Bytes with Brotli; as it is where that is not tried.
    pub brotli: u64,
}

/// A file's compressed copies.
pub(crate) struct Compressed {
    pub(crate) gzip: Vec<u8>,
    pub(crate) brotli: Vec<u8>,
}

/// Whether compressed copies are worth their place.
pub(crate) fn is_compressible(name: &str) -> bool {
    name.rsplit_once('.')
        .is_some_and(|(_, extension)| COMPRESSIBLE.contains(&extension))
}

/// Remembers what it compressed before: Brotli is the slowest step after the compiler.
pub(crate) struct Compressor {
    folder: PathBuf,
    brotli_quality: i32,
    used: Vec<PathBuf>,
}

impl Compressor {
    /// Keeps its memory in `target_dir`.
    pub(crate) fn new(target_dir: &Path, brotli_quality: i32) -> Result<Self, BundleError> {
        let folder = target_dir.join(format!("compressed-{brotli_quality}"));
        fs::create_dir_all(&folder).doing("make", &folder)?;
        Ok(Self {
            folder,
            brotli_quality,
            used: Vec::new(),
        })
    }

    /// The compressed copies of `bytes`.
    pub(crate) fn compress(&mut self, bytes: &[u8]) -> Result<Compressed, BundleError> {
        let remembered = self.folder.join(digest(bytes));
        let quality = self.brotli_quality;
        Ok(Compressed {
            gzip: self.recall(remembered.with_extension("gz"), || gzip(bytes))?,
            brotli: self.recall(remembered.with_extension("br"), || brotli(bytes, quality))?,
        })
    }

    /// Forgets what this build did not use.
    pub(crate) fn tidy(self) -> Result<(), BundleError> {
        for entry in fs::read_dir(&self.folder).doing("read", &self.folder)? {
            let path = entry.doing("read", &self.folder)?.path();
            if !self.used.contains(&path) {
                fs::remove_file(&path).doing("remove", &path)?;
            }
        }
        Ok(())
    }

    fn recall(
        &mut self,
        path: PathBuf,
        make: impl FnOnce() -> io::Result<Vec<u8>>,
    ) -> Result<Vec<u8>, BundleError> {
        let bytes = if path.exists() {
            fs::read(&path).doing("read", &path)?
        } else {
            let bytes = make().doing("compress", &path)?;
            // Written aside first: a copy cut short must never be taken for a whole one.
            let partial = self.folder.join("partial");
            fs::write(&partial, &bytes).doing("write", &partial)?;
            fs::rename(&partial, &path).doing("write", &path)?;
            bytes
        };
        self.used.push(path);
        Ok(bytes)
    }
}

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn brotli(bytes: &[u8], quality: i32) -> io::Result<Vec<u8>> {
    let params = BrotliEncoderParams {
        quality,
        lgwin: 24,
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut compressed, &params)?;
    Ok(compressed)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn compressed_copies_give_back_the_original() {
        let folder = tempfile::tempdir().unwrap();
        let original = "承诺践诺 pledges ".repeat(500).into_bytes();
        for quality in [9, 11] {
            let compressed = Compressor::new(folder.path(), quality)
                .unwrap()
                .compress(&original)
                .unwrap();
            let mut unzipped = Vec::new();
            flate2::read::GzDecoder::new(&compressed.gzip[..])
                .read_to_end(&mut unzipped)
                .unwrap();
            let mut unbrotlied = Vec::new();
            brotli::BrotliDecompress(&mut &compressed.brotli[..], &mut unbrotlied).unwrap();
            assert_eq!((&unzipped, &unbrotlied), (&original, &original));
            assert!(compressed.brotli.len() < original.len() / 10);
        }
    }

    #[test]
    fn what_was_compressed_before_is_recalled_until_it_is_unused() {
        let folder = tempfile::tempdir().unwrap();
        let copies = || fs::read_dir(folder.path().join("compressed-9")).unwrap().count();

        let mut first = Compressor::new(folder.path(), 9).unwrap();
        first.compress(b"one").unwrap();
        first.compress(b"two").unwrap();
        first.tidy().unwrap();
        assert_eq!(copies(), 4);

        fs::write(
            folder
                .path()
                .join("compressed-9")
                .join(digest(b"one"))
                .with_extension("br"),
            "recalled",
        )
        .unwrap();
        let mut second = Compressor::new(folder.path(), 9).unwrap();
        assert_eq!(second.compress(b"one").unwrap().brotli, b"recalled");
        second.tidy().unwrap();
        assert_eq!(copies(), 2);
    }

    #[test]
    fn pictures_are_left_as_they_are() {
        assert!(is_compressible("app_bg-0.wasm"));
        assert!(is_compressible("icons/icon.svg"));
        assert!(!is_compressible("icons/icon-192.png"));
    }
}
