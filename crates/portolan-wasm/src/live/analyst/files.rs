//! Files, read in pieces: reports whole, of anything else what the analyzer keeps.

use std::rc::Rc;

use js_sys::{Date, Promise};
use portolan_explain::Reading;
use portolan_intake::{Kind, recognize};
use portolan_smtp::Filter;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use super::State;
use crate::check;
use crate::intake::{Given, Read, progress, whole};
use crate::live::pieces::Pieces;

impl State {
    /// Reads files to their ends, one after the other.
    pub(super) async fn files(self: Rc<Self>, files: Vec<File>, turn: u32) {
        let many = files.len();
        let mut reports = 0;
        for (place, file) in files.iter().enumerate() {
            if let Some(text) = self.report(file).await {
                let mut inner = self.inner.borrow_mut();
                if inner.turn != turn {
                    return;
                }
                if reports == 0 {
                    inner.desk.checks.begin();
                }
                inner.desk.checks.take(Some(&file.name()), &text);
                reports += 1;
                let names: Vec<String> = files.iter().map(File::name).collect();
                let read = Read {
                    file: whole(file.size()),
                    ..Read::default()
                };
                inner.checked = Given {
                    kind: Kind::Report,
                    ..Given::of_files(Kind::Report, None, &names, read)
                };
                if reports == many {
                    inner.given = inner.checked.clone();
                }
                continue;
            }
            let reading = Reading::filtered(Filter::default());
            let Some(reading) = self.file(file, reading, turn, (place, many)).await else {
                return;
            };
            let mut inner = self.inner.borrow_mut();
            let explained = reading.finish();
            let read = Read::of(&explained, whole(file.size()));
            let taken = recognize(&explained.text).kind;
            inner.desk.take_file(&file.name(), place, explained);
            let kind = match taken {
                _ if read.container.is_some() => Kind::Nothing,
                Kind::Nothing if inner.desk.names_a_failure() => Kind::Failure,
                kind => kind,
            };
            let before = (place > reports).then_some(inner.given.kind);
            let names: Vec<String> = files.iter().map(File::name).collect();
            let given = Given::of_files(kind, before, &names, read);
            if many == 1 && !given.is_analyzed() {
                // No failure: what it is said for is told as of a pasted text.
                let text = String::from_utf8_lossy(inner.desk.beginning()).into_owned();
                drop(inner);
                self.whole(&text, None);
                return;
            }
            inner.given = given;
            let is_stopped = inner.is_stopped;
            drop(inner);
            if is_stopped {
                break;
            }
        }
        self.show();
        self.look_up();
    }

    /// Reads a file in pieces and tells how far it is; `None`: something else is to be read now.
    pub(super) async fn file(
        &self,
        file: &File,
        mut reading: Reading,
        turn: u32,
        (place, many): (usize, usize),
    ) -> Option<Reading> {
        let size = file.size();
        let begun = Date::now();
        let mut told = begun;
        self.inner.borrow_mut().is_stopped = false;
        let mut pieces = Pieces::of(file);
        let mut piece = Vec::new();
        // A file that went away, or may not be read, ends here: what was read counts.
        while pieces.next(&mut piece).await {
            let mut at = pieces.at - f64::from(u32::try_from(piece.len()).unwrap_or(u32::MAX));
            // A packed text may be a thousand times as long as its piece.
            for part in piece.chunks(PART) {
                {
                    let inner = self.inner.borrow();
                    if inner.turn != turn {
                        return None;
                    }
                    if inner.is_stopped {
                        return Some(reading);
                    }
                }
                reading.push(part);
                at += f64::from(u32::try_from(part.len()).unwrap_or(u32::MAX));
                let now = Date::now();
                if now - told >= EVERY && at < size {
                    told = now;
                    let name = file.name();
                    let sheet = progress(&name, (place, many), (at, size), now - begun);
                    self.busy(&sheet);
                    // What waits in a stream comes without a turn of the loop, and whoever wants to stop would wait as well.
                    self.breathe().await;
                }
            }
            if reading.container().is_some() {
                break;
            }
        }
        Some(reading)
    }

    /// The whole of a file that begins as a report does; `None`: it does not. A longer one than a report may be is read
    /// so far that the reader refuses it for that.
    async fn report(&self, file: &File) -> Option<Vec<u8>> {
        let mut pieces = Pieces::of(file);
        let (mut piece, mut text) = (Vec::new(), Vec::new());
        while pieces.next(&mut piece).await {
            let is_first = text.is_empty();
            text.extend_from_slice(&piece);
            if is_first && recognize(&text).kind != Kind::Report {
                return None;
            }
            if text.len() > check::MOST_BYTES {
                break;
            }
            self.breathe().await;
        }
        (!text.is_empty()).then_some(text)
    }

    /// Lets whatever came in be heard.
    async fn breathe(&self) {
        let turn = Promise::new(&mut |done, _| {
            let _ = self.scope.set_timeout_with_callback(&done);
        });
        let _ = JsFuture::from(turn).await;
    }
}

/// So many bytes are read between two looks at the clock.
const PART: usize = 128 * 1024;
/// Milliseconds between two tellings.
const EVERY: f64 = 120.0;
