//! The box that takes anything, and the Analyze door.

mod given;
mod logs;

use serde_json::{Value, json};

use crate::harness::{Browser, DESK, Look, Site};

/// A session in a client's own notation, with the answers of a sign-in.
pub(crate) const SESSION: &str = "2026-01-12 09:14:02 SERVER -> CLIENT: 220 smtp.gmail.com ESMTP x - gsmtp\n\
    2026-01-12 09:14:02 CLIENT -> SERVER: EHLO shop.example.com\n\
    2026-01-12 09:14:02 SERVER -> CLIENT: 250-smtp.gmail.com at your service\n\
    2026-01-12 09:14:02 SERVER -> CLIENT: 250 AUTH LOGIN PLAIN\n\
    2026-01-12 09:14:03 CLIENT -> SERVER: AUTH LOGIN\n\
    2026-01-12 09:14:03 SERVER -> CLIENT: 334 VXNlcm5hbWU6\n\
    2026-01-12 09:14:03 CLIENT -> SERVER: c2hvcEBleGFtcGxlLmNvbQ==\n\
    2026-01-12 09:14:03 SERVER -> CLIENT: 334 UGFzc3dvcmQ6\n\
    2026-01-12 09:14:03 CLIENT -> SERVER: aHVudGVyMmh1bnRlcjI=\n\
    2026-01-12 09:14:04 SERVER -> CLIENT: 534-5.7.9 Application-specific password required.\n\
    2026-01-12 09:14:04 SERVER -> CLIENT: 534 5.7.9 to shop@example.com\n";

/// What must never be seen of it unasked.
pub(crate) const SECRET: &str = "aHVudGVyMmh1bnRlcjI";

/// Pastes a text into the box, as a person does.
pub(crate) async fn paste(browser: &Browser, text: &str) {
    let script = "const [text] = arguments; const data = new DataTransfer(); data.setData('text/plain', text); \
        const field = document.getElementById('anything'); field.focus(); \
        field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))";
    browser
        .page
        .execute(script, vec![json!(text)])
        .await
        .unwrap();
}

/// Drops files, each by name and a script that gives its parts.
pub(crate) async fn drop_files(browser: &Browser, files: &[(&str, &str)]) {
    let files: Vec<String> = files
        .iter()
        .map(|(name, parts)| format!("data.items.add(new File({parts}, {name:?}))"))
        .collect();
    let script = format!(
        "const data = new DataTransfer(); {}; document.body.dispatchEvent(new DragEvent('drop', {{ dataTransfer: data, bubbles: true, cancelable: true }}))",
        files.join(";")
    );
    browser.run(&script).await;
}

pub(crate) async fn found(browser: &Browser, words: &str) {
    browser
        .wait(&format!(
            "return (document.querySelector('#finding')?.textContent ?? '').includes({words:?})"
        ))
        .await;
}

/// Everything that the page holds, with what its fields show.
pub(crate) async fn held(browser: &Browser) -> String {
    let all = browser
        .run("return document.documentElement.outerHTML + [...document.querySelectorAll('textarea, input')].map(it => it.value).join(' ') + document.title + location.href")
        .await;
    all.as_str().unwrap().to_owned()
}

pub(crate) async fn press(browser: &Browser, words: &str) {
    let script = format!(
        "const it = [...document.querySelectorAll('button, summary, a')].find(it => it.textContent.includes({words:?})); it?.click(); return !!it"
    );
    assert_eq!(
        browser.run(&script).await,
        Value::Bool(true),
        "no button says {words}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_no_violation_in_what_the_analyzer_shows() {
    let site = Site::serve();
    let mut broken = Vec::new();
    for (is_dark, width) in [(false, 1280), (true, 1280), (false, 390), (true, 320)] {
        let browser = Browser::open(Look {
            width,
            is_dark,
            ..DESK
        })
        .await;
        browser.visit(&site.url("analyze.html")).await;
        let log = logs::LOG.repeat(3);
        for (text, words) in [
            ("", ""),
            (SESSION, "password"),
            ("PHPMailer: SMTP connect() failed.", "Not enough"),
            (&log, "Mend this first"),
        ] {
            if !text.is_empty() {
                paste(&browser, text).await;
                found(&browser, words).await;
                browser
                    .run("document.querySelectorAll('details').forEach(it => it.open = true)")
                    .await;
            }
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
    assert!(
        site.asked
            .lock()
            .unwrap()
            .iter()
            .all(|path| path.starts_with("/deep/sub/")),
        "{:?}",
        site.asked.lock().unwrap()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_to_do_comes_before_the_lines_to_the_eye_and_to_the_keyboard() {
    let site = Site::serve();
    for width in [390, 640, 1280] {
        let browser = Browser::open(Look { width, ..DESK }).await;
        browser.visit(&site.url("analyze.html")).await;
        paste(&browser, SESSION).await;
        found(&browser, "password").await;
        browser
            .wait("return getComputedStyle(document.querySelector('.stages')).display !== 'block'")
            .await;
        let places = browser
            .run("return ['#finding', '.stages', '.finding__do', '.log__frame', '.finding__body'].map(it => document.querySelector(it).getBoundingClientRect()).map(it => [it.left, it.top])")
            .await;
        let places: Vec<(f64, f64)> = serde_json::from_value(places).unwrap();
        for pair in places.windows(2) {
            let [(left, top), (next_left, next_top)] = pair else {
                unreachable!("two of them")
            };
            assert!(
                next_top > top || next_left > left,
                "{width}: {places:?} is read in another order"
            );
        }
        let [_, _, (_, steps), (_, lines), _] = places[..] else {
            panic!("{places:?}")
        };
        let is_beside = (lines - steps).abs() < 60.0;
        assert_eq!(is_beside, width == 1280, "{width}: {places:?}");
        // Whatever takes the focus comes in the order of lines on the screen, the two columns one after the other.
        let stray = browser
            .run("const all = [...document.querySelectorAll('.finding :is(a, button, summary, [tabindex=\"0\"])')].filter(it => it.checkVisibility()); const lines = document.querySelector('.log__frame'); const at = all.indexOf(lines); return all.slice(0, at).filter(it => !it.closest('.finding__do')).length + all.slice(at + 1).filter(it => it.closest('.finding__do')).length")
            .await;
        assert_eq!(stray, json!(0), "{width}");
        browser.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_scripts_the_door_says_how_to_read_a_failure() {
    let site = Site::serve();
    let look = Look {
        has_scripts: false,
        ..DESK
    };
    let browser = Browser::open(look).await;
    browser.page.goto(site.url("analyze.html")).await.unwrap();
    let text = browser
        .page
        .find(thirtyfour::By::Tag("body"))
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    for words in [
        "Scripts are off",
        "What went wrong with your mail?",
        "535",
        "User name or password were refused",
        "no such mailbox",
        "wrong version number",
    ] {
        assert!(text.contains(words), "{words} is missing");
    }
    assert!(
        !text.contains("Read it"),
        "a box that nothing reads is hidden"
    );
    // The way back is a page as well.
    let way = browser
        .page
        .find(thirtyfour::By::Css("nav [data-door=advise]"))
        .await
        .unwrap();
    way.click().await.unwrap();
    let title = browser.page.title().await.unwrap();
    assert!(title.contains("which port"), "{title}");
    browser.close().await;
}
