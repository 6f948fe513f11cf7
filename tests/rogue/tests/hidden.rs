//! What the facts say that clients hide is what the recordings show, stage by stage.

use std::collections::{BTreeMap, BTreeSet};

use portolan_rogue::catalogue::{Act, Stage};
use portolan_rogue::failures;
use portolan_rogue::record::{Recording, read};

/// Recorded clients by their ids here and in the facts.
const CLIENTS: [(&str, &str); 13] = [
    ("curl", "curl"),
    ("exim", "exim"),
    ("git-send-email", "git-send-email"),
    ("go-net-smtp", "go-net-smtp"),
    ("java-jakarta-mail", "jakarta-mail"),
    ("msmtp", "msmtp"),
    ("mutt", "mutt"),
    ("node-nodemailer", "nodemailer"),
    ("opensmtpd", "opensmtpd"),
    ("php-phpmailer", "phpmailer"),
    ("postfix", "postfix"),
    ("python-smtplib", "python-smtplib"),
    ("rust-lettre", "lettre"),
];

#[test]
fn a_client_hides_what_the_facts_say_and_nothing_else() {
    let (catalogue, facts) = (failures().unwrap(), portolan_builtin::facts());
    // How many refusals were recorded at a stage, and how many of them in the server's words.
    let mut stages: BTreeMap<(String, Stage), (usize, usize)> = BTreeMap::new();
    for recording in read(include_str!("../recordings/usual.jsonl")).unwrap() {
        let failure = catalogue.failure(&recording.failure).unwrap();
        if let Some(shown) = is_shown(&recording).filter(|_| failure.act == Act::Say) {
            let counts = stages.entry((recording.client, failure.at)).or_default();
            counts.0 += 1;
            counts.1 += usize::from(shown);
        }
    }
    for (client, id) in CLIENTS {
        let hidden: BTreeSet<String> = stages
            .iter()
            .filter(|((of, _), (all, shown))| of == client && shown * 2 < *all)
            .map(|((_, stage), _)| stage_id(*stage))
            .collect();
        let known = facts
            .client(id)
            .unwrap_or_else(|| panic!("{id} has no facts"));
        let said = known.hides.iter().flat_map(|it| it.at.clone()).collect();
        assert_eq!(hidden, said, "{client}");
    }
    let recorded: BTreeSet<&str> = stages.keys().map(|(client, _)| client.as_str()).collect();
    for entry in facts.clients().filter(|it| it.hides.is_some()) {
        let is_recorded = |(of, id): &(&str, &str)| *id == entry.id && recorded.contains(of);
        assert!(
            CLIENTS.iter().any(is_recorded),
            "{}: nobody looked",
            entry.id
        );
    }
}

/// Whether the server's words reached the person, most of them at least; `None` where it refused without words.
fn is_shown(recording: &Recording) -> Option<bool> {
    let said = recording.said.as_deref()?;
    let words: Vec<String> = words(said).collect();
    let shown: BTreeSet<String> = self::words(&recording.text).collect();
    let seen = words.iter().filter(|it| shown.contains(*it)).count();
    (said.starts_with(['4', '5']) && !words.is_empty()).then_some(seen * 10 >= words.len() * 7)
}

/// Words of three letters or more; what is filled in for each run and addresses are none.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split_whitespace()
        .filter(|it| !it.contains("://") && !it.contains('{'))
        .flat_map(|it| it.split(|letter: char| !letter.is_ascii_alphabetic()))
        .filter(|it| it.len() >= 3)
        .map(str::to_ascii_lowercase)
}

fn stage_id(stage: Stage) -> String {
    let name = format!("{stage:?}");
    name.chars()
        .enumerate()
        .fold(String::new(), |mut id, (at, letter)| {
            if at > 0 && letter.is_ascii_uppercase() {
                id.push('-');
            }
            id.push(letter.to_ascii_lowercase());
            id
        })
}
