//! A file, piece by piece.

use js_sys::{Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    File, ReadableStreamByobReader, ReadableStreamGetReaderOptions, ReadableStreamReaderMode,
};

/// Reads a file from its beginning.
pub(super) struct Pieces {
    file: File,
    /// What fills one buffer again and again: twice as fast as slices, which leave as much garbage as the file is long.
    /// `None`: the browser has no such stream, and slices it is.
    stream: Option<(ReadableStreamByobReader, Uint8Array)>,
    /// How far it is, in bytes.
    pub(super) at: f64,
}

/// Bytes that are read at once: some thousandths of a second of work.
const PIECE: u32 = 1 << 20;

impl Pieces {
    pub(super) fn of(file: &File) -> Self {
        let options = ReadableStreamGetReaderOptions::new();
        options.set_mode(ReadableStreamReaderMode::Byob);
        // Where it is not known this throws.
        let reader = Reflect::get(file, &JsValue::from_str("stream"))
            .is_ok_and(|it| it.is_function())
            .then(|| {
                let stream: &JsValue = &file.stream();
                let get: Function = Reflect::get(stream, &JsValue::from_str("getReader"))
                    .ok()?
                    .dyn_into()
                    .ok()?;
                let reader = get.call1(stream, &options).ok()?;
                Some((reader.unchecked_into(), Uint8Array::new_with_length(PIECE)))
            });
        Self {
            file: file.clone(),
            stream: reader.flatten(),
            at: 0.0,
        }
    }

    /// Puts the next bytes into a piece; whether there are any.
    pub(super) async fn next(&mut self, piece: &mut Vec<u8>) -> bool {
        let bytes = match self.stream.take() {
            Some((reader, buffer)) => self.filled(reader, buffer).await,
            None => self.sliced().await,
        };
        let Some(bytes) = bytes.filter(|it| it.length() > 0) else {
            return false;
        };
        self.at += f64::from(bytes.length());
        piece.resize(usize::try_from(bytes.length()).unwrap_or_default(), 0);
        bytes.copy_to(piece);
        true
    }

    async fn filled(
        &mut self,
        reader: ReadableStreamByobReader,
        buffer: Uint8Array,
    ) -> Option<Uint8Array> {
        // The buffer goes away with the request, and comes back with what it holds.
        let buffer = Uint8Array::new(&buffer.buffer());
        // Filled before it comes back: else each of many small reads leaves something for the collector. A browser that
        // does not know this (before 2024) comes back sooner.
        let options = Object::new();
        let all = JsValue::from(buffer.length());
        let _ = Reflect::set(&options, &JsValue::from_str("min"), &all);
        let read: Function = Reflect::get(&reader, &JsValue::from_str("read"))
            .ok()?
            .dyn_into()
            .ok()?;
        let read: Promise = read
            .call2(&reader, &buffer, &options)
            .ok()?
            .dyn_into()
            .ok()?;
        let read = JsFuture::from(read).await.ok()?;
        // The last one holds what is left, or nothing, and says that it is the last: the next would be empty.
        let value = Reflect::get(&read, &JsValue::from_str("value")).ok()?;
        let value: Uint8Array = value.dyn_into().ok()?;
        self.stream = Some((reader, value.clone()));
        Some(value)
    }

    async fn sliced(&self) -> Option<Uint8Array> {
        let end = (self.at + f64::from(PIECE)).min(self.file.size());
        let slice = self.file.slice_with_f64_and_f64(self.at, end).ok()?;
        let buffer = JsFuture::from(slice.array_buffer()).await.ok()?;
        Some(Uint8Array::new(&buffer))
    }
}
