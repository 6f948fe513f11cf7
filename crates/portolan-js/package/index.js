// The library in browsers, workers and bundlers. The Wasm lies beside this file unless the caller says where it is.
import { start } from "./shared.js";

/** Loads the Wasm, once however often it is called, and gives the functions. */
export async function load(wasm = new URL("portolan_bg.wasm", import.meta.url)) {
  return start(() => wasm);
}
