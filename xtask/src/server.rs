//! A static server on loopback, as plain or as good as a host would be.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use xtask_host::Answer;

use crate::shell::{Failure, fail};
use crate::size::brotli;

/// How files are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// As brotli at its highest level, made once and kept.
    Brotli,
    Plain,
}

/// A folder and how it is served.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    pub(crate) folder: PathBuf,
    /// Begins and ends with a slash.
    pub(crate) below: &'static str,
    pub(crate) encoding: Encoding,
}

/// Serves a folder from another thread until the program ends, and gives the address.
///
/// # Errors
///
/// The port is taken.
pub(crate) fn start(site: &Site, port: u16) -> Result<String, Failure> {
    let below = site.below;
    let (site, kept) = (site.clone(), Kept::default());
    match xtask_host::serve(port, move |url| answer(&site, &kept, url)) {
        Ok(port) => Ok(format!("http://127.0.0.1:{port}{below}")),
        Err(error) => fail(format!(
            "port {port} on 127.0.0.1: {error}; --port N takes another"
        )),
    }
}

type Kept = Mutex<BTreeMap<PathBuf, Vec<u8>>>;

fn answer(site: &Site, kept: &Kept, url: &str) -> Answer {
    let file = find(site, url).and_then(|path| Some((fs::read(&path).ok()?, path)));
    let Some((bytes, path)) = file else {
        return Answer::not_found();
    };
    let plain = site.encoding == Encoding::Plain;
    let mut headers = vec![
        ("Content-Type", media_type(&path).to_owned()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
    ];
    if plain {
        headers.push(("Cache-Control", "no-cache".to_owned()));
    } else {
        headers.push(("Content-Encoding", "br".to_owned()));
        headers.push(("Cache-Control", "public, max-age=31536000".to_owned()));
    }
    Answer {
        status: "200 OK",
        headers,
        body: if plain {
            bytes
        } else {
            compressed(kept, &path, &bytes)
        },
    }
}

fn compressed(kept: &Kept, path: &Path, bytes: &[u8]) -> Vec<u8> {
    let Ok(mut kept) = kept.lock() else {
        return brotli(bytes);
    };
    kept.entry(path.to_path_buf())
        .or_insert_with(|| brotli(bytes))
        .clone()
}

/// The file that an address names; none for what is not below the folder.
fn find(site: &Site, url: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?.strip_prefix(site.below)?;
    // The site's own names need no escapes and no parents, so nothing is decoded and nothing climbs.
    let good = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part
                .chars()
                .all(|it| it.is_ascii_alphanumeric() || "-_.".contains(it))
    };
    if path.is_empty() {
        return Some(site.folder.join("index.html"));
    }
    let file = site.folder.join(path);
    (path.split('/').all(good) && file.is_file()).then_some(file)
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|it| it.to_str()) {
        Some("css") => "text/css; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        Some("wasm") => "application/wasm",
        _ => "text/plain; charset=utf-8",
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Encoding, Site, find, media_type};

    fn site() -> Site {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf();
        Site {
            folder,
            below: "/deep/sub/",
            encoding: Encoding::Plain,
        }
    }

    #[test]
    fn files_below_the_folder_are_found() {
        assert!(
            find(&site(), "/deep/sub/Cargo.toml?x=1").is_some_and(|it| it.ends_with("Cargo.toml"))
        );
        assert!(find(&site(), "/deep/sub/src/main.rs").is_some());
        assert!(find(&site(), "/deep/sub/").is_some_and(|it| it.ends_with("index.html")));
    }

    #[test]
    fn nothing_climbs_out() {
        for url in [
            "/deep/sub/../Cargo.toml",
            "/deep/sub/src/../../Cargo.toml",
            "/deep/sub/%2e%2e/Cargo.toml",
            "/deep/sub//etc/passwd",
            "/deep/sub/src",
            "/Cargo.toml",
        ] {
            assert_eq!(find(&site(), url), None, "{url}");
        }
    }

    #[test]
    fn wasm_streams() {
        assert_eq!(media_type(Path::new("a.wasm")), "application/wasm");
    }
}
