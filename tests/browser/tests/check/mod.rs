//! The Check door: reports pasted, dropped and brought by a link; two of them; hostile ones; by keyboard, and without scripts.

mod hostile;

use serde_json::{Value, json};

use crate::analyze::{drop_files, found, held, paste, press};
use crate::harness::{Browser, DESK, Look, Site};

/// What a check of a server in a cloud writes: 587 and 465 time out, 2525 answers.
pub(crate) const SERVER: &str = include_str!("server.json");
/// The same from a desk, where all ports answer.
pub(crate) const LAPTOP: &str = include_str!("laptop.json");

const HEADLINE: &str = "2525 works; 587, 465 and 25 time out.";

/// Drops files of these texts.
async fn drop_texts(browser: &Browser, files: &[(&str, &str)]) {
    let parts: Vec<(&str, String)> = files
        .iter()
        .map(|(name, text)| (*name, format!("[{}]", json!(text))))
        .collect();
    let parts: Vec<(&str, &str)> = parts
        .iter()
        .map(|(name, it)| (*name, it.as_str()))
        .collect();
    drop_files(browser, &parts).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_opens_the_door_from_anywhere_and_the_advice_is_computed_anew() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    browser
        .visit(&site.url("#/advise?use=application&environment=digitalocean-droplet"))
        .await;
    paste(&browser, SERVER).await;
    found(&browser, HEADLINE).await;
    assert_eq!(browser.text("h1").await, "Which ports answer, and how?");
    browser
        .wait("return document.querySelector('.check__advice')?.textContent === 'Use smtp.sendgrid.net:2525, STARTTLS required.'")
        .await;
    let address = browser.run("return location.hash").await;
    assert!(
        address
            .as_str()
            .unwrap()
            .starts_with("#/check?use=application&environment=digitalocean-droplet"),
        "the case is in the address, and the report is not: {address}"
    );
    let status = browser
        .run("return [...document.querySelectorAll('[role=status]')].map(it => it.textContent).join(' ')")
        .await;
    assert!(status.as_str().unwrap().contains(HEADLINE), "{status}");
    // One press puts what was seen into the answers.
    press(&browser, "Take this into Advise").await;
    browser
        .wait("return document.querySelector('#verdict')?.textContent.includes('smtp.sendgrid.net:2525')")
        .await;
    // It says there what was taken along.
    browser
        .wait("return (document.querySelector('.taken__along')?.textContent ?? '').includes('587 times out')")
        .await;
    let address = browser.run("return location.hash").await;
    for part in [
        "environment=digitalocean-droplet",
        "587.timeout",
        "2525.open",
        "provider=sendgrid",
    ] {
        assert!(
            address.as_str().unwrap().contains(part),
            "{part} in {address}"
        );
    }
    // And back: what was read is still there.
    browser
        .run("document.querySelector('nav [data-door=check]').click()")
        .await;
    found(&browser, HEADLINE).await;
    assert_eq!(browser.run("return violations").await, json!([]));
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_is_composed_for_the_answers_and_for_a_host() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    browser
        .visit(&site.url("check.html#/check?provider=sendgrid"))
        .await;
    let says = |words: &str| {
        format!("return document.querySelector('.run')?.textContent.includes({words:?}) ?? false")
    };
    browser
        .wait(&says(
            "portolan-probe --provider sendgrid --json > report.json",
        ))
        .await;
    browser
        .wait(&says(
            "-connect smtp.sendgrid.net:587 -servername smtp.sendgrid.net",
        ))
        .await;
    paste(&browser, "mail.example.org").await;
    browser
        .wait(&says(
            "portolan-probe mail.example.org --json > report.json",
        ))
        .await;
    assert_eq!(
        browser.text("h1").await,
        "Which ports answer, and how?",
        "a host is checked here"
    );
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_files_are_compared_and_one_can_join_another() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    browser.visit(&site.url("check.html")).await;
    drop_texts(
        &browser,
        &[("laptop.json", LAPTOP), ("server.json", SERVER)],
    )
    .await;
    found(&browser, "What differs is the network.").await;
    assert!(browser.text(".differs").await.contains("587 outcome"));
    press(&browser, "server.json").await;
    found(&browser, HEADLINE).await;
    // Focus goes to what was opened.
    browser
        .wait("return document.activeElement?.id === 'finding'")
        .await;
    drop_texts(&browser, &[("server.json", SERVER)]).await;
    browser
        .wait("return !document.querySelector('.several')")
        .await;
    press(&browser, "Compare with another report").await;
    browser
        .wait("return document.body.textContent.includes('Paste or drop the other report now')")
        .await;
    browser
        .wait("return document.activeElement?.id === 'anything'")
        .await;
    // Wherever on the page the other one is pasted.
    paste_outside(&browser, LAPTOP).await;
    found(&browser, "What differs is the network.").await;
    browser.close().await;
}

/// Pastes a text while no field has the focus.
async fn paste_outside(browser: &Browser, text: &str) {
    let script = "const [text] = arguments; const data = new DataTransfer(); data.setData('text/plain', text); \
        document.activeElement?.blur(); \
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))";
    browser
        .page
        .execute(script, vec![json!(text)])
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_phone_the_answer_comes_into_view_and_an_empty_box_is_said_to_be_one() {
    let site = Site::serve();
    let phone = Look {
        width: 390,
        height: 844,
        ..DESK
    };
    let browser = Browser::open(phone).await;
    browser.visit(&site.url("check.html")).await;
    press(&browser, "Read it").await;
    browser
        .wait("return document.querySelector('.anything__holds').textContent.includes('There is nothing to read')")
        .await;
    paste_outside(&browser, SERVER).await;
    found(&browser, HEADLINE).await;
    // It scrolls there smoothly.
    browser
        .wait("const it = document.getElementById('finding').getBoundingClientRect(); return it.top >= 0 && it.bottom < innerHeight")
        .await;
    // The focus stays with whoever pasted.
    let focused = browser.run("return document.activeElement?.id").await;
    assert_ne!(focused, json!("finding"));
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_brings_a_report_and_the_address_lets_go_of_it() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    browser.visit(&site.url("check.html")).await;
    paste(&browser, SERVER).await;
    found(&browser, HEADLINE).await;
    press(&browser, "Make a link").await;
    browser
        .wait("return !!document.querySelector('.check__fragment')")
        .await;
    let link = browser.text(".check__fragment").await;
    let page = site.url("check.html#/check?report=");
    assert!(link.starts_with(&page) && link.len() <= 8_000, "{link}");
    // The focus goes where the link is copied.
    browser
        .wait("return document.activeElement?.textContent.startsWith('Copy the link')")
        .await;
    browser.page.goto("about:blank").await.unwrap();
    browser.visit(&link).await;
    found(&browser, HEADLINE).await;
    let address = browser.run("return location.hash").await;
    assert!(!address.as_str().unwrap().contains("report="), "{address}");
    assert!(
        browser
            .text("body")
            .await
            .contains("Nothing left this page")
    );
    assert!(
        !browser
            .text("body")
            .await
            .contains("could not be understood")
    );
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keyboard_reaches_everything() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    browser.visit(&site.url("check.html")).await;
    browser
        .run("document.getElementById('anything').focus(); document.execCommand('insertText', false, '')")
        .await;
    browser.run(&format!("const it = document.getElementById('anything'); it.value = {}; it.dispatchEvent(new InputEvent('input', {{ bubbles: true }}))", json!(SERVER))).await;
    browser.press(thirtyfour::Key::Control + "\u{e007}").await;
    found(&browser, HEADLINE).await;
    // From the field on, in the order of the page, to the way into Advise.
    let mut reached = Vec::new();
    for _ in 0..60 {
        browser.press("\u{e004}").await;
        let here = browser
            .run("const it = document.activeElement; return it.textContent.trim().slice(0, 60)")
            .await;
        reached.push(here.as_str().unwrap_or_default().to_owned());
        if reached
            .last()
            .is_some_and(|it| it == "Compare with another report")
        {
            break;
        }
    }
    for words in [
        "What shows it",
        "Copy",
        "Take this into Advise",
        "Copy as Markdown, masked",
        "Make a link",
        "Compare with another report",
    ] {
        assert!(
            reached.iter().any(|it| it == words),
            "{words} is not among {reached:?}"
        );
    }
    browser.press("\u{e007}").await;
    browser
        .wait("return document.body.textContent.includes('Paste or drop the other report now')")
        .await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_no_violation_and_nothing_sticks_out() {
    let site = Site::serve();
    let mut broken = Vec::new();
    for (is_dark, width) in [
        (false, 1280),
        (true, 1280),
        (false, 390),
        (true, 390),
        (false, 320),
        (true, 320),
    ] {
        let browser = Browser::open(Look {
            width,
            is_dark,
            ..DESK
        })
        .await;
        browser.visit(&site.url("check.html")).await;
        let two = [LAPTOP, SERVER].concat();
        for (text, words) in [
            ("", "Run portolan-probe"),
            (SERVER, HEADLINE),
            (&two, "What differs is the network."),
            (
                "{\"schema\":99,\"tool\":\"portolan-probe 9\",\"visits\":[],\"asked\":{}}",
                "cannot be read",
            ),
        ] {
            if !text.is_empty() {
                paste(&browser, text).await;
            }
            found(&browser, words).await;
            browser
                .run("document.querySelectorAll('details').forEach(it => it.open = true)")
                .await;
            let place = format!("{width}, dark {is_dark}, {words}");
            broken.extend(crate::access::violations(&browser, &place).await);
            let wide = browser
                .run("return document.documentElement.scrollWidth - innerWidth")
                .await;
            if wide.as_f64().unwrap() > 0.0 {
                broken.push(format!("{place}: {wide} px stick out"));
            }
        }
        assert_eq!(browser.run("return violations").await, json!([]));
        browser.close().await;
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_scripts_the_door_says_what_to_run() {
    let site = Site::serve();
    let look = Look {
        has_scripts: false,
        ..DESK
    };
    let browser = Browser::open(look).await;
    browser.page.goto(site.url("check.html")).await.unwrap();
    let body = browser
        .page
        .find(thirtyfour::By::Tag("body"))
        .await
        .unwrap();
    let text = body.text().await.unwrap();
    for words in [
        "Scripts are off",
        "Which ports answer, and how?",
        "portolan-probe smtp.example.org --json > report.json",
        "nc -vz -w 10 HOST",
        "TcpClient",
        "What each answer means",
    ] {
        assert!(text.contains(words), "{words} is missing");
    }
    assert!(
        !text.contains("Read it"),
        "a box that nothing reads is hidden"
    );
    browser.close().await;
}

/// Whether the page still answers.
pub(crate) async fn is_alive(browser: &Browser) -> bool {
    browser
        .run("return document.documentElement.hasAttribute('data-live')")
        .await
        == Value::Bool(true)
        && !held(browser).await.is_empty()
}
