//! What is pasted, typed, dropped and chosen; what is masked; what happens when the analyzer is late or breaks.

use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::By;

use super::{SECRET, SESSION, drop_files, found, held, paste, press};
use crate::harness::{Browser, DESK, Site};

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_session_opens_the_door_and_shows_no_secret_until_asked() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    browser.visit(&site.url("")).await;
    assert!(
        !site.was_asked_for("analyzer"),
        "the analyzer comes when it is needed"
    );
    // From the first paint on: what the page holds is looked at after every change.
    browser
        .run(&format!(
            "window.seen = false; new MutationObserver(() => {{ const all = document.documentElement.outerHTML + document.getElementById('anything').value; window.seen ||= all.includes('{SECRET}') }}).observe(document, {{ subtree: true, childList: true, attributes: true, characterData: true }})"
        ))
        .await;
    paste(&browser, SESSION).await;
    found(&browser, "app password").await;
    assert_eq!(
        browser.run("return location.hash").await,
        json!("#/analyze")
    );
    assert_eq!(browser.text("h1").await, "What went wrong with your mail?");
    assert!(browser.text("title").await.contains("app password"));
    assert!(
        browser
            .text("[data-mark=decides] samp")
            .await
            .contains("534-5.7.9")
    );
    assert_eq!(
        browser.text("[data-passage=failed] .stages__name").await,
        "AUTH"
    );
    assert!(
        browser
            .text(".finding__body")
            .await
            .contains("2-Step Verification"),
        "Gmail’s own facts have come"
    );
    assert!(!held(&browser).await.contains(SECRET));
    assert_eq!(browser.run("return window.seen").await, Value::Bool(false));
    // Copied for an issue it is masked, and so is the person.
    browser
        .run("navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve() }")
        .await;
    press(&browser, "Copy for an issue").await;
    browser.wait("return !!window.copied").await;
    let copied = browser.run("return window.copied").await;
    let copied = copied.as_str().unwrap();
    assert!(copied.contains("auth.app-password-required"), "{copied}");
    assert!(
        !copied.contains(SECRET) && !copied.contains("shop@"),
        "{copied}"
    );
    // By choice it is shown, and masked again.
    press(&browser, "Show the secrets").await;
    browser
        .wait(&format!(
            "return document.body.textContent.includes('{SECRET}')"
        ))
        .await;
    press(&browser, "Mask the secrets").await;
    browser
        .wait(&format!(
            "return !document.body.textContent.includes('{SECRET}')"
        ))
        .await;
    // What was learnt opens the advice, and the way back leads to what was found.
    press(&browser, "Advise me for Gmail").await;
    browser
        .wait("return document.querySelector('#verdict')?.textContent.includes('smtp.gmail.com')")
        .await;
    let address = browser.run("return location.hash").await;
    assert!(
        address.as_str().unwrap().contains("provider=gmail"),
        "{address}"
    );
    browser.run("history.back()").await;
    found(&browser, "app password").await;
    assert_eq!(browser.run("return violations").await, json!([]));
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_belongs_elsewhere_opens_its_door_and_can_be_corrected() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    browser.visit(&site.url("")).await;
    paste(&browser, "someone@gmail.com").await;
    browser
        .wait("return document.querySelector('#verdict')?.textContent.includes('smtp.gmail.com')")
        .await;
    assert!(browser.text(".taken").await.contains("a mail address"));
    paste(&browser, "example.com. 3600 IN TXT \"v=spf1 mx -all\"").await;
    browser
        .wait("return location.hash.startsWith('#/check') && document.querySelector('#finding')?.textContent.includes('example.com')")
        .await;
    assert!(browser.text(".taken").await.contains("DNS records"));
    // One click says what it is instead.
    press(&browser, "It is something else").await;
    press(&browser, "an error").await;
    browser
        .wait("return location.hash.startsWith('#/analyze') && document.querySelector('#finding') !== null")
        .await;
    assert!(browser.text("h1").await.contains("What went wrong"));
    browser.visit(&site.url("#/advise?provider=own")).await;
    paste(&browser, "Outgoing server (SMTP): smtp.relay.example\nPort: 465\nEncryption: SSL/TLS\nUsername: your address\nPassword: your app password\n").await;
    browser.wait("return document.body.textContent.includes('smtp.relay.example') && document.querySelector('#verdict').textContent.includes('465')").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_is_read_by_the_button_and_by_the_keyboard_alone() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    browser.visit(&site.url("analyze.html")).await;
    browser
        .run("document.getElementById('anything').focus()")
        .await;
    browser.press("550 5.1.1 User unknown").await;
    browser.press(thirtyfour::Key::Tab).await;
    browser.press(thirtyfour::Key::Enter).await;
    found(&browser, "no such mailbox").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn several_files_come_as_a_list_and_each_can_be_opened() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    browser.visit(&site.url("")).await;
    drop_files(
        &browser,
        &[
            (
                "one.txt",
                "['535 5.7.8 Username and Password not accepted']",
            ),
            ("two.txt", "['550 5.1.1 <a@b.example>: User unknown']"),
            ("three <b>.txt", "['hello']"),
        ],
    )
    .await;
    browser
        .wait("return document.querySelectorAll('.several__entry').length === 3")
        .await;
    found(&browser, "User name or password").await;
    browser
        .run("document.querySelectorAll('.several__entry')[1].click()")
        .await;
    found(&browser, "no such mailbox").await;
    assert_eq!(
        browser.text("[aria-current=true] .several__title").await,
        "two.txt"
    );
    // A file that was chosen, not dropped.
    let path = std::env::temp_dir().join(format!("portolan-{}.txt", std::process::id()));
    std::fs::write(&path, "554 5.7.1 <a@b.example>: Relay access denied").unwrap();
    let field = browser.page.find(By::Id("anything-files")).await.unwrap();
    field
        .send_keys(path.to_string_lossy().as_ref())
        .await
        .unwrap();
    found(&browser, "does not pass mail on").await;
    std::fs::remove_file(path).unwrap();
    // Two sessions in one text are a list as well.
    let two = "220 a.example\nEHLO x\n250 a.example\nMAIL FROM:<a@a.example>\n550 5.7.1 sender rejected\nQUIT\n221 bye\nTrying b.example\n220 b.example\nEHLO x\n250 b.example\nMAIL FROM:<a@a.example>\n250 ok\nRCPT TO:<b@b.example>\n550 5.1.1 User unknown\n";
    paste(&browser, two).await;
    browser
        .wait("return document.querySelectorAll('.several__entry').length === 2")
        .await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_text_is_text() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    browser.visit(&site.url("")).await;
    let evil = "550 5.1.1 <img id=evil src=x onerror=window.pwned=1> </samp></td><script>window.pwned=1</script> \u{202e}nwonknu resu\u{202c} javascript:window.pwned=1 User unknown\n";
    paste(&browser, &evil.repeat(3)).await;
    found(&browser, "no such mailbox").await;
    assert_eq!(
        browser.run("return document.getElementById('evil')").await,
        Value::Null
    );
    assert_eq!(
        browser.run("return window.pwned ?? null").await,
        Value::Null
    );
    let lines = browser.text(".log").await;
    assert!(
        lines.contains("<img id=evil") && !lines.contains(['\u{202e}', '\u{202c}']),
        "{lines}"
    );
    // Ten megabytes in one line.
    drop_files(
        &browser,
        &[("line.txt", "['x'.repeat(5000000), ' 535 5.7.8 Username and Password not accepted ', 'y'.repeat(5000000)]")],
    )
    .await;
    browser
        .wait("return document.querySelector('.taken')?.textContent.includes('nothing that is known')")
        .await;
    drop_files(
        &browser,
        &[("line.txt", "['x'.repeat(300000), ' 535 5.7.8 Username and Password not accepted ', 'y'.repeat(5000000)]")],
    )
    .await;
    found(&browser, "User name or password").await;
    let most = browser
        .run("return document.querySelector('.log').textContent.length")
        .await;
    assert!(most.as_u64().unwrap() < 5_000, "{most}");
    assert!(browser.text(".log").await.contains("535 5.7.8"));
    assert!(
        browser
            .text(".finding__head")
            .await
            .contains("Read were the first 1.0 MB of 5.3 MB")
    );
    // Nothing at all, and bytes that are no text.
    drop_files(
        &browser,
        &[
            ("empty.bin", "[]"),
            (
                "bytes.bin",
                "[new Uint8Array([0, 255, 254, 13, 10, 200, 0])]",
            ),
        ],
    )
    .await;
    browser
        .wait("return document.querySelectorAll('.several__entry').length === 2")
        .await;
    assert_eq!(browser.run("return violations").await, json!([]));
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_analyzer_is_waited_for_and_a_broken_one_told() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    browser.visit(&site.url("")).await;
    site.hold_wasm_back(Duration::from_millis(1500));
    paste(&browser, "535 5.7.8 password=hunter2 not accepted").await;
    assert!(browser.text("#anything-holds").await.contains("Reading"));
    assert!(!held(&browser).await.contains("hunter2"));
    // What is pasted meanwhile is the one that counts.
    paste(&browser, "550 5.1.1 User unknown").await;
    found(&browser, "no such mailbox").await;
    site.hold_wasm_back(Duration::ZERO);
    for broken in ["analyzer", "wasm"] {
        browser.page.goto("about:blank").await.unwrap();
        browser.visit(&site.url("analyze.html")).await;
        site.refuse(if broken == "wasm" {
            "/analyzer-"
        } else {
            "analyzer"
        });
        paste(&browser, "535 5.7.8 password=hunter2 not accepted").await;
        browser.wait("return document.querySelector('#anything-holds').textContent.includes('could not be loaded')").await;
        assert!(!held(&browser).await.contains("hunter2"));
        site.refuse("");
        press(&browser, "Try again").await;
        found(&browser, "User name or password").await;
        assert!(!held(&browser).await.contains("hunter2"));
    }
    browser.close().await;
}
