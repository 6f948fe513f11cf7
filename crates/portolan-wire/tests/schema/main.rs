//! The JSON Schema of a check's report, `docs/probe-report.schema.json`: made from the types, and held against the reader.
//!
//! `UPDATE=1 cargo test -p portolan-wire --test schema` writes it anew.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::format_push_string,
    reason = "a test may stop"
)]

mod bounds;
mod changes;

use std::path::PathBuf;

use jsonschema::Validator;
use portolan_report::probe::{ProbeReport, SCHEMA};
use portolan_wire::read_report;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn kept() -> PathBuf {
    root().join("docs/probe-report.schema.json")
}

fn sample() -> Value {
    let path = root().join(format!(
        "crates/portolan-wire/tests/probe/schema-{SCHEMA}.json"
    ));
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// The schema, from the types, their comments and their limits.
fn made() -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.into_root_schema_for::<ProbeReport>().to_value();
    let root = schema.as_object_mut().unwrap();
    root.insert(
        "title".into(),
        json!(format!("A report of portolan-probe, schema {SCHEMA}")),
    );
    root.insert(
        "$id".into(),
        json!(format!("urn:portolan:probe-report:{SCHEMA}")),
    );
    *schema.pointer_mut("/properties/schema").unwrap() = json!({
        "description": "The number of this form.",
        "const": SCHEMA,
    });
    plain(&mut schema);
    bounds::add(&mut schema);
    sorted(&mut schema);
    schema
}

/// JSON Schema knows either family of addresses and has no format for both, nor any for the sizes of numbers.
fn plain(schema: &mut Value) {
    match schema {
        Value::Object(object) if object.get("format") == Some(&json!("ip")) => {
            object.remove("format");
            object.insert(
                "anyOf".into(),
                json!([{ "format": "ipv4" }, { "format": "ipv6" }]),
            );
        }
        Value::Object(object)
            if object
                .get("format")
                .is_some_and(|it| bounds::of_number(it).is_some()) =>
        {
            let (least, most) = object
                .remove("format")
                .as_ref()
                .and_then(bounds::of_number)
                .unwrap();
            object.insert("minimum".into(), json!(least));
            object.insert("maximum".into(), json!(most));
        }
        Value::Object(object) => object.values_mut().for_each(plain),
        Value::Array(list) => list.iter_mut().for_each(plain),
        _ => {}
    }
}

/// One order, whichever crate of the build turns on which order of maps.
fn sorted(value: &mut Value) {
    value.sort_all_objects();
}

fn validator() -> Validator {
    jsonschema::draft202012::options()
        .should_validate_formats(true)
        .build(&made())
        .unwrap()
}

#[test]
fn the_kept_schema_is_the_one_of_the_types() {
    let text = serde_json::to_string_pretty(&made()).unwrap() + "\n";
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(kept(), &text).unwrap();
    }
    let found = std::fs::read_to_string(kept()).unwrap();
    assert!(
        found == text,
        "docs/probe-report.schema.json is stale: UPDATE=1 cargo test -p portolan-wire --test schema"
    );
}

#[test]
fn the_schema_is_one() {
    assert!(jsonschema::meta::is_valid(&made()));
    let text = made().to_string();
    assert!(!text.contains("\"format\":\"ip\""), "{text}");
}

#[test]
fn the_sample_is_valid() {
    let errors: Vec<String> = validator()
        .iter_errors(&sample())
        .map(|it| format!("{}: {it}", it.instance_path))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

/// Whoever trusts the schema trusts the reader: at every place of the sample, what one refuses the other refuses.
#[test]
fn schema_and_reader_agree_at_every_place() {
    let validator = validator();
    let sample = sample();
    let (mut refused, mut taken) = (0, 0);
    for (place, what, changed) in changes::of(&sample) {
        let by_schema = validator.is_valid(&changed);
        let by_reader = read_report(changed.to_string().as_bytes());
        assert_eq!(
            by_schema,
            by_reader.is_ok(),
            "{place}: {what}: schema {by_schema}, reader {:?}",
            by_reader.err()
        );
        if by_schema {
            taken += 1;
        } else {
            refused += 1;
        }
    }
    // Removing what may be missing is taken; most else is not.
    assert!(
        refused > 1_000 && taken > 50,
        "{refused} refused, {taken} taken"
    );
}

#[test]
fn limits_are_those_of_the_reader() {
    let validator = validator();
    let agree = |change: &dyn Fn(&mut Value), is_valid: bool| {
        let mut value = sample();
        change(&mut value);
        assert_eq!(validator.is_valid(&value), is_valid);
        assert_eq!(read_report(value.to_string().as_bytes()).is_ok(), is_valid);
    };
    for (pointer, limit) in bounds::PLACES {
        let fill = |count: usize| {
            move |value: &mut Value| match value.pointer_mut(pointer).unwrap() {
                Value::Array(list) => {
                    let first = list.first().cloned().unwrap();
                    *list = vec![first; count];
                }
                other => *other = json!("x".repeat(count)),
            }
        };
        agree(&fill(*limit), true);
        agree(&fill(limit + 1), false);
    }
}
