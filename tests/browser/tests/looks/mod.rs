//! The page under its readers' own settings: narrow and zoomed, in forced colours, without motion.

use serde_json::{Value, json};

use crate::access::violations;
use crate::harness::{Browser, DESK, Look, Site};
use crate::settled;

const PHONE: Look = Look {
    width: 320,
    height: 700,
    ..DESK
};

/// Verdicts that take room: many ports through many layers, a long host, every warning, a link with a word that has no
/// end.
const LONG: [&str; 4] = [
    "#/advise?use=application&provider=smtp2go&environment=docker-bridge,on-premises,residential-generic\
     &client=dotnet-smtpclient&seen=25.timeout,465.refused,587.timeout,2525.reset,8025.open\
     &need=tls-from-first-byte,ip-allow-list,no-http",
    "#/advise?use=application&provider=amazon-ses&recognize=email-smtp.ap-southeast-2.amazonaws.com\
     &environment=aws-ec2&client=nodemailer",
    "#/advise?use=mail-server&provider=direct&environment=docker-bridge,aws-ec2\
     &posture=spf.no,dkim.no,dmarc.no,ptr.no,helo.no,bounce_handling.no&seen=25.open",
    "#/advise?use=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
];

/// What sticks out to the right, one line for each element; what scrolls within the page may.
const WIDE: &str = "
    const root = document.documentElement, room = root.clientWidth, found = [];
    if (root.scrollWidth > room) found.push('the page, ' + root.scrollWidth + ' of ' + room);
    const scrolls = it => it && it !== root && it !== document.body
        && (getComputedStyle(it).overflowX !== 'visible' || scrolls(it.parentElement));
    for (const it of document.body.querySelectorAll('*')) {
        const box = it.getBoundingClientRect();
        if (box.width > 0 && (box.right > room + 1 || box.left < -1) && !scrolls(it))
            found.push(it.tagName + '.' + it.getAttribute('class') + ' ' + box.left + '-' + box.right);
    }
    return found";

#[tokio::test(flavor = "multi_thread")]
async fn nothing_sticks_out_on_a_narrow_screen_or_zoomed() {
    let site = Site::serve();
    let browser = Browser::open(PHONE).await;
    // Width in CSS pixels, pixels of the device for one of them: a small phone, a window of 640 pixels at 200 %, one of
    // 1280 at 400 % and at 200 %.
    for (width, scale, is_mobile) in [
        (320, 1, true),
        (320, 2, false),
        (320, 4, false),
        (640, 2, false),
    ] {
        let metrics = json!({ "width": width, "height": 700, "deviceScaleFactor": scale, "mobile": is_mobile });
        browser
            .tell("Emulation.setDeviceMetricsOverride", metrics)
            .await;
        for is_dark in [false, true] {
            scheme(&browser, is_dark, &[]).await;
            for fragment in LONG {
                open(&browser, &site, fragment).await;
                let place = format!("{width} at scale {scale}, dark {is_dark}: {fragment}");
                assert_eq!(
                    browser
                        .run("return document.documentElement.clientWidth")
                        .await,
                    width,
                    "{place}"
                );
                assert_eq!(browser.run(WIDE).await, json!([]), "{place}");
            }
        }
        // The measure can fail.
        browser.run("document.querySelector('main').append(Object.assign(document.createElement('div'), {id: 'wide'})); document.querySelector('#wide').style.width = '70rem'").await;
        assert_ne!(
            browser.run(WIDE).await,
            json!([]),
            "{width} at scale {scale}"
        );
    }
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn text_of_twice_the_size_still_fits() {
    let site = Site::serve();
    for look in [DESK, Look { width: 640, ..DESK }] {
        let browser = Browser::open(look).await;
        for fragment in LONG {
            open(&browser, &site, fragment).await;
            let letters = "return parseFloat(getComputedStyle(document.querySelector('#verdict .reasons')).fontSize)";
            let before = browser.run(letters).await.as_f64().unwrap();
            browser
                .run("document.documentElement.style.fontSize = '200%'")
                .await;
            let after = browser.run(letters).await.as_f64().unwrap();
            assert!(after > 1.9 * before, "{before} became {after}");
            assert_eq!(
                browser.run(WIDE).await,
                json!([]),
                "{} wide: {fragment}",
                look.width
            );
        }
        browser.close().await;
    }
}

/// Every line, node and word of the drawing: its colours as the system knows them, and what sets it apart.
const DRAWN: &str = "
    const probe = document.body.appendChild(document.createElement('i')), system = {};
    for (const name of ['CanvasText', 'Canvas', 'Highlight']) {
        probe.style.color = name;
        system[getComputedStyle(probe).color] = name;
    }
    probe.remove();
    const parts = it => it.match(/[\\d.]+/g).slice(0, 3).map(it => it / 255);
    const light = it => parts(it).map(it => it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4)
        .reduce((sum, it, at) => sum + it * [0.2126, 0.7152, 0.0722][at], 0.05);
    const ground = Object.keys(system).find(it => system[it] === 'Canvas');
    const contrast = it => Math.max(light(it), light(ground)) / Math.min(light(it), light(ground));
    const svg = [...document.querySelectorAll('.chart svg')].find(it => it.getBoundingClientRect().width > 0);
    return [...svg.querySelectorAll('.line, .cross, .leg, .edge, .node, text, tspan')].map(it => {
        const style = getComputedStyle(it), isText = it.matches('text, tspan');
        const colour = isText || style.stroke === 'none' ? style.fill : style.stroke;
        return { what: (it.getAttribute('class') ?? it.tagName) + ' ' + it.textContent,
            isLine: it.matches('.line'), isChosen: it.matches('.line.chosen'), width: parseFloat(style.strokeWidth),
            colour: system[colour] ?? colour, contrast: contrast(colour),
            around: isText ? system[style.stroke] ?? style.stroke : 'Canvas' } })";

/// What of the drawing does not keep to the system's colours, or cannot be told from the rest.
fn unseen(drawn: &[Value], place: &str) -> Vec<String> {
    let number = |it: &Value, key: &str| it[key].as_f64().unwrap();
    let is_unseen = |it: &&Value| {
        let is_forced = it["colour"] == "CanvasText" || it["colour"] == "Highlight";
        // WCAG 2.2, 1.4.11.
        !is_forced || it["around"] != "Canvas" || number(it, "contrast") < 3.0
    };
    let mut found: Vec<String> = drawn
        .iter()
        .filter(is_unseen)
        .map(|it| format!("{place}: {it}"))
        .collect();
    let lines = |is_chosen: bool| {
        drawn
            .iter()
            .filter(move |it| it["isLine"] == true && it["isChosen"] == is_chosen)
    };
    if lines(true).next().is_none() {
        found.push(format!("{place}: no chosen line"));
    }
    for chosen in lines(true) {
        for other in lines(false) {
            let is_wide = number(chosen, "width") > 2.0 * number(other, "width");
            if !is_wide || chosen["colour"] == other["colour"] {
                found.push(format!("{place}: {chosen} is like {other}"));
            }
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn in_forced_colours_the_chosen_line_stands_out_and_axe_finds_nothing() {
    let site = Site::serve();
    let mut found = Vec::new();
    // The colours are the system's, whichever theme the visitor chose on the page.
    for (look, is_dark, theme) in [
        (DESK, false, "dark"),
        (DESK, true, "light"),
        (DESK, true, ""),
        (PHONE, false, "dark"),
    ] {
        let browser = Browser::open(look).await;
        scheme(&browser, is_dark, &[("forced-colors", "active")]).await;
        for fragment in [
            "",
            LONG[0],
            "#/advise?use=application&provider=sendgrid&environment=digitalocean-droplet",
        ] {
            open(&browser, &site, fragment).await;
            browser
                .run(&format!(
                    "document.documentElement.dataset.theme = '{theme}'"
                ))
                .await;
            let place = format!(
                "{} wide, dark {is_dark}, theme {theme}: {fragment}",
                look.width
            );
            let forced = browser
                .run("return matchMedia('(forced-colors: active)').matches")
                .await;
            assert_eq!(forced, true, "{place}");
            let drawn = browser.run(DRAWN).await;
            found.extend(unseen(drawn.as_array().unwrap(), &place));
            let words = browser.text(".track.chosen").await;
            assert!(words.contains("your course"), "{place}: {words}");
            let mut broken = violations(&browser, &place).await;
            // Axe takes the fill of letters, which Chromium does not report as forced, for their colour.
            broken.retain(|it| !it.contains("\"color-contrast "));
            found.extend(broken);
        }
        // The measure can fail.
        browser.run("document.querySelectorAll('.chart .line').forEach(it => { it.style.stroke = 'Canvas' })").await;
        let drawn = browser.run(DRAWN).await;
        assert!(!unseen(drawn.as_array().unwrap(), "").is_empty());
        browser.close().await;
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// How many animations run, and which elements would move when something changes.
const MOTION: &str = "
    const lasts = it => it.split(',').some(it => parseFloat(it) > 0);
    const moving = [document.documentElement, ...document.querySelectorAll('body, body *')].filter(it => {
        const style = getComputedStyle(it);
        return lasts(style.transitionDuration) || (style.animationName !== 'none' && lasts(style.animationDuration)) || style.scrollBehavior === 'smooth' });
    return document.getAnimations().length + moving.length";

#[tokio::test(flavor = "multi_thread")]
async fn who_wants_no_motion_gets_none() {
    let site = Site::serve();
    let browser = Browser::open(DESK).await;
    let motion = |value| [("prefers-reduced-motion", value)];
    scheme(&browser, false, &motion("reduce")).await;
    open(&browser, &site, "").await;
    assert_eq!(browser.run(MOTION).await, 0);
    browser
        .run("document.querySelector('#use-case--receiving').click()")
        .await;
    browser
        .wait("return document.querySelector('#verdict').textContent.includes('Listen on')")
        .await;
    assert_eq!(browser.run(MOTION).await, 0);
    // The measure can fail: by an animation, and by what the page does for everybody else.
    browser
        .run("document.body.animate([{opacity: 0}, {opacity: 1}], 60000)")
        .await;
    assert_eq!(browser.run(MOTION).await, 1);
    browser.page.goto("about:blank").await.unwrap();
    scheme(&browser, false, &motion("no-preference")).await;
    open(&browser, &site, "").await;
    assert_ne!(browser.run(MOTION).await, 0);
    browser.close().await;
}

/// Opens an answer with everything unfolded.
async fn open(browser: &Browser, site: &Site, fragment: &str) {
    browser.page.goto("about:blank").await.unwrap();
    browser.visit(&site.url(fragment)).await;
    settled(browser).await;
    browser
        .run("document.querySelectorAll('details').forEach(it => { it.open = true })")
        .await;
}

/// Sets the colour scheme, which the browser forgets when another setting is emulated, and further settings.
async fn scheme(browser: &Browser, is_dark: bool, more: &[(&str, &str)]) {
    let scheme = (
        "prefers-color-scheme",
        if is_dark { "dark" } else { "light" },
    );
    let features: Vec<Value> = [scheme]
        .iter()
        .chain(more)
        .map(|(name, value)| json!({ "name": name, "value": value }))
        .collect();
    browser
        .tell(
            "Emulation.setEmulatedMedia",
            json!({ "features": features }),
        )
        .await;
}
