//! How it is built: strangers' text, names and order of parts, size, exports.

use portolan_explain::Reading;
use portolan_report::sheet::{Element, Node, Press};
use portolan_smtp::Filter;
use portolan_wasm::desk::{After, Desk};

use crate::render::{html, nodes};
use crate::{MIXED, SENT, UNKNOWN, all, line, log, page, read, text, texts, within};

#[test]
fn what_strangers_wrote_is_text_and_masked() {
    let mut lines = String::new();
    for queue in 0..4 {
        lines += &line(
            queue,
            "a@<img src=x onerror=alert(1) \u{202e}",
            "<svg/onload=x>",
            "dsn=5.1.1, status=bounced (host mx said: 550 5.1.1 User unknown <b>\u{202e}</b> password=hunter22secret)",
        );
    }
    let mut desk = read(&lines);
    for ask in ["", "filter relay <svg/onload=x>"] {
        desk.ask(ask);
        let written = html(&desk.sheet(&crate::given()));
        let page = page(&desk);
        assert!(all(&page, "img, .samples b, svg svg, [onload], [onerror]").is_empty());
        let shown: String = page.root_element().text().collect();
        assert!(shown.contains("<svg/onload=x>"), "shown as it is: {shown}");
        assert!(shown.contains("[masked]") && !written.contains("hunter22secret"));
        assert!(!shown.contains('\u{202e}'), "nothing turns the direction");
        for it in all(&page, "[aria-label], [title]") {
            let label = it.value().attr("aria-label").unwrap_or_default();
            assert!(!label.contains('\u{202e}'), "{label}");
        }
    }
    let domains = texts(&page(&read(&lines)), ".bars__label").concat();
    assert!(domains.contains("<img src=x onerror=alert(1)"), "{domains}");
}

#[test]
fn headings_regions_and_controls_have_names_and_order() {
    let page = page(&read(&log(MIXED)));
    let headings = all(&page, "h1, h2, h3, h4, h5");
    let names: Vec<&str> = headings.iter().map(|it| it.value().name()).collect();
    assert_eq!(names[0], "h2");
    assert!(
        names.len() > 4 && names[1..].iter().all(|it| *it == "h3"),
        "{names:?}"
    );
    for section in all(&page, "section, [role=region]") {
        let by = section.value().attr("aria-labelledby");
        let is_named = by.is_some_and(|id| all(&page, &format!("[id={id}]")).len() == 1);
        let has_label = section
            .value()
            .attr("aria-label")
            .is_some_and(|it| !it.is_empty());
        assert!(is_named || has_label, "{}", section.html());
    }
    for image in all(&page, "svg") {
        let value = image.value();
        assert!(value.attr("aria-hidden").is_some() || value.attr("role") == Some("img"));
    }
    for image in all(&page, "[role=img]") {
        assert!(
            image
                .value()
                .attr("aria-label")
                .is_some_and(|it| it.contains("ost"))
        );
        assert!(
            within(image, "button, a").is_empty(),
            "readers do not see what is in a picture"
        );
    }
    for button in all(&page, "button") {
        assert_eq!(button.value().attr("type"), Some("button"));
        assert!(!text(button).is_empty());
        let acts = ["data-ask", "data-copy"];
        assert!(acts.iter().any(|it| button.value().attr(it).is_some()));
    }
    for table in all(&page, "table") {
        let has = |what: &str| !within(table, what).is_empty();
        assert!(has("caption") && has("th[scope=col]") && has("th[scope=row]"));
    }
    assert_eq!(all(&page, "#finding[tabindex='-1']").len(), 1);
}

#[test]
fn a_long_log_stays_small() {
    let mut lines = String::new();
    for at in 0..10_000 {
        let (day, hour) = (at / 24 % 28 + 1, at % 24);
        let (to, mx) = (format!("a@d{at}.example"), format!("mx.d{at}.example"));
        lines +=
            &line(at, &to, &mx, UNKNOWN).replace("Nov 25 10", &format!("Nov {day:02} {hour:02}"));
    }
    let desk = read(&lines);
    let sheet = desk.sheet(&crate::given());
    let count = nodes(&sheet);
    assert!(
        (1_000..5_000).contains(&count),
        "{count} elements and texts"
    );
    let page = page(&desk);
    assert!(texts(&page, ".tally__note").contains(&"and 9,990 more".to_owned()));
    assert!(all(&page, ".columns__column").len() <= 60);
    let captions = texts(&page, "caption").concat();
    assert!(
        captions.contains("the 100 of 10,000 with most failures"),
        "{captions}"
    );
}

fn saved(desk: &mut Desk, form: &str) -> (String, String) {
    let given = match desk.ask(&format!("save {form}")) {
        After::Save(name, holds) => Some((name, holds)),
        _ => None,
    };
    given.unwrap()
}

fn copied(element: &Element, all: &mut Vec<String>) {
    if let Some(Press::Copy(text)) = &element.press {
        all.push(text.clone());
    }
    for child in &element.children {
        if let Node::Element(child) = child {
            copied(child, all);
        }
    }
}

#[test]
fn it_leaves_as_csv_json_and_markdown_masked() {
    let secret = "dsn=5.1.1, status=bounced (host mx said: 550 5.1.1 User unknown: jane.doe@one.example, password=hunter22secret)";
    let mut desk = read(&log(&[(4, secret), (2, SENT)]));
    let (name, json) = saved(&mut desk, "json");
    assert_eq!(name, "log.json");
    assert!(
        !json.contains("\"file\"") && !json.contains("\"filter\""),
        "{json}"
    );
    desk.ask("filter cause recipient.unknown");
    let files = ["csv", "json", "md"].map(|form| saved(&mut desk, form));
    let names = files.each_ref().map(|(name, _)| name.as_str());
    let expected = ["log-filtered.csv", "log-filtered.json", "log-filtered.md"];
    assert_eq!(names, expected);
    let holds = [
        "only cause,recipient.unknown,,,,,\r\ncause,recipient.unknown,0,0,4,0,0",
        "\"filter\": {\n    \"cause\": \"recipient.unknown\"\n  }",
        "Only cause recipient.unknown.",
    ];
    for ((name, text), words) in files.iter().zip(holds) {
        assert!(text.contains(words), "{name}: {text}");
    }
    let mut tickets = Vec::new();
    copied(&desk.sheet(&crate::given()), &mut tickets);
    assert_eq!(tickets, [files[2].1.as_str()]);
    for (name, text) in &files {
        assert!(
            !text.contains("hunter22secret") && !text.contains("jane.doe"),
            "{name}: {text}"
        );
    }
    for nonsense in ["save", "save exe", "save csv json"] {
        assert_eq!(desk.ask(nonsense), After::Nothing);
    }
    let page = page(&desk);
    let link = all(&page, "footer a[href^='#/advise']");
    assert_eq!(link.len(), 1);
}

#[test]
fn what_leaves_is_named_as_the_file_that_it_came_from() {
    let mut reading = Reading::filtered(Filter {
        domain: Some("one.example".to_owned()),
        ..Filter::default()
    });
    reading.push(log(&[(4, UNKNOWN)]).as_bytes());
    let mut desk = Desk::default();
    desk.take_file("mail\u{202e}.log", 0, reading.finish());
    let (name, json) = saved(&mut desk, "json");
    assert_eq!(name, "mail.log-filtered.json");
    assert!(json.contains("\"file\": \"mail.log\""), "{json}");
    assert!(json.contains("\"domain\": \"one.example\""), "{json}");
    let (_, text) = saved(&mut desk, "md");
    assert!(
        text.starts_with("## mail.log\n\nOnly domain one.example.\n"),
        "{text}"
    );
}

#[test]
fn an_export_is_made_when_it_is_asked_for() {
    let mut lines = String::new();
    for at in 0..20_000 {
        let (to, mx) = (format!("a@d{at}.example"), format!("mx.d{at}.example"));
        lines += &line(at, &to, &mx, UNKNOWN);
    }
    let mut desk = read(&lines);
    let sheet = html(&desk.sheet(&crate::given()));
    assert!(sheet.len() < 300_000, "{} bytes cross", sheet.len());
    assert!(saved(&mut desk, "json").1.len() > 1_000_000);
}
