// The package as an application in Node.js has it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { load } from "portolan";

const { Analyzer, advise, analyze, causes, mask, recognize } = await load();

test("an exception becomes a cause, its evidence and what to do", () => {
  const text = "Ünzustellbar 😀: Error: Invalid login: 535-5.7.8 Username and Password not accepted";
  const { cause, confidence, stage, findings } = analyze(text);
  assert.equal(cause, "auth.bad-credentials");
  assert.equal(stage, "auth");
  assert.ok(confidence >= 0.8);
  const { start, end } = findings[0].evidence;
  assert.match(text.slice(start, end), /^[Uu]sername and password|^[Ii]nvalid login|^535/i);
  assert.ok(findings[0].remedies.length > 0);
});

test("bytes and strings are read alike", () => {
  const text = "554 5.7.1 <a@b.example>: Relay access denied";
  assert.deepEqual(analyze(new TextEncoder().encode(text)), analyze(text));
});

test("a log in pieces is counted as in one", () => {
  const line = (at) => `Jan  1 10:00:0${at} mx postfix/smtp[1]: 4A${at}: to=<bob@b.example>, relay=mx.b.example[192.0.2.1]:25, `
    + "dsn=5.1.1, status=bounced (host mx.b.example[192.0.2.1] said: 550 5.1.1 User unknown)\n";
  const log = [0, 1, 2, 3, 4].map(line).join("");
  const analyzer = new Analyzer();
  for (let at = 0; at < log.length; at += 7) {
    analyzer.push(log.slice(at, at + 7));
  }
  assert.equal(analyzer.bytes, log.length);
  const inPieces = analyzer.finish();
  assert.deepEqual(inPieces, analyze(log));
  assert.equal(inPieces.log.bounced, 5);
  assert.equal(inPieces.log.causes[0].cause, "recipient.unknown");
  assert.throws(() => analyzer.push("more"));
});

test("answers become advice", () => {
  const advice = advise({ id: 7, use_case: "application", provider: "gmail" });
  assert.equal(advice.id, 7);
  assert.equal(advice.route.host, "smtp.gmail.com");
  assert.ok([465, 587].includes(advice.route.port));
  assert.ok(advice.reasons.some((reason) => reason.sources.length > 0));
  assert.equal(advise({ observed: { 25: "open", 587: "timeout" } }).route.port === 587, false);
});

test("what is not known is refused by name", () => {
  assert.throws(() => advise({ use_case: "nonsense" }), /nonsense/);
  assert.throws(() => advise({ colour: "blue" }), /colour/);
  assert.throws(() => analyze(7), /string or a Uint8Array/);
  assert.throws(() => advise(null), Error);
});

test("a key without a value is as good as none", () => {
  const [id, provider] = [7, "gmail"];
  const without = advise({ id, provider });
  for (const nothing of [undefined, null]) {
    const all = { constraints: nothing, preferences: nothing, posture: nothing, use_case: nothing, observed: nothing };
    assert.deepEqual(advise({ id, provider, ...all }), without);
  }
});

test("any bytes come to an end", () => {
  for (let seed = 1; seed < 200; seed += 1) {
    const bytes = Uint8Array.from({ length: seed * 17 }, (_, at) => (at * seed * 2654435761) >>> 13);
    assert.ok("cause" in analyze(bytes) || "log" in analyze(bytes));
    assert.equal(typeof recognize(bytes).kind, "string");
  }
});

test("causes are listed, texts recognized, secrets masked", () => {
  const ids = causes().map((cause) => cause.id);
  assert.ok(ids.includes("network.port-blocked"));
  assert.deepEqual(ids, [...new Set(ids)].sort());
  assert.deepEqual(recognize("what does 550 5.7.1 mean?"), { kind: "code", or: null, subject: "550 5.7.1" });
  assert.equal(mask("password=hunter2"), "password=[masked]");
});

/** What a program of its own prints, which has loaded nothing yet. */
function fresh(program) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: fileURLToPath(new URL(".", import.meta.url)),
    encoding: "utf8",
  });
  assert.equal(status, 0, stderr);
  return stdout.trim();
}

test("the Wasm is loaded from where the caller says it is", () => {
  const cause = 'analyze("554 5.7.1 Relay access denied").cause';
  for (const where of ["place", "new URL(place)", "Promise.resolve(place)", "readFileSync(new URL(place))"]) {
    const said = fresh(`
      import { readFileSync } from "node:fs";
      import { load } from "portolan";
      const place = import.meta.resolve("portolan/portolan_bg.wasm");
      const { analyze } = await load(${where});
      console.log(${cause});`);
    assert.equal(said, "relay.denied", where);
  }
});

test("the Wasm is read once however often it is loaded, and again where it could not be had", () => {
  const said = fresh(`
    import fs from "node:fs";
    import { syncBuiltinESMExports } from "node:module";
    const { readFile } = fs.promises;
    let count = 0;
    fs.promises.readFile = (where, ...rest) => {
      // Node reads modules with it, too.
      count += String(where).endsWith(".wasm") ? 1 : 0;
      return readFile(where, ...rest);
    };
    syncBuiltinESMExports();
    const { load } = await import("portolan");
    const failed = await load(new URL("file:///nowhere.wasm")).catch((error) => error.code);
    const all = await Promise.all([load(), load(), load()]);
    console.log(failed, new Set([...all, await load()]).size, count);`);
  assert.equal(said, "ENOENT 1 2");
});
