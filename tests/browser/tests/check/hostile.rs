//! Reports of strangers.

use serde_json::{Value, json};

use super::{SERVER, drop_texts, is_alive};
use crate::analyze::{found, held, paste};
use crate::harness::{Browser, DESK, Site};

const EVIL: &str =
    "<img src=x onerror=\"window.hurt=1\"><script>window.hurt=1</script>\u{202e}\u{1b}[2J";

/// The report with every text of the server's, and every name, replaced.
fn evil() -> String {
    fn spoil(value: &mut Value, key: &str) {
        match value {
            Value::Array(all) => all.iter_mut().for_each(|it| spoil(it, key)),
            Value::Object(all) => all.iter_mut().for_each(|(key, it)| spoil(it, key)),
            Value::String(text)
                if [
                    "lines",
                    "subject",
                    "issuer",
                    "names",
                    "host",
                    "name",
                    "ehlo_name",
                    "tool",
                    "suite",
                    "checked_name",
                ]
                .contains(&key) =>
            {
                EVIL.clone_into(text);
            }
            _ => {}
        }
    }
    let mut value: Value = serde_json::from_str(SERVER).unwrap();
    spoil(&mut value, "");
    value.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn markup_and_control_characters_stay_text() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    browser.visit(&site.url("check.html")).await;
    for way in ["paste", "drop"] {
        match way {
            "paste" => paste(&browser, &evil()).await,
            _ => drop_texts(&browser, &[("<b>evil.json", &evil())]).await,
        }
        found(&browser, "2525").await;
        browser
            .run("document.querySelectorAll('details').forEach(it => it.open = true)")
            .await;
        assert_eq!(browser.run("return window.hurt ?? null").await, Value::Null);
        assert_eq!(
            browser
                .run("return document.querySelectorAll('#app img, #app script').length")
                .await,
            json!(0)
        );
        let sheet = browser.text("#app .sheet").await;
        assert!(sheet.contains("<img src=x"), "it is shown as text");
        assert!(!sheet.contains(['\u{202e}', '\u{1b}']));
        let title = browser.page.title().await.unwrap();
        assert!(!title.contains("<img"), "{title}");
    }
    assert_eq!(browser.run("return violations").await, json!([]));
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_report_is_told_and_the_page_lives_on() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    browser.visit(&site.url("check.html")).await;
    let deep = format!(
        "{{\"schema\":1,\"tool\":\"portolan-probe 0.1.0\",\"visits\":{}",
        "[".repeat(300_000)
    );
    let newer = SERVER.replacen("\"schema\": 1", "\"schema\": 99", 1);
    let cut = &SERVER[..SERVER.len() / 2];
    for (text, words) in [
        (newer.as_str(), "but found 99"),
        (cut, "ends in the middle"),
        (deep.as_str(), "ends in the middle"),
    ] {
        drop_texts(&browser, &[("report.json", text)]).await;
        browser
            .wait(&format!(
                "return (document.querySelector('.check')?.textContent ?? '').includes({words:?})"
            ))
            .await;
        assert!(browser.text("#finding").await.contains("cannot be read"));
        assert!(is_alive(&browser).await);
    }
    // A file of nearly ten megabytes that begins as a report does.
    let script = format!(
        "const data = new DataTransfer(); data.items.add(new File([{}, ' '.repeat(9_500_000), '}}'], 'huge.json')); document.body.dispatchEvent(new DragEvent('drop', {{ dataTransfer: data, bubbles: true, cancelable: true }}))",
        json!(SERVER.trim_end().trim_end_matches('}'))
    );
    browser.run(&script).await;
    browser
        .wait("return (document.querySelector('.check')?.textContent ?? '').includes('over 8 MB')")
        .await;
    paste(&browser, SERVER).await;
    found(&browser, "2525 works").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_link_breaks_nothing() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    for link in [
        "report=AAAA",
        "report=%3Cscript%3E",
        "report=",
        "provider=..%2F..%2Fetc&report=x",
    ] {
        browser.page.goto("about:blank").await.unwrap();
        browser
            .visit(&site.url(&format!("check.html#/check?{link}")))
            .await;
        browser
            .wait("return !!document.querySelector('.sheets')")
            .await;
        assert!(is_alive(&browser).await, "{link}");
        assert!(!held(&browser).await.contains("<script>"), "{link}");
    }
    assert_eq!(browser.run("return violations").await, json!([]));
    browser.close().await;
}
