//! Weighs the site: what a visitor fetches until the verdict, and what is there on demand.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::dist::is_lean;
use crate::project::{Project, files};
use crate::shell::{Failure, fail};

/// What the built site weighs after brotli, in bytes.
#[derive(Clone, Debug)]
pub(crate) struct Sizes {
    /// Each file that is fetched until the verdict for one provider and one environment.
    pub(crate) until_verdict: Vec<(String, usize)>,
    /// All that is fetched when it is asked for, and no sooner.
    pub(crate) on_demand: usize,
}

impl Sizes {
    pub(crate) fn total(&self) -> usize {
        self.until_verdict.iter().map(|(_, bytes)| bytes).sum()
    }
}

/// Prints the table and holds the budget.
///
/// # Errors
///
/// There is no site yet, or it is over its budget.
pub(crate) fn report(project: &Project) -> Result<(), Failure> {
    let sizes = weigh(&project.dist())?;
    for (path, bytes) in &sizes.until_verdict {
        println!("{bytes:>8}  {path}");
    }
    println!("{:>8}  until the verdict, brotli 11", sizes.total());
    println!(
        "{:>8}  on demand: other facts, the workers",
        sizes.on_demand
    );
    println!("{}", check(project, &sizes)?);
    Ok(())
}

/// Compares the total with the budget.
///
/// # Errors
///
/// Over budget, by how much.
pub(crate) fn check(project: &Project, sizes: &Sizes) -> Result<String, Failure> {
    let path = project.root.join("xtask/budget.toml");
    let key = if is_lean(project) {
        LEAN
    } else {
        WITH_STD_AS_IT_COMES
    };
    let Some(budget) = budget(&fs::read_to_string(&path)?, key) else {
        return fail(format!("{}: expected {key} = <number>", path.display()));
    };
    let total = sizes.total();
    if total > budget {
        return fail(format!(
            "{total} bytes until the verdict, {} over the budget of {budget}",
            total - budget
        ));
    }
    Ok(format!("{total} of {budget} bytes"))
}

/// Weighs every file of a built site.
///
/// # Errors
///
/// The folder holds no site.
pub(crate) fn weigh(dist: &Path) -> Result<Sizes, Failure> {
    let all = files(dist);
    if all.is_empty() {
        return fail("there is no site: cargo xtask dist builds it");
    }
    let mut until_verdict = Vec::new();
    let (mut providers, mut environments, mut on_demand) = (Vec::new(), Vec::new(), 0);
    for path in &all {
        let name = name(dist, path);
        let bytes = brotli(&fs::read(path)?).len();
        match kind(&name) {
            Kind::First => until_verdict.push((name, bytes)),
            Kind::Provider => providers.push((name, bytes)),
            Kind::Environment => environments.push((name, bytes)),
            Kind::OnDemand => on_demand += bytes,
            Kind::NotFetched => {}
        }
    }
    for things in [providers, environments] {
        on_demand += things.iter().map(|(_, bytes)| bytes).sum::<usize>();
        // Any visitor's pair weighs at most this.
        until_verdict.extend(things.into_iter().max_by_key(|(_, bytes)| *bytes));
    }
    Ok(Sizes {
        until_verdict,
        on_demand,
    })
}

/// Brotli at its highest level, as a static host stores it.
pub(crate) fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 1 << 16, 11, 22);
    // Writing into memory cannot fail.
    let _ = writer.write_all(bytes);
    writer.into_inner()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Environment,
    First,
    NotFetched,
    OnDemand,
    Provider,
}

fn kind(name: &str) -> Kind {
    let Some((folder, below)) = name.split_once('/') else {
        let extension = Path::new(name)
            .extension()
            .and_then(|it| it.to_str())
            .unwrap_or_default();
        return match extension {
            // The workers come when something is pasted; the page of the other door, to whoever goes there.
            _ if name.starts_with("worker-") || name.starts_with("analyzer-") => Kind::OnDemand,
            _ if matches!(name, "analyze.html" | "check.html") => Kind::OnDemand,
            _ if name.starts_with("sheet-") => Kind::OnDemand,
            "css" | "html" | "js" | "svg" | "wasm" => Kind::First,
            _ => Kind::NotFetched,
        };
    };
    match below.split_once('/') {
        _ if !folder.starts_with("facts-") => Kind::OnDemand,
        None if below == "index.json" => Kind::First,
        // The page carries it already.
        None if below == "core.json" => Kind::NotFetched,
        Some(("environments", _)) => Kind::Environment,
        Some(("providers", _)) => Kind::Provider,
        _ => Kind::OnDemand,
    }
}

/// The budget of the site whose standard library was built with it, and that of the other.
const LEAN: &str = "bytes_until_verdict";
const WITH_STD_AS_IT_COMES: &str = "bytes_until_verdict_with_std_as_it_comes";

fn budget(text: &str, key: &str) -> Option<usize> {
    let entries = text.lines().filter_map(|line| line.split_once('='));
    let (_, number) = entries.into_iter().find(|(name, _)| name.trim() == key)?;
    number.trim().replace('_', "").parse().ok()
}

fn name(dist: &Path, path: &Path) -> String {
    path.strip_prefix(dist)
        .unwrap_or(path)
        .to_string_lossy()
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::{Kind, LEAN, Sizes, WITH_STD_AS_IT_COMES, brotli, budget, check, kind};
    use crate::project::Project;

    #[test]
    fn every_file_has_its_kind() {
        assert_eq!(kind("index.html"), Kind::First);
        assert_eq!(kind("portolan-1.wasm"), Kind::First);
        assert_eq!(kind("worker-1.wasm"), Kind::OnDemand);
        assert_eq!(kind("analyzer-1.js"), Kind::OnDemand);
        assert_eq!(kind("analyze.html"), Kind::OnDemand);
        assert_eq!(kind("check.html"), Kind::OnDemand);
        assert_eq!(kind("sheet-1.css"), Kind::OnDemand);
        assert_eq!(kind("_headers"), Kind::NotFetched);
        assert_eq!(kind("facts-1/core.json"), Kind::NotFetched);
        assert_eq!(kind("facts-1/index.json"), Kind::First);
        assert_eq!(kind("facts-1/providers/gmail.json"), Kind::Provider);
        assert_eq!(kind("facts-1/clients/django.json"), Kind::OnDemand);
    }

    #[test]
    fn too_much_is_refused() {
        let sizes = Sizes {
            until_verdict: vec![("a".to_owned(), usize::MAX)],
            on_demand: 0,
        };
        assert!(check(&Project::here(), &sizes).is_err());
        let sizes = Sizes {
            until_verdict: Vec::new(),
            on_demand: usize::MAX,
        };
        assert!(check(&Project::here(), &sizes).is_ok());
    }

    #[test]
    fn the_budget_is_a_number() {
        let text = format!("# why\n{WITH_STD_AS_IT_COMES} = 99\n{LEAN} = 98_000\n");
        assert_eq!(budget(&text, LEAN), Some(98_000));
        assert_eq!(budget(&text, WITH_STD_AS_IT_COMES), Some(99));
        assert_eq!(budget("bytes = 1", LEAN), None);
    }

    #[test]
    fn repetition_shrinks() {
        assert!(brotli(&[b'a'; 1000]).len() < 50);
    }
}
