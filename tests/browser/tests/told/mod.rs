//! What the page tells the other scripts of a site: the event `portolan:verdict` at the document.

use serde_json::json;

use crate::harness::{Browser, DESK, Site};
use crate::settled;

#[tokio::test(flavor = "multi_thread")]
async fn each_new_verdict_is_told_once() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    let listen = "window.told = []; document.addEventListener('portolan:verdict', it => told.push(it.detail))";
    let listen = json!({ "source": listen });
    browser
        .tell("Page.addScriptToEvaluateOnNewDocument", listen)
        .await;
    browser.visit(&site.url("")).await;
    settled(&browser).await;
    let told = "return told.map(it => [it.kind, it.host ?? null, it.port, it.tls, it.confidence])";
    let first = json!(["submission", null, 587, "starttls", "medium"]);
    assert_eq!(
        browser.run(told).await,
        json!([first]),
        "the page's first verdict"
    );
    browser
        .run("document.querySelector('#use-case--receiving').click()")
        .await;
    browser.wait("return told.length > 1").await;
    let second = json!(["receive", null, 25, "starttls-opportunistic", "high"]);
    assert_eq!(
        browser.run(told).await,
        json!([first, second]),
        "after an answer"
    );
    // Facts on their way are no verdict: the next one is that of the answer as a whole.
    browser
        .run("location.hash = '#/advise?use=application&provider=sendgrid&environment=digitalocean-droplet'")
        .await;
    browser.wait("return told.length > 2").await;
    settled(&browser).await;
    let third = json!(["submission", "smtp.sendgrid.net", 2525, "starttls", "high"]);
    assert_eq!(
        browser.run(told).await,
        json!([first, second, third]),
        "after a link"
    );
    // An answer that changes nothing of the route is not news.
    browser
        .run("document.querySelector('#use-case--monitoring').click()")
        .await;
    browser
        .wait("return location.hash.includes('use=monitoring')")
        .await;
    settled(&browser).await;
    assert_eq!(
        browser.run(told).await,
        json!([first, second, third]),
        "after an answer that changes nothing"
    );
    let plain = "return told.every(it => Object.getPrototypeOf(it) === Object.prototype)";
    assert_eq!(browser.run(plain).await, true);
    browser.close().await;
}
