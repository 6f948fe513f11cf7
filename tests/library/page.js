import { load } from "portolan";

const show = (id, text) => {
  document.getElementById(id).textContent = text;
};

const begun = performance.now();
const { analyze } = await load();
const loaded = performance.now();
show("page", analyze("554 5.7.1 Relay access denied").cause);
const rounds = 2000;
const from = performance.now();
for (let round = 0; round < rounds; round += 1) {
  analyze("535 5.7.8 Username and Password not accepted");
}
const each = ((performance.now() - from) * 1000) / rounds;
show("time", `start-up ${(loaded - begun).toFixed(0)} ms, an analysis ${each.toFixed(0)} µs`);

const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
worker.onmessage = ({ data }) => show("worker", data);
worker.onerror = ({ message }) => show("worker", `failed: ${message}`);
worker.postMessage("450 4.2.0 Greylisted, see http://postgrey.schweikert.ch/");
