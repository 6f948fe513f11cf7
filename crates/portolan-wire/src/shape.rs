//! The shapes of published advice.

use serde::Serialize;
use serde_json::Value;

/// Where mail should go, why, why not elsewhere, and what to do.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct AdviceForm {
    /// The case's own.
    #[cfg_attr(feature = "typescript", tsify(type = "unknown"))]
    pub id: Value,
    /// The route to take.
    pub route: BestRoute,
    /// `high`, `medium` or `low`.
    pub confidence: &'static str,
    /// What keeps it from being higher.
    pub doubts: Vec<DoubtForm>,
    /// What was assumed.
    pub assumptions: Vec<AssumptionForm>,
    /// What does not go together.
    pub contradictions: Vec<ContradictionForm>,
    /// Why this route.
    pub reasons: Vec<ReasonForm>,
    /// What else would do, in order.
    pub alternatives: Vec<AlternativeForm>,
    /// Who could take the mail where nobody is named.
    pub providers: Vec<ProviderForm>,
    /// What orders them.
    pub providers_order: Option<&'static str>,
    /// What would not do, and why.
    pub rejected: Vec<RejectedForm>,
    /// What to beware of.
    pub warnings: Vec<NoteForm>,
    /// What to do now, in order.
    pub steps: Vec<StepForm>,
    /// What proves it.
    pub checks: Vec<CheckForm>,
    /// The id of the question whose answer could change this.
    pub next_question: Option<String>,
    /// What was read out of a pasted documentation.
    pub read: Option<Vec<ReadRoute>>,
}

/// A route.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct RouteForm {
    /// `submission`, `relay`, `mx`, `receive`, `http-api`, `host-relay` or `none`.
    pub kind: &'static str,
    /// Where to connect to.
    pub host: Option<String>,
    /// Whether that is an example of what has to stand there.
    pub host_is_example: bool,
    /// The port.
    pub port: Option<u16>,
    /// `starttls`, `starttls-opportunistic`, `implicit` or `none`.
    pub tls: Option<&'static str>,
    /// The mechanisms that a source names.
    pub auth: Vec<String>,
    /// What kind of sign-in it is.
    pub auth_kinds: Vec<&'static str>,
    /// What the credentials are.
    pub credentials: Option<String>,
    /// The address of an API.
    pub api: Option<String>,
}

/// The route to take, with what must come first.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct BestRoute {
    /// The route.
    #[serde(flatten)]
    pub route: RouteForm,
    /// Steps that must come first, such as lifting a block.
    pub after: Vec<StepForm>,
}

/// Where something is said.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct SourceForm {
    /// Its name.
    pub name: String,
    /// Its address.
    pub url: Option<String>,
    /// When it was seen: a date, `undated` or `second-hand`.
    pub seen: String,
    /// What it says.
    pub supports: String,
}

/// Why something was judged so.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct ReasonForm {
    /// The rule's id.
    pub rule: String,
    /// `prefer`, `accept`, `discourage` or `forbid`.
    pub stance: &'static str,
    /// A sentence.
    pub text: String,
    /// Where that is said.
    pub sources: Vec<SourceForm>,
}

/// What keeps the confidence low.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct DoubtForm {
    /// A sentence.
    pub text: String,
    /// The confidence that it leaves at most.
    pub at_most: &'static str,
    /// Where that is said.
    pub sources: Vec<SourceForm>,
}

/// What was assumed.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct AssumptionForm {
    /// The question that would settle it.
    pub question: String,
    /// A sentence.
    pub text: String,
}

/// What does not go together.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct ContradictionForm {
    /// `answers`, `constraint`, `no-common-port` or `sources`.
    pub kind: &'static str,
    /// A sentence.
    pub text: String,
    /// Where that is said.
    pub sources: Vec<SourceForm>,
}

/// Another route that would do.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct AlternativeForm {
    /// The route.
    pub route: RouteForm,
    /// When to take it.
    pub when: String,
    /// Why it would do.
    pub reasons: Vec<ReasonForm>,
}

/// Who could take the mail.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct ProviderForm {
    /// The provider's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The ports by which it can be reached.
    pub ports: Vec<u16>,
}

/// A route that would not do.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct RejectedForm {
    /// The route.
    pub route: RouteForm,
    /// Why not.
    pub reasons: Vec<ReasonForm>,
}

/// What to beware of.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct NoteForm {
    /// A sentence.
    pub text: String,
    /// Where that is said.
    pub sources: Vec<SourceForm>,
}

/// What to do.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct StepForm {
    /// Who can do it.
    pub who: &'static str,
    /// What.
    pub action: String,
    /// A command.
    pub command: Option<String>,
    /// A page.
    pub link: Option<String>,
    /// Where that is said.
    pub sources: Vec<SourceForm>,
}

/// What proves a layer.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct CheckForm {
    /// The layer.
    pub layer: &'static str,
    /// The first command.
    pub command: Option<String>,
    /// The command of each system.
    pub commands: Vec<CommandForm>,
    /// What may be seen, and what it means.
    pub outcomes: Vec<OutcomeForm>,
}

/// A command.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct CommandForm {
    /// The systems on which it runs.
    pub on: Vec<&'static str>,
    /// The command.
    pub command: String,
}

/// What may be seen.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct OutcomeForm {
    /// What.
    pub seen: String,
    /// What it means.
    pub means: String,
}

/// An endpoint that a pasted documentation names.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct ReadRoute {
    /// Its host.
    pub host: Option<String>,
    /// Its port.
    pub port: u16,
    /// Its TLS, where the text says it.
    pub tls: Option<&'static str>,
    /// Never: nobody has tried it.
    pub verified: bool,
    /// The words that said so.
    pub evidence: Vec<Excerpt>,
}

/// Words of a text.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify), tsify(missing_as_null))]
pub struct Excerpt {
    /// The first byte.
    pub start: u64,
    /// The byte behind the last.
    pub end: u64,
    /// The words.
    pub text: Option<String>,
}
