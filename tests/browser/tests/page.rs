//! The page in a real browser: by keyboard, with late Wasm, without scripts, at 320 px, with hostile links.
#![expect(clippy::unwrap_used, reason = "a test says so when it fails")]

mod access;
mod analyze;
mod check;
mod harness;
mod library;
mod looks;
mod lookup;
mod taken;
mod told;

use std::time::Duration;

use harness::{Browser, DESK, Look, Site};
use serde_json::Value;
use thirtyfour::prelude::*;

const CASES: [(&str, &str); 7] = [
    ("", ":587"),
    (
        "#/advise?use=application&provider=sendgrid&environment=digitalocean-droplet",
        "smtp.sendgrid.net:2525",
    ),
    (
        "#/advise?use=application&provider=resend",
        "smtp.resend.com:465",
    ),
    (
        "#/advise?use=application&provider=sendgrid&environment=railway-hobby",
        "HTTPS",
    ),
    (
        "#/advise?use=mail-server&provider=direct&environment=azure-vm-enterprise",
        "25",
    ),
    (
        "#/advise?use=person&provider=fastmail&environment=railway-hobby",
        "No",
    ),
    ("#/advise?use=receiving", "25"),
];

async fn settled(browser: &Browser) {
    browser
        .wait("return document.querySelector('#verdict')?.getAttribute('aria-busy') === 'false'")
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_visit_by_keyboard_alone_ends_in_a_verdict() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    browser.visit(&site.url("")).await;
    assert!(
        !site.was_asked_for("providers/"),
        "a provider is loaded only when it is chosen"
    );
    // From the top, with the keys that a form has.
    for _ in 0..12 {
        if browser
            .run("return document.activeElement.name === 'use-case'")
            .await
            == Value::Bool(true)
        {
            break;
        }
        browser.press(Key::Tab).await;
    }
    browser.press(" ").await;
    browser
        .wait("return document.querySelector('#use-case--application').checked")
        .await;
    // An answer can be taken back with the key that comes next.
    browser.press(Key::Tab).await;
    browser
        .wait("return document.activeElement.className === 'question__clear'")
        .await;
    browser.press(Key::Tab).await;
    browser
        .wait("return document.activeElement.id === 'provider-pick'")
        .await;
    browser.press("sendg").await;
    browser.wait("return document.querySelector('#provider-pick').getAttribute('aria-expanded') === 'true'").await;
    browser.press(Key::Enter).await;
    for _ in 0..6 {
        browser.press(Key::Tab).await;
        if browser
            .run("return document.activeElement.id === 'environment-pick-0'")
            .await
            == Value::Bool(true)
        {
            break;
        }
    }
    browser.press("droplet").await;
    browser.wait("return document.querySelector('#environment-pick-0').getAttribute('aria-expanded') === 'true'").await;
    browser.press(Key::Enter).await;
    browser.wait("return document.querySelector('#verdict').textContent.includes('smtp.sendgrid.net:2525')").await;
    let address = browser.run("return location.hash").await;
    assert!(
        address.as_str().unwrap().contains("provider=sendgrid"),
        "{address}"
    );
    assert!(site.was_asked_for("providers/sendgrid.json"));
    // The way to the answer is a place on the page, and takes no answer out of the address.
    browser
        .run("document.querySelector('.skip-link').click()")
        .await;
    browser
        .wait("return document.activeElement.id === 'verdict' || location.hash === '#verdict' || location.hash.includes('provider=sendgrid')")
        .await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(
        browser.run("return location.hash").await,
        address,
        "the skip link changed the address"
    );
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn late_wasm_loses_nothing() {
    let site = Site::serve();
    site.hold_wasm_back(Duration::from_secs(8));
    let browser = Browser::open(DESK).await;
    browser.page.goto(site.url("")).await.unwrap();
    browser
        .run("document.querySelector('#use-case--person').click()")
        .await;
    browser
        .run("document.querySelector('#provider-pick').focus()")
        .await;
    browser.press("gm").await;
    // Typing scrolls the field into view, which takes a moment of its own.
    tokio::time::sleep(Duration::from_millis(1200)).await;
    let before = browser.run("const r=document.querySelector('h1').getBoundingClientRect();return [r.x,r.y,r.height]").await;
    assert_eq!(
        browser
            .run("return document.documentElement.hasAttribute('data-live')")
            .await,
        Value::Bool(false)
    );
    browser
        .wait("return document.documentElement.hasAttribute('data-live')")
        .await;
    browser
        .wait("return document.activeElement.id === 'provider-pick'")
        .await;
    let after = browser.run("const r=document.querySelector('h1').getBoundingClientRect();return [r.x,r.y,r.height]").await;
    assert_eq!(before, after, "nothing jumps");
    assert_eq!(
        browser
            .run("return document.querySelector('#use-case--person').checked")
            .await,
        Value::Bool(true)
    );
    browser.press("a").await;
    browser
        .wait("return document.querySelector('#provider-pick').value === 'gma'")
        .await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_scripts_the_three_questions_are_answered() {
    let site = Site::serve();
    let browser = Browser::open(Look {
        has_scripts: false,
        ..DESK
    })
    .await;
    browser.page.goto(site.url("")).await.unwrap();
    let text = browser
        .page
        .find(By::Tag("body"))
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    for words in ["Scripts are off", "587", "port 25", "blocked", "465"] {
        assert!(text.contains(words), "{words} is missing in {text}");
    }
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_verdict_comes_by_its_link_without_a_violation_and_without_scrolling_sideways()
 {
    let site = Site::serve();
    for look in [
        DESK,
        Look {
            width: 320,
            height: 700,
            is_dark: true,
            ..DESK
        },
    ] {
        let browser = Browser::open(look).await;
        for (fragment, expected) in CASES {
            browser.page.goto("about:blank").await.unwrap();
            browser.visit(&site.url(fragment)).await;
            settled(&browser).await;
            let verdict = browser.text("#verdict").await;
            assert!(
                verdict.contains(expected),
                "{fragment}: {expected} is missing in {verdict}"
            );
            assert_eq!(
                browser.run("return violations").await,
                serde_json::json!([]),
                "{fragment}"
            );
            // Not `innerWidth`: a phone zooms out to what is too wide, and would call it the width of the window.
            let width = browser
                .run("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
                .await;
            assert!(
                width.as_f64().unwrap() <= 0.0,
                "{fragment} at {}: {width} too wide",
                look.width
            );
            let foreign = browser.run("return performance.getEntriesByType('resource').map(e=>e.name).filter(n=>!n.startsWith(location.origin + '/deep/sub/'))").await;
            assert_eq!(foreign, serde_json::json!([]), "{fragment}");
        }
        browser.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_policy_is_strict_and_holds() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    browser.visit(&site.url("")).await;
    let policy = browser
        .run("return document.querySelector('meta[http-equiv=Content-Security-Policy]').content")
        .await;
    let policy = policy.as_str().unwrap();
    assert!(
        !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
        "{policy}"
    );
    browser.run("const s=document.createElement('script');s.textContent='window.ran=1';document.body.append(s)").await;
    assert_eq!(
        browser.run("return window.ran === undefined").await,
        Value::Bool(true)
    );
    browser.wait("return violations.length === 1").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_link_is_told_and_never_breaks_the_page() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    let long = format!("#/advise?use={}", "x".repeat(20_000));
    let broken = [
        "#/advise?provider=%ZZ",
        "#/advise?use=%3Cscript%3Ealert(1)%3C/script%3E",
        "#/advise?provider=no-such-provider",
        "#/advise?environment=..%2F..%2Fetc",
        "#/advise?seen=99999.open,587.never",
        "#/nowhere?x",
        "#/advise?posture=spf.perhaps&&&=",
        "#/advise?%00%ff=%80",
        long.as_str(),
    ];
    for fragment in broken {
        browser.page.goto("about:blank").await.unwrap();
        browser.visit(&site.url(fragment)).await;
        settled(&browser).await;
        browser
            .wait("return document.querySelector('.notice[role=status]') !== null")
            .await;
        assert!(browser.text("#verdict").await.contains("587"), "{fragment}");
        assert_eq!(
            browser
                .run("return document.querySelectorAll('main script').length")
                .await,
            serde_json::json!(0)
        );
        assert_eq!(
            browser.run("return violations").await,
            serde_json::json!([]),
            "{fragment}"
        );
    }
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn back_and_forward_restore_answers_and_verdict() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    browser.visit(&site.url("")).await;
    browser
        .run("document.querySelector('#use-case--receiving').click()")
        .await;
    browser
        .wait("return document.querySelector('#verdict').textContent.includes('Listen on')")
        .await;
    browser.page.back().await.unwrap();
    browser
        .wait("return !document.querySelector('#use-case--receiving').checked")
        .await;
    browser
        .wait("return !document.querySelector('#verdict').textContent.includes('Listen on')")
        .await;
    browser.page.forward().await.unwrap();
    browser
        .wait("return document.querySelector('#use-case--receiving').checked")
        .await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chosen_theme_is_shown_pressed_and_remembered() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    browser.visit(&site.url("")).await;
    let looks = "return document.documentElement.dataset.theme + ' ' + [...document.querySelectorAll('.theme-toggle button')].map(it => it.ariaPressed)";
    let night = "document.querySelectorAll('.theme-toggle button')[2].click()";
    browser.run(night).await;
    assert_eq!(browser.run(looks).await, "dark false,false,true");
    browser.page.goto("about:blank").await.unwrap();
    browser.visit(&site.url("")).await;
    assert_eq!(browser.run(looks).await, "dark false,false,true");
    browser
        .run("document.querySelector('.theme-toggle button').click()")
        .await;
    assert_eq!(browser.run(looks).await, "undefined true,false,false");
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_choice_by_pointer_can_be_changed_and_the_guide_stays() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    browser.visit(&site.url("")).await;
    let order = "return [...document.querySelector('#app').children].map(it => it.className)";
    let parts = serde_json::json!(["anything", "advise", "guide", "verdict-bar"]);
    assert_eq!(browser.run(order).await, parts);
    browser
        .run("document.querySelector('#provider-pick').click()")
        .await;
    browser
        .wait("return document.querySelectorAll('#provider-pick-list li').length > 0")
        .await;
    browser
        .run("document.querySelector('#provider-pick-list li').dispatchEvent(new MouseEvent('mousedown', {bubbles: true, cancelable: true}))")
        .await;
    browser
        .wait("return document.querySelector('.picker__clear') !== null && location.hash.includes('provider=')")
        .await;
    browser
        .run("document.querySelector('.picker__clear').click()")
        .await;
    browser
        .wait("return document.querySelector('.picker__clear') === null && !location.hash.includes('provider=') && document.activeElement.id === 'provider-pick'")
        .await;
    assert_eq!(browser.run(order).await, parts);
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_can_be_taken_back_and_a_pasted_host_names_its_region() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    browser.visit(&site.url("#/advise?use=receiving")).await;
    assert!(browser.text("#verdict").await.contains("Listen on 25"));
    browser
        .run("document.querySelector('.question__clear').click()")
        .await;
    browser
        .wait("return !document.querySelector('#use-case--receiving').checked")
        .await;
    browser
        .run("document.querySelector('#provider-pick').focus()")
        .await;
    browser
        .press("email-smtp.eu-west-1.amazonaws.com:587")
        .await;
    browser
        .wait("return document.querySelectorAll('#provider-pick-list li').length === 1")
        .await;
    browser.press(Key::Enter).await;
    browser
        .wait("return document.querySelector('.endpoint__host')?.textContent === 'email-smtp.eu-west-1.amazonaws.com'")
        .await;
    browser.close().await;
}
