//! The functions as JavaScript sees them.

use std::sync::LazyLock;

use js_sys::Uint8Array;
use portolan_explain::{Explanation, Reading};
use portolan_facts::Facts;
use portolan_wire::Case;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use crate::{causes as all_causes, in_code_units, recognized};

/// What is known of providers, environments and clients.
static FACTS: LazyLock<Facts> = LazyLock::new(portolan_builtin::facts);

/// A value as plain objects, arrays, numbers and `null`.
fn plain(value: &impl Serialize) -> Result<JsValue, JsError> {
    Ok(value.serialize(&Serializer::json_compatible())?)
}

/// The bytes of a string or of a `Uint8Array`.
fn bytes(text: &JsValue) -> Result<Vec<u8>, JsError> {
    if let Some(text) = text.as_string() {
        return Ok(text.into_bytes());
    }
    text.dyn_ref::<Uint8Array>()
        .map(Uint8Array::to_vec)
        .ok_or_else(|| JsError::new("expected a string or a Uint8Array"))
}

/// Explains what went wrong: an error, a session, a bounce, a mail, or a mail server's log.
///
/// The evidence of a finding is a place in the text: code units of a string, so that `text.slice(start, end)` cuts it out,
/// and bytes of a `Uint8Array`. Of a text that is no log the first mebibyte is looked at.
///
/// # Errors
///
/// Where the text is neither a string nor a `Uint8Array`.
#[wasm_bindgen(unchecked_return_type = "Explanation")]
pub fn analyze(
    #[wasm_bindgen(unchecked_param_type = "string | Uint8Array")] text: &JsValue,
) -> Result<JsValue, JsError> {
    let mut reading = Reading::default();
    reading.push(&bytes(text)?);
    let explanation = Explanation::of(&reading.finish(), None, &FACTS);
    match text.as_string() {
        Some(text) => plain(&in_code_units(explanation, &text)),
        None => plain(&explanation),
    }
}

/// Reads a text in pieces, cut anywhere: a log of any length in bounded memory.
#[wasm_bindgen]
#[derive(Default)]
pub struct Analyzer {
    reading: Reading,
}

#[wasm_bindgen]
impl Analyzer {
    /// One that has read nothing yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads the next piece.
    ///
    /// # Errors
    ///
    /// Where it is neither a string nor a `Uint8Array`.
    pub fn push(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "string | Uint8Array")] piece: &JsValue,
    ) -> Result<(), JsError> {
        self.reading.push(&bytes(piece)?);
        Ok(())
    }

    /// How many bytes were read.
    #[wasm_bindgen(getter)]
    pub fn bytes(&self) -> f64 {
        #[expect(
            clippy::cast_precision_loss,
            reason = "JavaScript counts in numbers, exact up to eight pebibytes"
        )]
        let bytes = self.reading.bytes() as f64;
        bytes
    }

    /// What it came to; the analyzer is used up. The evidence of a finding is in bytes.
    ///
    /// # Errors
    ///
    /// Never, as far as is known.
    #[wasm_bindgen(unchecked_return_type = "Explanation")]
    pub fn finish(self) -> Result<JsValue, JsError> {
        plain(&Explanation::of(&self.reading.finish(), None, &FACTS))
    }
}

/// Says where mail should go: host, port, TLS and sign-in, why, why not elsewhere, and what to do.
///
/// # Errors
///
/// Where a key or a value is not known; the message names it.
#[wasm_bindgen(unchecked_return_type = "AdviceForm")]
pub fn advise(
    #[wasm_bindgen(unchecked_param_type = "Case")] answers: JsValue,
) -> Result<JsValue, JsError> {
    // Through JSON's values, whose reader refuses keys that it does not know.
    let value: serde_json::Value = serde_wasm_bindgen::from_value(answers)?;
    let case: Case = serde_json::from_value(value)?;
    let advice = portolan_wire::advise(&FACTS, case).map_err(|error| JsError::new(&error))?;
    plain(&advice)
}

/// Says what a text is: a session, a log, an error, a code, an address, …
///
/// # Errors
///
/// Where the text is neither a string nor a `Uint8Array`.
#[wasm_bindgen(unchecked_return_type = "Recognition")]
pub fn recognize(
    #[wasm_bindgen(unchecked_param_type = "string | Uint8Array")] text: &JsValue,
) -> Result<JsValue, JsError> {
    plain(&recognized(&bytes(text)?))
}

/// Every cause that the analyzer can name, by id.
///
/// # Errors
///
/// Never, as far as is known.
#[wasm_bindgen(unchecked_return_type = "CauseEntry[]")]
pub fn causes() -> Result<JsValue, JsError> {
    plain(&all_causes())
}

/// The text with every secret that can be told masked: sign-ins, passwords, keys, tokens.
#[wasm_bindgen]
pub fn mask(text: &str) -> String {
    String::from_utf8_lossy(&portolan_mask::mask(text.as_bytes())).into_owned()
}
