//! The library for JavaScript, installed from its package and bundled, in a page and in a worker.

use std::path::{Path, PathBuf};

use crate::harness::{Browser, DESK, Site};

/// What `cargo xtask test` has bundled just before.
fn bundle() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/portolan-npm/fresh/bundle");
    std::env::var_os("PORTOLAN_LIBRARY").map_or(here, PathBuf::from)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_library_answers_in_a_page_and_in_a_worker() {
    let folder = bundle();
    assert!(
        folder.join("index.html").exists(),
        "no library in {}: run `cargo xtask test`",
        folder.display()
    );
    let site = Site::of(folder);
    let browser = Browser::open(DESK).await;
    browser.page.goto(site.url("")).await.unwrap();
    for (id, cause) in [("page", "relay.denied"), ("worker", "policy.greylisted")] {
        browser
            .wait(&format!(
                "return document.getElementById('{id}').textContent !== 'not yet'"
            ))
            .await;
        let said = browser
            .run(&format!(
                "return document.getElementById('{id}').textContent"
            ))
            .await;
        assert_eq!(said, cause);
    }
    let time = browser
        .run("return document.getElementById('time').textContent")
        .await;
    println!("the library in Chromium: {time}");
    let asked = site.asked.lock().unwrap();
    let foreign: Vec<&String> = asked
        .iter()
        .filter(|path| !path.starts_with("/deep/sub/") && !path.ends_with("favicon.ico"))
        .collect();
    assert!(foreign.is_empty(), "{foreign:?}");
}
