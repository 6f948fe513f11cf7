//! The JSON Schema of a domain's report, `docs/domain-report.schema.json`: made from the types, and held against the reader.

use std::path::PathBuf;

use jsonschema::Validator;
use portolan_report::domain::{DomainReport, SCHEMA, limits};
use portolan_report::probe;
use portolan_wire::read_domain_report;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use super::{changes, sample::sample};

/// Type, its field, the keyword of JSON Schema, and the limit. The reader counts bytes and a schema letters, of which there are
/// never more: what the schema refuses, the reader refuses.
const BOUNDS: &[(&str, &str, &str, usize)] = &[
    ("", "certificates", "maxItems", limits::HOSTS),
    ("", "lookups", "maxItems", limits::LOOKUPS),
    ("", "resolvers", "maxItems", limits::RESOLVERS),
    ("", "tool", "maxLength", limits::TEXT_BYTES),
    ("AskedDomain", "name", "maxLength", limits::TEXT_BYTES),
    ("AskedDomain", "selectors", "maxItems", limits::SELECTORS),
    ("AskedSelector", "name", "maxLength", limits::TEXT_BYTES),
    ("Certificate", "names", "maxItems", probe::limits::NAMES),
    ("Certificate", "pem", "maxLength", probe::limits::PEM_BYTES),
    (
        "HostCertificates",
        "chain",
        "maxItems",
        probe::limits::CHAIN,
    ),
    ("HostCertificates", "host", "maxLength", limits::TEXT_BYTES),
    ("LookedUp", "answers", "maxItems", limits::RESOLVERS),
    ("LookedUp", "name", "maxLength", limits::TEXT_BYTES),
    ("PolicyFetch", "host", "maxLength", limits::TEXT_BYTES),
    ("Resolver", "address", "maxLength", limits::TEXT_BYTES),
];

/// Places of the sample at which the limits are tried.
const PLACES: &[(&str, usize)] = &[
    ("/lookups", limits::LOOKUPS),
    ("/resolvers", limits::RESOLVERS),
    ("/tool", limits::TEXT_BYTES),
    ("/asked/name", limits::TEXT_BYTES),
    ("/asked/selectors", limits::SELECTORS),
    ("/lookups/0/answers", limits::RESOLVERS),
    ("/lookups/0/name", limits::TEXT_BYTES),
    ("/certificates/0/chain", probe::limits::CHAIN),
];

fn kept() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/domain-report.schema.json")
}

/// The schema, from the types, their comments and their limits.
fn made() -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.into_root_schema_for::<DomainReport>().to_value();
    let root = schema.as_object_mut().unwrap();
    root.insert(
        "title".into(),
        json!(format!(
            "A report of portolan-probe on a domain, schema {SCHEMA}"
        )),
    );
    root.insert(
        "$id".into(),
        json!(format!("urn:portolan:domain-report:{SCHEMA}")),
    );
    *schema.pointer_mut("/properties/schema").unwrap() = json!({
        "description": "The number of this form.",
        "const": SCHEMA,
    });
    plain(&mut schema);
    for (of, field, keyword, limit) in BOUNDS {
        let pointer = if of.is_empty() {
            format!("/properties/{field}")
        } else {
            format!("/$defs/{of}/properties/{field}")
        };
        let place = schema.pointer_mut(&pointer);
        let object = place
            .and_then(Value::as_object_mut)
            .unwrap_or_else(|| panic!("{pointer}"));
        object.insert((*keyword).to_owned(), json!(limit));
    }
    schema.sort_all_objects();
    schema
}

/// JSON Schema knows either family of addresses and has no format for both, nor any for the sizes of numbers.
fn plain(schema: &mut Value) {
    let format = |object: &serde_json::Map<String, Value>| {
        object
            .get("format")
            .and_then(Value::as_str)
            .map(str::to_owned)
    };
    match schema {
        Value::Object(object) => {
            let most: Option<u64> = match format(object).as_deref() {
                Some("ip") => {
                    object.remove("format");
                    let both = json!([{ "format": "ipv4" }, { "format": "ipv6" }]);
                    object.insert("anyOf".into(), both);
                    return;
                }
                Some("uint8") => Some(u8::MAX.into()),
                Some("uint16") => Some(u16::MAX.into()),
                Some("uint32") => Some(u32::MAX.into()),
                Some("uint64") => Some(u64::MAX),
                _ => None,
            };
            if let Some(most) = most {
                object.remove("format");
                object.insert("minimum".into(), json!(0));
                object.insert("maximum".into(), json!(most));
            }
            object.values_mut().for_each(plain);
        }
        Value::Array(list) => list.iter_mut().for_each(plain),
        _ => {}
    }
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
        "docs/domain-report.schema.json is stale: UPDATE=1 cargo test -p portolan-wire --test domain"
    );
    assert!(jsonschema::meta::is_valid(&made()));
}

/// Whoever trusts the schema trusts the reader: at every place of the sample, what one refuses the other refuses.
#[test]
fn schema_and_reader_agree_at_every_place() {
    let validator = validator();
    let sample = serde_json::to_value(sample()).unwrap();
    assert!(validator.is_valid(&sample));
    let (mut refused, mut taken) = (0, 0);
    for (place, what, changed) in changes::of(&sample) {
        let by_schema = validator.is_valid(&changed);
        let by_reader = read_domain_report(changed.to_string().as_bytes());
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
    assert!(
        refused > 400 && taken > 50,
        "{refused} refused, {taken} taken"
    );
}

#[test]
fn limits_are_those_of_the_reader() {
    let validator = validator();
    let agree = |change: &dyn Fn(&mut Value), is_valid: bool| {
        let mut value = serde_json::to_value(sample()).unwrap();
        change(&mut value);
        assert_eq!(validator.is_valid(&value), is_valid);
        assert_eq!(
            read_domain_report(value.to_string().as_bytes()).is_ok(),
            is_valid
        );
    };
    for (pointer, limit) in PLACES {
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
