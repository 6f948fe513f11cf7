//! What a machine can check of access, what is told when a file does not come, and the pictures for the docs.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::json;

use crate::harness::{Browser, DESK, Look, Site};
use crate::settled;

const AXE: &str = "axe-core-4.14.1";

const SENDGRID: &str =
    "#/advise?use=application&provider=sendgrid&environment=digitalocean-droplet";

/// Each kind of verdict: default, another port, HTTP API, MX, none.
const VERDICTS: [&str; 5] = [
    "",
    SENDGRID,
    "#/advise?use=application&provider=sendgrid&environment=railway-hobby",
    "#/advise?use=mail-server&provider=direct&environment=azure-vm-enterprise",
    "#/advise?use=person&provider=fastmail&environment=railway-hobby",
];

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_no_violation_in_light_and_dark_on_desk_and_phone() {
    let site = Site::serve();
    let mut found = Vec::new();
    for (is_dark, width) in [(false, 1280), (true, 1280), (false, 390), (true, 390)] {
        let look = Look {
            width,
            height: 844,
            is_dark,
            ..DESK
        };
        let browser = Browser::open(look).await;
        for fragment in VERDICTS {
            browser.page.goto("about:blank").await.unwrap();
            browser.visit(&site.url(fragment)).await;
            settled(&browser).await;
            let place = format!("{width}, dark {is_dark}, {fragment}");
            found.extend(violations(&browser, &place).await);
        }
        browser.page.goto("about:blank").await.unwrap();
        browser.visit(&site.url("")).await;
        browser
            .run("document.querySelector('#provider-pick').focus()")
            .await;
        browser.press("s").await;
        browser
            .wait("return document.querySelector('#provider-pick').getAttribute('aria-expanded') === 'true'")
            .await;
        let place = format!("{width}, dark {is_dark}, open picker");
        found.extend(violations(&browser, &place).await);
        browser.close().await;
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_reports_what_is_wrong() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    // Each a known violation of a page that has none.
    let broken = [
        (
            "label",
            "const field = document.querySelector('#provider-pick'); field.removeAttribute('aria-labelledby'); field.placeholder = ''",
        ),
        (
            "color-contrast",
            "document.querySelector('.lede').style.color = 'rgb(128, 128, 128)'; document.querySelector('.lede').style.background = 'rgb(140, 140, 140)'",
        ),
        (
            "button-name",
            "document.querySelector('.theme-toggle button').textContent = ''",
        ),
        (
            "html-has-lang",
            "document.documentElement.removeAttribute('lang')",
        ),
        (
            "heading-order",
            "document.querySelector('#why-title').outerHTML = '<h6>Why</h6>'",
        ),
    ];
    for (rule, script) in broken {
        browser.page.goto("about:blank").await.unwrap();
        browser.visit(&site.url("")).await;
        settled(&browser).await;
        browser.run(script).await;
        let found = violations(&browser, "broken").await;
        assert!(
            found.iter().any(|it| it.contains(rule)),
            "{rule} is not among {found:?}"
        );
    }
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_does_not_come_is_told_and_can_be_tried_again() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    let block = |urls: &[&str]| json!({ "urls": urls });
    browser.tell("Network.enable", json!({})).await;
    browser
        .tell("Network.setBlockedURLs", block(&["*/sendgrid.json"]))
        .await;
    browser.visit(&site.url(SENDGRID)).await;
    let button =
        "[...document.querySelectorAll('button')].find(it => it.textContent.includes('Try again'))";
    browser.wait(&format!("return !!{button}")).await;
    browser.tell("Network.setBlockedURLs", block(&[])).await;
    browser.run(&format!("{button}.click()")).await;
    browser
        .wait("return document.querySelector('#verdict').textContent.includes('smtp.sendgrid.net:2525')")
        .await;
    browser.wait(&format!("return !{button}")).await;
    browser.close().await;
}

/// Runs only when `PORTOLAN_SCREENSHOTS` names a folder.
#[tokio::test(flavor = "multi_thread")]
async fn screenshots() {
    let Some(folder) = std::env::var_os("PORTOLAN_SCREENSHOTS").map(PathBuf::from) else {
        return;
    };
    std::fs::create_dir_all(&folder).unwrap();
    let site = Site::serve();
    for (name, width, height) in [("phone", 390, 844), ("desktop", 1280, 900)] {
        for (scheme, is_dark) in [("light", false), ("dark", true)] {
            let look = Look {
                width,
                height,
                is_dark,
                ..DESK
            };
            let browser = Browser::open(look).await;
            browser.visit(&site.url(SENDGRID)).await;
            settled(&browser).await;
            if name == "desktop" {
                let full = browser
                    .run("return document.documentElement.scrollHeight")
                    .await;
                let metrics = json!({ "width": width, "height": full, "deviceScaleFactor": 1, "mobile": false });
                browser
                    .tell("Emulation.setDeviceMetricsOverride", metrics)
                    .await;
            }
            let picture = folder.join(format!("{name}-{scheme}.png"));
            browser.page.screenshot(&picture).await.unwrap();
            browser.visit(&site.url("analyze.html")).await;
            crate::analyze::paste(&browser, crate::analyze::SESSION).await;
            crate::analyze::found(&browser, "app password").await;
            browser
                .wait("return document.body.textContent.includes('What Gmail documents')")
                .await;
            let picture = folder.join(format!("{name}-analyze-{scheme}.png"));
            browser.page.screenshot(&picture).await.unwrap();
            browser.close().await;
        }
    }
}

/// What axe holds against the page, one line for each element.
pub(crate) async fn violations(browser: &Browser, place: &str) -> Vec<String> {
    browser.run(axe()).await;
    browser
        .run("window.found = null; axe.run().then(it => { window.found = it.violations.flatMap(v => v.nodes.map(n => v.id + ' ' + n.target + ' ' + n.failureSummary)) })")
        .await;
    browser.wait("return window.found !== null").await;
    let found = browser.run("return window.found").await;
    let lines = found.as_array().unwrap().iter();
    lines.map(|it| format!("{place}: {it}")).collect()
}

/// The source of axe, fetched into the project's cache when it is not there.
fn axe() -> &'static str {
    static SOURCE: OnceLock<String> = OnceLock::new();
    SOURCE.get_or_init(|| {
        let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.cache");
        let cache = std::env::var_os("PORTOLAN_CACHE").map_or(here, PathBuf::from);
        let folder = cache.join("tools").join(AXE);
        let script = folder.join("node_modules/axe-core/axe.min.js");
        if !script.exists() {
            std::fs::create_dir_all(&folder).unwrap();
            let npm = Command::new("npm")
                .args([
                    "install",
                    "--ignore-scripts",
                    "--no-audit",
                    "--no-fund",
                    "--prefix",
                ])
                .arg(&folder)
                .arg("axe-core@4.14.1")
                .status();
            assert!(
                npm.is_ok_and(|it| it.success()),
                "npm could not fetch {AXE}"
            );
        }
        std::fs::read_to_string(&script).unwrap()
    })
}
