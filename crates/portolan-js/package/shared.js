// What the library is, however its Wasm is come by.
import init, { Analyzer, advise, analyze, causes, mask, recognize } from "./portolan.js";

const library = Object.freeze({ Analyzer, advise, analyze, causes, mask, recognize });

let loading;

/** Starts the Wasm that `read` gives, once however often it is called; one that could not be had is asked for again. */
export function start(read) {
  loading ??= begin(read).catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function begin(read) {
  await init({ module_or_path: await read() });
  return library;
}
