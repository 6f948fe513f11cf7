// The library in Node.js, which reads the Wasm from the disk.
import { readFile } from "node:fs/promises";
import init, { Analyzer, advise, analyze, causes, mask, recognize } from "./portolan.js";

const library = Object.freeze({ Analyzer, advise, analyze, causes, mask, recognize });

/** Loads the Wasm, once however often it is called, and gives the functions. */
export async function load(wasm = readFile(new URL("portolan_bg.wasm", import.meta.url))) {
  await init({ module_or_path: await wasm });
  return library;
}
