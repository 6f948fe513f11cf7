//! The steps from the staged files to the published ones.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use portolan::bridge::CITED;
use portolan::state::door::{DOORS, Door};

use crate::css;
use crate::doh::{DOH, Doh};
use crate::page::{self, Missing, Parts, policy};
use crate::search;
use crate::shorten::shorten;

type Problems = Vec<String>;

/// How a worker begins. A promise that nobody waits for would fail in silence: thrown, it is an error of the worker, of
/// which the page hears.
const BEGIN: &str = "\nself.addEventListener(\"unhandledrejection\", (it) => { throw it.reason; });\n__wbg_init();\n";

/// Begin the names of the workers' files: of what reads documentation, and of what reads anything.
const WORKER: &str = "worker";
const ANALYZER: &str = "analyzer";

/// Completes the staged site.
///
/// # Errors
///
/// Every fault of the facts, or the file that could not be read or written, or the mark that the page lacks.
pub(crate) fn publish(root: &Path, staging: &Path) -> Result<(), Problems> {
    let catalogue = portolan_facts_source::load(&root.join("data")).map_err(|problems| {
        problems
            .iter()
            .map(|it| format!("data/{it}"))
            .collect::<Problems>()
    })?;
    let documents = portolan_facts_source::publish(&catalogue);
    let facts = facts_folder(staging, &documents)?;
    // Of the standards, those that the page can cite.
    let mut core = catalogue.facts.core().clone();
    core.standards.retain(|it| CITED.contains(&it.id.as_str()));
    let core = serde_json::to_string(&core).map_err(|error| vec![error.to_string()])?;

    let index = staging.join("index.html");
    let mut html = read(&index)?;
    let boot = root.join("public/boot.js");
    write(
        &staging.join("boot.js"),
        without_comment_lines(&read(&boot)?).as_bytes(),
    )?;
    analyzer_files(staging)?;
    for wasm in names(staging, "wasm")? {
        let glue = staging.join(wasm.replace("_bg.wasm", ".js"));
        let mut shorter = shorten(&staging.join(&wasm), &read(&glue)?).map_err(|it| vec![it])?;
        if [WORKER, ANALYZER]
            .iter()
            .any(|worker| wasm.starts_with(worker))
        {
            // The page's glue is called by its loader, a worker has none.
            shorter.push_str(BEGIN);
        }
        write(&glue, shorter.as_bytes())?;
    }
    for script in names(staging, "js")? {
        minify(&staging.join(script))?;
    }
    // The Wasm first: its name is in the glue, and so in the glue's hash.
    let (mut worker, mut analyzer) = (String::new(), String::new());
    for ending in ["wasm", "js"] {
        for (from, to) in rename_by_content(staging, ending)? {
            html = html.replace(&from, &to);
            if from.starts_with(WORKER) {
                worker = to;
            } else if from.starts_with(ANALYZER) {
                analyzer = to;
            }
        }
    }
    let style = style_sheet(root, staging, "site", |name| !is_of_sheets(name))?;
    let sheets = style_sheet(root, staging, "sheet", is_of_sheets)?;
    let mut head = linked(&style);
    head.push_str(&icon(root, staging, &html)?);
    let address = search::address(std::env::var(search::ADDRESS).ok()).map_err(|it| vec![it])?;
    let report = search::report(std::env::var(search::REPORT).ok()).map_err(|it| vec![it])?;
    let doh = Doh::read(DOH, std::env::var(DOH).ok().as_deref()).map_err(|it| vec![it])?;
    head.push_str(&search::head(address.as_deref()));
    if let Some(address) = &address {
        let date = &catalogue.facts.core().version.date;
        write(
            &staging.join("sitemap.xml"),
            search::sitemap(address, date).as_bytes(),
        )?;
        write(
            &staging.join("robots.txt"),
            search::robots(address).as_bytes(),
        )?;
    }
    let picture = root.join("public").join(search::PICTURE);
    let bytes = fs::read(&picture).map_err(|error| at(&picture, &error))?;
    write(&staging.join(search::PICTURE), &bytes)?;
    for door in DOORS {
        let body = portolan::prerender(&catalogue.facts, door);
        let parts = Parts {
            body: &body,
            core: &core,
            doh: doh.as_ref(),
            door,
            facts: &facts,
            head: &match door {
                Door::Advise => head.clone(),
                // After the other, which names the layers.
                Door::Analyze | Door::Check => [&*head, &linked(&sheets)].concat(),
            },
            sheets: &sheets,
            report: report.as_deref(),
            analyzer: &analyzer,
            worker: &worker,
        };
        let html = page::fill(&html, &parts).map_err(|Missing(mark)| {
            vec![format!("index.html: expected {mark}, but found none")]
        })?;
        let file = match door {
            Door::Advise => index.clone(),
            Door::Analyze | Door::Check => staging.join(door.file()),
        };
        write(&file, html.as_bytes())?;
    }
    write(&staging.join("_headers"), headers(doh.as_ref()).as_bytes())
}

/// Takes the analyzer's files, which `cargo xtask` built beside the page (`xtask/src/analyzer.rs`).
fn analyzer_files(staging: &Path) -> Result<(), Problems> {
    let folder = std::env::var_os("PORTOLAN_ANALYZER").map(PathBuf::from);
    let folder = folder.ok_or_else(|| {
        vec!["PORTOLAN_ANALYZER is not set: build the site by cargo xtask dist".to_owned()]
    })?;
    for name in ["analyzer.js", "analyzer_bg.wasm"] {
        let from = folder.join(name);
        let bytes = fs::read(&from).map_err(|error| at(&from, &error))?;
        write(&staging.join(name), &bytes)?;
    }
    Ok(())
}

/// Writes the documents into a folder that is named by their content, and gives its name with the slash.
fn facts_folder(staging: &Path, documents: &[(String, Vec<u8>)]) -> Result<String, Problems> {
    let mut hasher = DefaultHasher::new();
    for (path, bytes) in documents {
        hasher.write(path.as_bytes());
        hasher.write(bytes);
    }
    let folder = format!("facts-{:016x}/", hasher.finish());
    for (path, bytes) in documents {
        let target = staging.join(&folder).join(path);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).map_err(|error| at(parent, &error))?;
        }
        write(&target, bytes)?;
    }
    Ok(folder)
}

/// Gives each staged file of one kind the name of its bytes, and tells the glue; returns old and new names.
///
/// Trunk's own hash is of the time before wasm-opt ran: another wasm-opt would give other bytes under the same name.
fn rename_by_content(staging: &Path, ending: &str) -> Result<Vec<(String, String)>, Problems> {
    let mut renamed = Vec::new();
    for from in names(staging, ending)? {
        let path = staging.join(&from);
        let bytes = fs::read(&path).map_err(|error| at(&path, &error))?;
        let stem = from.split(['-', '.', '_']).next().unwrap_or("file");
        let to = format!("{stem}-{}.{ending}", hash(&bytes));
        fs::rename(&path, staging.join(&to)).map_err(|error| at(&path, &error))?;
        if ending == "wasm" {
            for glue in names(staging, "js")? {
                let glue = staging.join(glue);
                write(&glue, read(&glue)?.replace(&from, &to).as_bytes())?;
            }
        }
        renamed.push((from, to));
    }
    Ok(renamed)
}

/// Shrinks a script in its place, by the esbuild that `cargo xtask` fetched.
fn minify(script: &Path) -> Result<(), Problems> {
    let mut out = std::ffi::OsString::from("--outfile=");
    out.push(script);
    let status = Command::new("esbuild")
        .args([
            "--minify",
            "--format=esm",
            "--allow-overwrite",
            "--log-level=warning",
        ])
        .arg(script)
        .arg(out)
        .status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(vec![format!("esbuild {}: {status}", script.display())]),
        Err(error) => Err(vec![format!(
            "esbuild cannot be run ({error}): build the site by cargo xtask dist, which fetches it"
        )]),
    }
}

/// Whether a style file is for what the analyzer shows: it is fetched with it, and with the page of its door.
fn is_of_sheets(name: &str) -> bool {
    name.starts_with("sheet")
}

/// Joins files of `style/` into one, and gives its name.
fn style_sheet(
    root: &Path,
    staging: &Path,
    stem: &str,
    is_part: fn(&str) -> bool,
) -> Result<String, Problems> {
    let folder = root.join("style");
    let mut names = names(&folder, "css")?;
    names.retain(|name| is_part(name));
    names.sort_by(|a, b| css::order(a).cmp(&css::order(b)));
    let mut joined = String::new();
    for name in &names {
        joined.push_str(&css::shrink(&read(&folder.join(name))?));
    }
    let name = format!("{stem}-{}.css", hash(joined.as_bytes()));
    write(&staging.join(&name), joined.as_bytes())?;
    Ok(name)
}

fn linked(style: &str) -> String {
    format!("<link rel=\"stylesheet\" href=\"{style}\">\n")
}

/// Publishes the icon and gives the link to it, unless the page has one of its own.
fn icon(root: &Path, staging: &Path, html: &str) -> Result<String, Problems> {
    let source = root.join("style/favicon.svg");
    let target = staging.join("favicon.svg");
    if !source.exists() {
        return Ok(String::new());
    }
    write(&target, read(&source)?.as_bytes())?;
    if html.contains("rel=\"icon\"") {
        return Ok(String::new());
    }
    Ok("<link rel=\"icon\" type=\"image/svg+xml\" href=\"favicon.svg\">\n".to_owned())
}

/// The headers that a server should add, in the form that static hosts read.
///
/// `frame-ancestors` works in a header only; the rest repeats what the page says of itself.
///
/// Workers go by these alone: a page's policy does not hold for what is fetched from a server.
pub(crate) fn headers(doh: Option<&Doh>) -> String {
    let policy = policy(doh);
    format!(
        "/*\n  Content-Security-Policy: {policy}; frame-ancestors 'none'\n  X-Content-Type-Options: nosniff\n  \
         Referrer-Policy: no-referrer\n  Cross-Origin-Opener-Policy: same-origin\n\
         /facts-*\n  Cache-Control: public, max-age=31536000, immutable\n\
         /*.wasm\n  Content-Type: application/wasm\n  Cache-Control: public, max-age=31536000, immutable\n\
         /*.js\n  Cache-Control: public, max-age=31536000, immutable\n\
         /*.css\n  Cache-Control: public, max-age=31536000, immutable\n"
    )
}

fn without_comment_lines(script: &str) -> String {
    let code = |line: &&str| !line.trim_start().starts_with("//");
    script
        .lines()
        .filter(code)
        .flat_map(|line| [line, "\n"])
        .collect()
}

fn names(folder: &Path, ending: &str) -> Result<Vec<String>, Problems> {
    let entries = fs::read_dir(folder).map_err(|error| at(folder, &error))?;
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| {
            PathBuf::from(name)
                .extension()
                .is_some_and(|it| it == ending)
        })
        .collect();
    names.sort();
    Ok(names)
}

/// The compiler is pinned, and with it the standard hasher: same bytes, same name on every machine.
fn hash(bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    format!("{:016x}", hasher.finish())
}

fn read(path: &Path) -> Result<String, Problems> {
    fs::read_to_string(path).map_err(|error| at(path, &error))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Problems> {
    fs::write(path, bytes).map_err(|error| at(path, &error))
}

fn at(path: &Path, error: &io::Error) -> Problems {
    vec![format!("{}: {error}", path.display())]
}
