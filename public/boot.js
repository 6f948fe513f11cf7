// The loader. A file of its own, because the Content-Security-Policy forbids inline scripts.
const here = document.querySelector("script[data-wasm]");
const at = (name) => new URL(name, document.baseURI).href;
const { default: init } = await import(at(here.dataset.js));
await init({ module_or_path: at(here.dataset.wasm) });
