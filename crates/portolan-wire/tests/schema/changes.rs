//! A value with one place changed, for every place and every kind of change.

use serde_json::{Value, json};

/// Place, what was done there, and the whole as it is then.
pub(crate) fn of(whole: &Value) -> Vec<(String, &'static str, Value)> {
    let mut places = Vec::new();
    walk(whole, &mut String::new(), &mut places);
    let mut all = Vec::new();
    for (number, place) in places.into_iter().enumerate() {
        let mut push = |what: &'static str, change: &dyn Fn(&mut Value)| {
            let mut changed = whole.clone();
            change(changed.pointer_mut(&place).unwrap());
            all.push((place.clone(), what, changed));
        };
        // Two of six at each place, in turn: every field stands in the sample often enough to meet them all.
        let others = [
            ("null", Value::Null),
            ("a list", json!([])),
            ("a broken number", json!(0.5)),
            ("a number below zero", json!(-1)),
            ("a word", json!("no such word")),
            ("yes", json!(true)),
        ];
        for (what, value) in others.iter().skip(number % 3 * 2).take(2) {
            push(what, &|it| *it = value.clone());
        }
        let here = whole.pointer(&place).unwrap();
        if let Value::Number(_) = here {
            push("a large number", &|it| *it = json!(5_000_000_000_u64));
        }
        for key in here.as_object().into_iter().flat_map(|it| it.keys()) {
            push("without a field", &|it| {
                it.as_object_mut().unwrap().remove(key);
            });
        }
        // A kind without fields of its own is read by serde without a look at what else is there.
        let is_bare = here
            .as_object()
            .is_some_and(|it| it.len() == 1 && it.contains_key("kind"));
        if here.is_object() && !is_bare {
            push("with another field", &|it| {
                it.as_object_mut()
                    .unwrap()
                    .insert("verdict".into(), json!("fine"));
            });
        }
    }
    all
}

fn walk(value: &Value, place: &mut String, places: &mut Vec<String>) {
    let length = place.len();
    places.push(place.clone());
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                place.push_str(&format!("/{}", key.replace('~', "~0").replace('/', "~1")));
                walk(value, place, places);
                place.truncate(length);
            }
        }
        Value::Array(list) => {
            for (at, value) in list.iter().enumerate() {
                place.push_str(&format!("/{at}"));
                walk(value, place, places);
                place.truncate(length);
            }
        }
        _ => {}
    }
}
