// The library in Node.js, which reads the Wasm from the disk: its `fetch` knows no `file:`.
import { readFile } from "node:fs/promises";
import { start } from "./shared.js";

const isFile = (wasm) => (wasm instanceof URL || typeof wasm === "string") && /^file:/i.test(wasm);

/** Loads the Wasm, once however often it is called, and gives the functions. */
export async function load(wasm = new URL("portolan_bg.wasm", import.meta.url)) {
  return start(async () => {
    const found = await wasm;
    return isFile(found) ? readFile(new URL(found)) : found;
  });
}
