//! The facts, part by part, from the site's own files.

use portolan_explain::Parts;
use portolan_facts::{Client, Core, Environment, Facts, Index, Provider, Signs, Tree};
use serde_json::Value;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DedicatedWorkerGlobalScope, Response};

use crate::check::Wanted;

/// Names, signs and words of the catalogue. `None`: they cannot be had, and the texts are read without them.
pub(super) async fn names(folder: &str) -> Option<Facts> {
    let mut index: Index = part(folder, "index").await?;
    let signs: Vec<Signs> = part(folder, "signs").await?;
    index.add_signs(signs);
    let mut facts = Facts::default();
    facts.set_index(index);
    // Without them a provider is known by its hosts alone.
    facts.set_banners(part(folder, "banners").await.unwrap_or_default());
    Some(facts)
}

/// Adds the parts that a text names and that are not here; whether there was any.
pub(super) async fn parts(folder: &str, wanted: &Parts, facts: &Facts) -> Vec<Part> {
    let mut all = Vec::new();
    if let Some(id) = wanted
        .provider
        .as_ref()
        .filter(|id| facts.provider(id).is_none())
    {
        let it: Option<Provider> = part(folder, &format!("providers/{id}")).await;
        all.extend(it.map(|it| Part::Provider(Box::new(it))));
    }
    if let Some(id) = wanted
        .client
        .as_ref()
        .filter(|id| facts.client(id).is_none())
    {
        let it: Option<Client> = part(folder, &format!("clients/{id}")).await;
        all.extend(it.map(|it| Part::Client(Box::new(it))));
    }
    all
}

/// What every verdict needs.
pub(super) async fn core(folder: &str) -> Option<Core> {
    part(folder, "core").await
}

/// The parts that the advice behind the Check door needs.
pub(super) async fn for_advice(folder: &str, wanted: &Wanted) -> Vec<Part> {
    let mut all = Vec::new();
    for id in wanted.providers.iter().filter(|id| is_id(id)) {
        let it: Option<Provider> = part(folder, &format!("providers/{id}")).await;
        all.extend(it.map(|it| Part::Provider(Box::new(it))));
    }
    for id in wanted.environments.iter().filter(|id| is_id(id)) {
        let it: Option<Environment> = part(folder, &format!("environments/{id}")).await;
        all.extend(it.map(|it| Part::Environment(Box::new(it))));
    }
    for id in wanted.clients.iter().filter(|id| is_id(id)) {
        let it: Option<Client> = part(folder, &format!("clients/{id}")).await;
        all.extend(it.map(|it| Part::Client(Box::new(it))));
    }
    all
}

/// Letters, digits and hyphens: none leads out of the folder of facts.
fn is_id(id: &str) -> bool {
    id.bytes()
        .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-')
}

/// A part that has arrived.
pub(super) enum Part {
    Client(Box<Client>),
    Environment(Box<Environment>),
    Provider(Box<Provider>),
}

impl Part {
    pub(super) fn add_to(self, facts: &mut Facts) {
        match self {
            Self::Client(it) => facts.add_client(*it),
            Self::Environment(it) => facts.add_environment(*it),
            Self::Provider(it) => facts.add_provider(*it),
        }
    }
}

async fn part<T: portolan_facts::Read>(folder: &str, name: &str) -> Option<T> {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().dyn_into().ok()?;
    let answer = scope.fetch_with_str(&format!("{folder}{name}.json"));
    let response: Response = JsFuture::from(answer).await.ok()?.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    let text = JsFuture::from(response.text().ok()?)
        .await
        .ok()?
        .as_string()?;
    portolan_facts::read(tree(serde_json::from_str(&text).ok()?))
}

/// A value of JSON as a tree; the facts hold whole numbers only.
fn tree(value: Value) -> Tree {
    match value {
        Value::Array(items) => Tree::List(items.into_iter().map(tree).collect()),
        Value::Bool(flag) => Tree::Flag(flag),
        Value::Null => Tree::Absent,
        Value::Number(number) => number
            .as_u64()
            .and_then(|it| u32::try_from(it).ok())
            .map_or(Tree::Absent, Tree::Number),
        Value::Object(entries) => Tree::Map(
            entries
                .into_iter()
                .map(|(key, value)| (key, tree(value)))
                .collect(),
        ),
        Value::String(text) => Tree::Text(text),
    }
}
