//! Logs: counted, narrowed by a click, exported, and streamed with progress and a way to stop.

use serde_json::{Value, json};

use super::{drop_files, found, paste, press};
use crate::harness::{Browser, DESK, Site};

pub(super) const LOG: &str = "\
Jan  1 10:00:00 mx postfix/smtp[1]: 4A1: to=<ann@one.example>, relay=mx.one.example[192.0.2.1]:25, dsn=5.1.1, status=bounced (host mx.one.example[192.0.2.1] said: 550 5.1.1 User unknown)
Jan  1 10:00:01 mx postfix/smtp[1]: 4A2: to=<bob@one.example>, relay=mx.one.example[192.0.2.1]:25, dsn=5.1.1, status=bounced (host mx.one.example[192.0.2.1] said: 550 5.1.1 User unknown)
Jan  1 11:00:00 mx postfix/smtp[1]: 4A3: to=<cat@two.example>, relay=none, dsn=4.4.1, status=deferred (connect to mx.two.example[192.0.2.2]:25: Connection timed out)
Jan  1 12:00:00 mx postfix/smtp[1]: 4A4: to=<dan@three.example>, relay=mx.three.example[192.0.2.3]:25, dsn=2.0.0, status=sent (250 2.0.0 Ok)
";

#[tokio::test(flavor = "multi_thread")]
async fn a_log_says_what_to_mend_first_and_is_narrowed_by_a_click() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    browser.visit(&site.url("")).await;
    paste(&browser, LOG).await;
    found(&browser, "Mend this first: There is no such mailbox").await;
    assert_eq!(
        browser
            .run("return document.querySelectorAll('.mend__cause').length")
            .await,
        json!(2)
    );
    // By a cause, then by a domain that has none of it.
    press(&browser, "Show only these").await;
    browser
        .wait("return !!document.querySelector('.chip')")
        .await;
    assert_eq!(
        browser
            .run("return document.querySelectorAll('.mend__cause').length")
            .await,
        json!(1)
    );
    let keys = "return [...document.querySelectorAll('.figures__key')].map(it => it.textContent)";
    let shown = browser.run(keys).await.to_string();
    assert!(
        shown.contains("one.example") && !shown.contains("two.example"),
        "{shown}"
    );
    browser.run("document.querySelector('.chip').click()").await;
    browser
        .wait("return !document.querySelector('.chip')")
        .await;
    browser
        .run("[...document.querySelectorAll('.figures__key')].find(it => it.textContent === 'two.example').click()")
        .await;
    browser
        .wait("return document.querySelectorAll('.mend__cause').length === 1")
        .await;
    assert!(
        browser.text(".tally__part").await.contains("network."),
        "{}",
        browser.text(".tally__part").await
    );
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_saved_of_a_log_is_safe_to_pass_on() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    browser.visit(&site.url("")).await;
    paste(&browser, LOG).await;
    found(&browser, "Mend this first").await;
    browser
        .run("window.saved = []; HTMLAnchorElement.prototype.click = function () { saved.push([this.download, fetch ? this.href : '']) }; const make = URL.createObjectURL; URL.createObjectURL = blob => { blob.text().then(text => saved.push(text)); return make(blob) }")
        .await;
    for (button, name, words) in [
        ("Save as CSV", "log.csv", "cause,recipient.unknown"),
        ("Save as JSON", "log.json", "\"recipient.unknown\""),
        ("Save as Markdown", "log.md", "| recipient.unknown | 2 |"),
    ] {
        browser.run("saved.length = 0").await;
        press(&browser, button).await;
        browser.wait("return saved.length === 2").await;
        let saved = browser.run("return saved").await.to_string();
        assert!(saved.contains(name), "{saved}");
        let words = words.replace('"', "\\\"");
        assert!(saved.contains(&words), "{words} is missing in {saved}");
        assert!(
            !saved.contains("ann@") && !saved.contains("bob@"),
            "{saved}"
        );
    }
    // Of a file, narrowed: it says of which, and by what.
    drop_files(&browser, &[("mail.log", &format!("[{LOG:?}]"))]).await;
    browser
        .wait("return !!document.querySelector('.mend__cause') && !document.querySelector('.chip')")
        .await;
    press(&browser, "Show only these").await;
    browser
        .wait("return !!document.querySelector('.chip')")
        .await;
    browser.run("saved.length = 0").await;
    press(&browser, "Save as JSON").await;
    browser.wait("return saved.length === 2").await;
    let saved = browser.run("return saved").await.to_string();
    for words in [
        "mail.log-filtered.json",
        "\\\"file\\\": \\\"mail.log\\\"",
        "\\\"cause\\\": \\\"recipient.unknown\\\"",
    ] {
        assert!(saved.contains(words), "{words} is missing in {saved}");
    }
    assert_eq!(browser.run("return violations").await, json!([]));
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_megabytes_stream_with_progress_and_can_be_stopped() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    browser.visit(&site.url("")).await;
    // The worker is there before, so that what is seen is the reading.
    paste(&browser, "550 5.1.1 User unknown").await;
    found(&browser, "no such mailbox").await;
    let times = 100_000_000 / LOG.len() / 100;
    let whole = times * 100 * LOG.lines().count();
    let parts = format!(
        "(() => {{ const part = {LOG:?}.repeat({times}); return Array(100).fill(part) }})()"
    );
    // Whoever stops it stops it at once.
    browser
        .run("window.told = ''; new MutationObserver((all, me) => { const progress = document.querySelector('.progress'); if (progress) { told = progress.textContent + progress.querySelectorAll('progress').length; [...progress.querySelectorAll('button')].pop().click(); me.disconnect() } }).observe(document.body, { subtree: true, childList: true })")
        .await;
    drop_files(&browser, &[("mail.log", &parts)]).await;
    found(&browser, "Mend this first").await;
    let told = browser.run("return told").await;
    let told = told.as_str().unwrap();
    assert!(
        told.contains("mail.log") && told.contains("left") && told.ends_with('1'),
        "{told}"
    );
    let kicker = browser.text(".tally__kicker").await;
    let counted = first_number(&kicker);
    assert!(counted > 0 && counted < whole, "{kicker}");
    // To its end.
    drop_files(&browser, &[("mail.log", &parts)]).await;
    browser
        .wait(&format!("return document.querySelector('.tally__kicker')?.textContent.replaceAll(',', '').includes('A log of {whole} lines') ?? false"))
        .await;
    // Narrowed, a file is read again.
    press(&browser, "Show only these").await;
    browser
        .wait("return !!document.querySelector('.chip')")
        .await;
    assert_ne!(
        browser
            .run("return document.querySelectorAll('.mend__cause').length")
            .await,
        Value::from(0)
    );
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn yesterdays_log_comes_packed() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    browser.visit(&site.url("")).await;
    let packs = format!(
        "const done = arguments[arguments.length - 1]; const stream = new Blob([{LOG:?}.repeat(20000)]).stream().pipeThrough(new CompressionStream('gzip')); new Response(stream).blob().then(blob => {{ window.packed = blob; done(blob.size) }})"
    );
    browser
        .page
        .execute_async(&packs, Vec::new())
        .await
        .unwrap();
    drop_files(&browser, &[("mail.log.1.gz", "[packed]")]).await;
    found(&browser, "Mend this first").await;
    let kicker = browser.text(".tally__kicker").await;
    assert!(kicker.contains("A log of 80,000 lines"), "{kicker}");
    let taken = browser.text(".taken").await;
    assert!(taken.contains("unpacked"), "{taken}");
    // One that ends early is read as far as it goes.
    drop_files(
        &browser,
        &[("half.gz", "[packed.slice(0, packed.size / 2)]")],
    )
    .await;
    browser
        .wait("return document.querySelector('.taken')?.textContent.includes('half.gz') ?? false")
        .await;
    let taken = browser.text(".taken").await;
    assert!(taken.contains("as far as it went"), "{taken}");
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_without_text_is_told_at_once() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    browser.visit(&site.url("")).await;
    for (name, bytes, words) in [
        ("logs.zip", "'PK\\x03\\x04'", "This is a ZIP archive"),
        ("bounce.pdf", "'%PDF-1.7'", "This is a PDF"),
        (
            "shot.png",
            "new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10])",
            "This is a picture",
        ),
        (
            "mail.msg",
            "new Uint8Array([208, 207, 17, 224, 161, 177, 26, 225])",
            "This is a mail of Outlook",
        ),
    ] {
        // Twenty megabytes, of which the beginning is enough.
        let parts = format!("[{bytes}, new Uint8Array(2e7)]");
        drop_files(&browser, &[(name, &parts)]).await;
        found(&browser, words).await;
        assert!(
            !browser
                .text(".sheets")
                .await
                .contains("It is something else"),
            "{name}"
        );
    }
    // One of several says so for itself.
    drop_files(
        &browser,
        &[
            ("logs.zip", "['PK\\x03\\x04']"),
            ("b.txt", "['550 5.1.1 User unknown']"),
        ],
    )
    .await;
    browser
        .wait("return document.querySelectorAll('.several__cause').length === 2")
        .await;
    let all = browser.text(".several").await;
    assert!(
        all.contains("ZIP archive") && all.contains("no such mailbox"),
        "{all}"
    );
    assert_eq!(browser.run("return violations").await, json!([]));
    browser.close().await;
}

/// `A log of 139,340 lines`
fn first_number(text: &str) -> usize {
    let digits: String = text
        .chars()
        .skip_while(|it| !it.is_ascii_digit())
        .take_while(|it| it.is_ascii_digit() || *it == ',')
        .filter(char::is_ascii_digit)
        .collect();
    digits.parse().unwrap_or(0)
}
