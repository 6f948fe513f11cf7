// The library in browsers, workers and bundlers. The Wasm lies beside this file unless the caller says where it is.
import init, { Analyzer, advise, analyze, causes, mask, recognize } from "./portolan.js";

const library = Object.freeze({ Analyzer, advise, analyze, causes, mask, recognize });

/** Loads the Wasm, once however often it is called, and gives the functions. */
export async function load(wasm = new URL("portolan_bg.wasm", import.meta.url)) {
  await init({ module_or_path: wasm });
  return library;
}
