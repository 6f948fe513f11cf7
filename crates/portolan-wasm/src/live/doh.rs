//! Carries the messages of a look-up (`check::lookup`) to the resolver and back: DNS over HTTPS by GET (RFC 8484, section 4.1).
//!
//! No cookie, no referrer, no redirect: the resolver learns the visitor's IP address and what is asked, and no more.

use std::collections::BTreeMap;
use std::rc::Rc;

use js_sys::{Date, Reflect, Uint8Array};
use portolan_link::CHECK;
use portolan_resolve::doh::{MAX_BYTES, MEDIA_TYPE, variable};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    AbortController, DedicatedWorkerGlobalScope, Headers, ReadableStreamDefaultReader,
    ReferrerPolicy, RequestCredentials, RequestInit, RequestMode, RequestRedirect, Response,
};

use super::analyst::State;
use crate::check::lookup::{Lost, Sending};
use crate::intake::whole;

/// Messages that are on their way.
#[derive(Default)]
pub(super) struct Carrying {
    /// What ends each, by a number of its own.
    going: BTreeMap<u32, AbortController>,
    next: u32,
    /// When it was shown last how far the look-up is.
    shown: f64,
}

impl Carrying {
    fn keep(&mut self, it: Option<AbortController>) -> u32 {
        self.next = self.next.wrapping_add(1);
        self.going.extend(it.map(|it| (self.next, it)));
        self.next
    }
}

/// A look-up that the shell carries.
#[derive(Clone)]
struct Carried {
    turn: u32,
    began: f64,
    url: Rc<str>,
}

impl Carried {
    fn now_ms(&self) -> u64 {
        whole(Date::now() - self.began)
    }
}

/// In milliseconds: faster nobody reads.
const OFTEN: f64 = 200.0;

impl State {
    /// Begins the look-up that was pressed for; `now` is in seconds since 1970.
    pub(super) fn begin(self: &Rc<Self>, now: i64) {
        let carried = {
            let mut inner = self.inner.borrow_mut();
            inner.carrying.shown = 0.0;
            let checks = &mut inner.desk.checks;
            checks.look_up(now).map(|turn| Carried {
                turn,
                began: Date::now(),
                url: checks.resolver().unwrap_or_default().into(),
            })
        };
        if let Some(carried) = carried {
            self.carry(&carried);
        }
    }

    /// Ends messages that nobody waits for any more.
    pub(super) fn give_up(&self) {
        let mut inner = self.inner.borrow_mut();
        if !inner.desk.checks.is_looking() {
            for (_, it) in std::mem::take(&mut inner.carrying.going) {
                it.abort();
            }
        }
    }

    /// Sends what there is to send, and shows how far it is.
    fn carry(self: &Rc<Self>, carried: &Carried) {
        let (sending, was, is) = {
            let mut inner = self.inner.borrow_mut();
            let checks = &mut inner.desk.checks;
            let was = checks.is_looking_at(carried.turn);
            let sending = checks.send(carried.turn, carried.now_ms());
            (sending, was, checks.is_looking())
        };
        for one in sending {
            let controller = AbortController::new().ok();
            let own = self.inner.borrow_mut().carrying.keep(controller.clone());
            let (state, carried) = (Rc::clone(self), carried.clone());
            spawn_local(async move {
                let came = message(&state.scope, &carried.url, &one, controller).await;
                {
                    let mut inner = state.inner.borrow_mut();
                    inner.carrying.going.remove(&own);
                    let came = came.as_deref().map_err(Clone::clone);
                    let checks = &mut inner.desk.checks;
                    checks.hear(carried.turn, one.number, came, carried.now_ms());
                }
                state.carry(&carried);
            });
        }
        if was {
            self.tell(!is);
        }
    }

    /// Shows how far the look-up is, now and then; and its end.
    fn tell(self: &Rc<Self>, is_over: bool) {
        {
            let mut inner = self.inner.borrow_mut();
            let now = Date::now();
            let is_soon = !is_over && now - inner.carrying.shown < OFTEN;
            if is_soon || !inner.at.starts_with(CHECK) {
                return;
            }
            inner.carrying.shown = now;
        }
        self.clone().look(!is_over, None);
        if is_over {
            self.clone().look_up();
        }
    }
}

/// Asks, and gives the message that came.
async fn message(
    scope: &DedicatedWorkerGlobalScope,
    url: &str,
    one: &Sending,
    controller: Option<AbortController>,
) -> Result<Vec<u8>, Lost> {
    let init = RequestInit::new();
    init.set_method("GET");
    init.set_mode(RequestMode::Cors);
    init.set_credentials(RequestCredentials::Omit);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    // The page's policy names this resolver alone.
    init.set_redirect(RequestRedirect::Error);
    let headers = Headers::new().map_err(|_| Lost::Network)?;
    // Among the few headers that need no question of CORS before the question.
    let _ = headers.set("Accept", MEDIA_TYPE);
    init.set_headers(&headers);
    if let Some(controller) = &controller {
        init.set_signal(Some(&controller.signal()));
        let controller = controller.clone();
        let late = JsValue::from_str(LATE);
        let abort = Closure::once_into_js(move || controller.abort_with_reason(&late));
        let within = i32::try_from(one.within_ms).unwrap_or(i32::MAX);
        // It acts upon nothing where the answer has come.
        let _ = scope
            .set_timeout_with_callback_and_timeout_and_arguments_0(abort.unchecked_ref(), within);
    }
    let url = format!("{url}?dns={}", variable(&one.message));
    let asked = scope.fetch_with_str_and_init(&url, &init);
    let response = JsFuture::from(asked).await.map_err(|why| lost(&why))?;
    let response: Response = response.dyn_into().map_err(|_| Lost::Network)?;
    if response.status() != 200 {
        return Err(Lost::Status(response.status()));
    }
    let kind = response.headers().get("Content-Type").ok().flatten();
    let kind = kind.unwrap_or_default();
    let own = kind.split(';').next().unwrap_or_default().trim();
    if !own.eq_ignore_ascii_case(MEDIA_TYPE) {
        return Err(Lost::MediaType(own.to_owned()));
    }
    bytes(&response).await
}

/// The body, as far as a message goes.
async fn bytes(response: &Response) -> Result<Vec<u8>, Lost> {
    let mut all = Vec::new();
    let Some(stream) = response.body() else {
        return Ok(all);
    };
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    loop {
        let read = JsFuture::from(reader.read())
            .await
            .map_err(|why| lost(&why))?;
        let value = Reflect::get(&read, &JsValue::from_str("value")).unwrap_or_default();
        // The last one has none.
        let Ok(piece) = value.dyn_into::<Uint8Array>() else {
            return Ok(all);
        };
        let length = usize::try_from(piece.length()).unwrap_or(usize::MAX);
        if all.len().saturating_add(length) > MAX_BYTES {
            let _ = reader.cancel();
            return Err(Lost::TooLong);
        }
        all.extend(piece.to_vec());
    }
}

/// Why a question is given up.
const LATE: &str = "late";

fn lost(why: &JsValue) -> Lost {
    if why.as_string().as_deref() == Some(LATE) {
        Lost::TimedOut
    } else {
        Lost::Network
    }
}
