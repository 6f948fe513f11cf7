//! Names looked up over DNS over HTTPS from the Check door, by a real resolver: nothing before the press, then what the visitor
//! sees of a signed zone, of a bad one, and of one that nobody answers for.
//!
//! The site is built without a resolver. Served here, its pages and the policy of its headers name one, as `cargo xtask dist
//! --doh` writes them (`xtask/site/src/page.rs` has the test of that).

use portolan_servers::{Fault, Names, Zone};
use serde_json::{Value, json};

use crate::analyze::{found, paste, press};
use crate::harness::{Browser, DESK, Site};

const ZONES: &[Zone] = &[
    Zone {
        name: "signed.example",
        records: "@ MX 10 mx\nmx A 192.0.2.1\n@ TXT \"v=spf1 mx -all\"\n_dmarc TXT \"v=DMARC1; p=reject\"\n_mta-sts TXT \"v=STSv1; id=1\"",
        is_signed: true,
    },
    Zone {
        name: "bad.example",
        records: "@ MX 10 mx\nmx A 192.0.2.2\n@ TXT \"v=spf1 +all\"",
        is_signed: false,
    },
];

/// The names of resources that page and worker asked another origin for.
async fn asked_elsewhere(browser: &Browser) -> Vec<Value> {
    let all = browser
        .run("return performance.getEntriesByType('resource').map(it => it.name).filter(it => !it.startsWith(location.origin))")
        .await;
    all.as_array().cloned().unwrap_or_default()
}

async fn sees(browser: &Browser, words: &str) {
    browser
        .wait(&format!(
            "return document.body.textContent.includes({words:?})"
        ))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs root, Debian 12 and its packages"]
async fn a_press_asks_the_named_resolver_and_nothing_before_it_does() {
    let names = Names::start(ZONES).unwrap();
    let site = Site::asking(&names.doh());
    let origin = names.doh();
    let host = origin
        .strip_prefix("http://")
        .and_then(|it| it.split('/').next())
        .unwrap();
    let browser = Browser::open(DESK).await;
    browser.visit(&site.url("check.html")).await;
    let look = |name: &str| format!("Look the records of {name} up at {host}");

    // A domain by its name: the sheet says who learns what, and nobody was asked.
    paste(&browser, "signed.example").await;
    sees(&browser, &look("signed.example")).await;
    sees(&browser, "then learns your IP address").await;
    assert_eq!(names.asked().unwrap(), 0, "nothing before the press");
    press(&browser, &look("signed.example")).await;
    found(&browser, "signed.example: ").await;
    sees(&browser, &format!("validated by {origin}")).await;
    sees(&browser, "curl -i https://mta-sts.signed.example/").await;
    sees(&browser, &format!("Names were asked of {host}")).await;
    let asked = names.asked().unwrap();
    assert!(asked > 5, "{asked}");

    // Records that were pasted stay beside what was looked up.
    paste(&browser, "bad.example. IN TXT \"v=spf1 -all\"").await;
    sees(&browser, "Of what was pasted").await;
    assert_eq!(names.asked().unwrap(), asked, "a paste asks nobody");
    press(&browser, &look("bad.example")).await;
    sees(&browser, "bad.example, looked up").await;
    sees(&browser, "spf-all-passes").await;
    sees(&browser, "not signed, says").await;

    // Nobody answers: it ends, and says so.
    paste(&browser, Fault::IsSilent.zone()).await;
    press(&browser, &look(Fault::IsSilent.zone())).await;
    sees(&browser, "questions answered").await;
    for _ in 0..3 {
        let is_over = browser
            .run("return document.body.textContent.includes('times timed out')")
            .await;
        if is_over == Value::Bool(true) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_secs(5)).await;
    }
    sees(&browser, "times timed out").await;
    assert_eq!(asked_elsewhere(&browser).await, Vec::<Value>::new());
    assert_eq!(browser.run("return violations").await, json!([]));
    browser.close().await;
}
