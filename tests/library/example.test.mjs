// The example's way from an exception of Nodemailer to what a person reads, over a socket of this machine.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { test } from "node:test";
import nodemailer from "nodemailer";
import { explain, recorder } from "./explain.mjs";

/** A server that greets, and answers each command by its first word. */
function server(answers) {
  const listener = createServer((socket) => {
    socket.on("error", () => {});
    socket.write("220 mx.firma.example ESMTP\r\n");
    socket.on("data", (piece) => {
      for (const line of piece.toString("latin1").split("\r\n").filter(Boolean)) {
        const word = line.split(" ")[0].toUpperCase();
        socket.write(`${answers[word] ?? "250 2.0.0 Ok"}\r\n`);
      }
    });
  });
  return new Promise((resolve) => {
    listener.listen(0, "127.0.0.1", () => resolve(listener));
  });
}

/** What the example says of one mail through such a server. */
async function said(answers, auth) {
  const listener = await server(answers);
  const { logger, text } = recorder();
  const transport = nodemailer.createTransport({
    host: "127.0.0.1", port: listener.address().port, ignoreTLS: true, auth, logger, debug: true,
  });
  try {
    await transport.sendMail({ from: "a@b.example", to: "c@d.example", subject: "A test", text: "It works." });
    return null;
  } catch (error) {
    return { ...explain(error, text()), session: text() };
  } finally {
    transport.close();
    listener.close();
  }
}

test("a refused recipient becomes a cause, steps and a link", async () => {
  const failure = await said({ RCPT: "554 5.7.1 <c@d.example>: Relay access denied" });
  assert.equal(failure.cause, "relay.denied");
  assert.ok(failure.steps.length > 1);
  assert.match(failure.link, /analyze\.html#cause-relay-denied$/);
  assert.match(failure.said, /Relay access denied/);
});

test("a refused sign-in shows no password, though the server says it back", async () => {
  const { session, ...failure } = await said(
    {
      EHLO: "250-mx.firma.example\r\n250 AUTH PLAIN",
      AUTH: "535 5.7.8 Username and Password not accepted: password=hunter2-of-the-test",
    },
    { user: "me@b.example", pass: "hunter2-of-the-test" },
  );
  assert.equal(failure.cause, "auth.bad-credentials");
  assert.match(failure.said, /password=\[masked\]/);
  assert.doesNotMatch(JSON.stringify(failure), /hunter2/);
  assert.ok(!`${session}${JSON.stringify(failure)}`.includes(btoa("\0me@b.example\0hunter2-of-the-test")));
});

test("a session that ends in mid-air is told as that", async () => {
  const listener = createServer((socket) => socket.end("220 mx.firma.example ESMTP\r\n"));
  await new Promise((resolve) => {
    listener.listen(0, "127.0.0.1", resolve);
  });
  const { logger, text } = recorder();
  const transport = nodemailer.createTransport({ host: "127.0.0.1", port: listener.address().port, logger, debug: true });
  const error = await transport.sendMail({ from: "a@b.example", to: "c@d.example", text: "x" }).catch((error) => error);
  listener.close();
  assert.equal(explain(error, text()).cause, "network.connection-lost");
});

test("the page refuses another page's form, and outlives whoever leaves in the midst of one", async () => {
  const child = spawn(process.execPath, ["server.mjs"], {
    cwd: new URL(".", import.meta.url), env: { ...process.env, PORT: "0" }, stdio: ["ignore", "pipe", "ignore"],
  });
  try {
    const [said] = await once(child.stdout, "data");
    const page = new URL(said.toString().trim());
    const leaver = connect(page.port, page.hostname);
    leaver.write(`POST / HTTP/1.1\r\nHost: ${page.host}\r\nOrigin: ${page.origin}\r\nContent-Length: 99\r\n\r\nhost=`, () => {
      leaver.resetAndDestroy();
    });
    await once(leaver, "close");
    const listener = await server({ RCPT: "554 5.7.1 <c@d.example>: Relay access denied" });
    const { port } = listener.address();
    const form = { host: "127.0.0.1", port, user: "", pass: "", from: "a@b.example", to: "c@d.example" };
    const post = (origin) => fetch(page, { method: "POST", headers: { origin }, body: new URLSearchParams(form) });
    assert.equal((await post("http://other.example")).status, 403);
    assert.equal((await post("null")).status, 403);
    const answer = await post(page.origin);
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), /<h2>/);
    listener.close();
    assert.equal(child.exitCode, null);
  } finally {
    child.kill();
  }
});
