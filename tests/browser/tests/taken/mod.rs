//! What the page takes from a visitor beyond choices, and what it gives to take away: pasted documentation, what was
//! seen, links of another day, Markdown, paper.

use serde_json::{Value, json};

use crate::access::violations;
use crate::harness::{Browser, DESK, Site};
use crate::{CASES, settled};

/// Puts a text into a field as typing does.
async fn fill(browser: &Browser, id: &str, text: &str) {
    let script = format!(
        "const it = document.getElementById({id:?}); it.value = {text:?}; \
         it.dispatchEvent(new InputEvent('input', {{ bubbles: true }}))"
    );
    browser.run(&script).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pasted_documentation_becomes_a_course_that_can_be_corrected() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    browser.visit(&site.url("#/advise?use=application")).await;
    assert!(
        !site.was_asked_for("worker-"),
        "the reader is loaded only when something is pasted"
    );
    browser
        .run("document.querySelector('.paste').open = true")
        .await;
    let text = "Postausgang: <b>mail.example.net</b>\nPort 465 mit SSL/TLS, oder 587 mit STARTTLS.\nPort 25 ist gesperrt.";
    fill(&browser, "pasted-text", text).await;
    browser
        .wait("return document.querySelectorAll('.read > li').length === 2")
        .await;
    settled(&browser).await;
    assert!(site.was_asked_for("worker-"));
    assert!(
        browser
            .text("#verdict")
            .await
            .contains("mail.example.net:587")
    );
    let marks = browser
        .run("return [...document.querySelectorAll('.read mark')].map(it => it.textContent)")
        .await;
    assert!(marks.as_array().unwrap().contains(&json!("587")), "{marks}");
    // One that is wrong is taken away, and the verdict follows.
    browser
        .run("document.querySelectorAll('.read input')[1].click()")
        .await;
    browser
        .wait("return document.querySelector('#verdict').textContent.includes('mail.example.net:465')")
        .await;
    // The encryption can be corrected.
    browser
        .run("document.querySelector('.read .button').click()")
        .await;
    browser
        .wait("return document.querySelector('.read .button').textContent.startsWith('STARTTLS')")
        .await;
    assert_eq!(violations(&browser, "pasted").await, Vec::<String>::new());
    // What is pasted is in no link.
    let hash = browser.run("return location.hash").await;
    assert!(!hash.as_str().unwrap().contains("example.net:"), "{hash}");
    assert_eq!(browser.run("return window.violations").await, json!([]));
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_text_in_every_free_field_is_shown_as_text() {
    const HOSTILE: &str = "<img src=x onerror=window.owned=1> smtp.<script>window.owned=1</script>.example:587 STARTTLS\u{202e}";
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    browser.visit(&site.url("")).await;
    for id in [
        "provider-pick",
        "environment-pick-0",
        "client-pick",
        "seen-text",
        "pasted-text",
    ] {
        fill(&browser, id, HOSTILE).await;
    }
    browser
        .wait("return document.querySelector('#pasted-state').textContent !== 'Reading.'")
        .await;
    settled(&browser).await;
    let elements = "return document.querySelectorAll('#app img, #app script').length";
    assert_eq!(browser.run(elements).await, 0);
    assert_eq!(
        browser.run("return window.owned ?? null").await,
        Value::Null
    );
    assert_eq!(browser.run("return window.violations").await, json!([]));
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_program_printed_counts_as_seen_and_can_be_taken_back() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    browser
        .visit(&site.url("#/advise?use=application&provider=smtp2go"))
        .await;
    settled(&browser).await;
    fill(&browser, "seen-text", "it does not work").await;
    browser
        .wait("return document.querySelector('#seen-state').textContent.startsWith('Say a port')")
        .await;
    fill(
        &browser,
        "seen-text",
        "nc: connect to mail.smtp2go.com port 8025 (tcp) failed: Connection refused",
    )
    .await;
    browser
        .wait("return document.querySelector('#seen-state').textContent === '8025 is refused, at mail.smtp2go.com'")
        .await;
    // Enter, as in any form.
    browser
        .run("document.querySelector('#seen-text').focus()")
        .await;
    browser.press(thirtyfour::Key::Enter).await;
    browser
        .wait("return location.hash.includes('seen=8025.refused')")
        .await;
    let listed = "return document.querySelectorAll('.seen__list li').length";
    assert_eq!(browser.run(listed).await, 1);
    browser
        .run("document.querySelector('.seen__list button').click()")
        .await;
    browser
        .wait("return !location.hash.includes('seen=')")
        .await;
    assert_eq!(browser.run(listed).await, 0);
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_of_another_day_says_then_and_today() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    let old = "#/advise?use=application&provider=sendgrid&facts=2024-01-01&engine=0.0.1&then=25.starttls.smtp.sendgrid.net";
    browser.visit(&site.url(old)).await;
    settled(&browser).await;
    browser
        .wait("return document.querySelector('.notice') !== null")
        .await;
    let notice = browser.text(".notice").await;
    assert!(
        notice.contains("then (2024-01-01): 25, starttls, smtp.sendgrid.net"),
        "{notice}"
    );
    assert!(
        notice.contains("today: 587, starttls, smtp.sendgrid.net"),
        "{notice}"
    );
    let places = browser.run("return history.length").await;
    browser
        .run("document.querySelector('.notice button').click()")
        .await;
    browser
        .wait("return document.querySelector('.notice') === null")
        .await;
    let hash = browser.run("return location.hash").await;
    assert!(
        hash.as_str()
            .unwrap()
            .contains("then=587.starttls.smtp.sendgrid.net"),
        "{hash}"
    );
    assert_eq!(
        browser.run("return history.length").await,
        places,
        "the same place in the history"
    );
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_chosen_last_comes_first() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    browser.visit(&site.url("")).await;
    browser
        .run("document.querySelector('#provider-pick').focus()")
        .await;
    browser.press("zoho").await;
    browser
        .wait("return document.querySelectorAll('#provider-pick-list li').length > 0")
        .await;
    browser.press(thirtyfour::Key::Enter).await;
    browser
        .wait("return location.hash.includes('provider=zoho')")
        .await;
    browser.visit(&site.url("?again")).await;
    browser
        .run("document.querySelector('#provider-pick').click()")
        .await;
    browser
        .wait("return document.querySelector('#provider-pick-list li')?.textContent.startsWith('Zoho')")
        .await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_verdict_goes_on_paper_and_into_a_ticket() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    let clipboard = "navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve() }";
    for (fragment, expected) in CASES {
        browser.visit(&site.url("?blank")).await;
        browser.visit(&site.url(fragment)).await;
        settled(&browser).await;
        browser.run(clipboard).await;
        browser
            .run("[...document.querySelectorAll('.advise__take button')].at(-1).click()")
            .await;
        browser
            .wait("return typeof window.copied === 'string'")
            .await;
        let text = browser.run("return window.copied").await;
        let text = text.as_str().unwrap();
        let expected = expected.trim_start_matches(':');
        assert!(
            text.starts_with("## ") && text.contains(expected),
            "{fragment}: {text}"
        );
        assert!(text.contains("### Why"), "{fragment}: {text}");
        browser
            .tell("Emulation.setEmulatedMedia", json!({ "media": "print" }))
            .await;
        let shown = "const shown = it => document.querySelector(it)?.getClientRects().length > 0;\
            return ['.choice:has(input:not(:checked))', '.verdict-bar', '.advise__after', '.copy', '#verdict .endpoint__address', '.reasons']\
            .map(shown)";
        assert_eq!(
            browser.run(shown).await,
            json!([false, false, false, false, true, true]),
            "{fragment}"
        );
        let paper = browser.tell("Page.printToPDF", json!({})).await;
        assert!(paper["data"].as_str().unwrap().len() > 10_000, "{fragment}");
        browser
            .tell("Emulation.setEmulatedMedia", json!({ "media": "" }))
            .await;
    }
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_can_preset_answers_and_a_link_of_ones_own_wins() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    browser
        .visit(&site.url("?provider=sendgrid&utm_source=docs"))
        .await;
    settled(&browser).await;
    assert!(
        browser
            .text("#verdict")
            .await
            .contains("smtp.sendgrid.net:587")
    );
    assert!(browser.text(".notice").await.is_empty());
    let title = browser.run("return document.title").await;
    let title = title.as_str().unwrap();
    assert!(
        title.starts_with("smtp.sendgrid.net:587 · Portolan"),
        "{title}"
    );
    browser
        .visit(&site.url("?provider=sendgrid#/advise?provider=resend"))
        .await;
    settled(&browser).await;
    assert!(browser.text("#verdict").await.contains("smtp.resend.com"));
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_region_is_a_press_away_and_stays_in_the_link() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    browser
        .visit(&site.url("#/advise?use=application&provider=mailgun"))
        .await;
    browser
        .wait("return document.querySelector('.endpoint details.more') !== null")
        .await;
    browser
        .run("const all = document.querySelector('.endpoint details.more'); all.open = true; [...all.querySelectorAll('button')].find(it => it.textContent === 'EU').click()")
        .await;
    let names_it =
        "return document.querySelector('.endpoint__host')?.textContent === 'smtp.eu.mailgun.org'";
    browser.wait(names_it).await;
    let link = browser.run("return location.href").await;
    let link = link.as_str().unwrap().to_owned();
    browser.close().await;
    let another = Browser::open(DESK).await;
    another.visit(&link).await;
    another.wait(names_it).await;
    another.close().await;
}
