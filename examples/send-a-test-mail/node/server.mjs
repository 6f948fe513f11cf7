// A page with the button. It listens on this machine only.
import { createServer } from "node:http";
import nodemailer from "nodemailer";
import { explain, recorder } from "./explain.mjs";

const escaped = (text) => String(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const page = (body) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Send a test mail</title>
<form method="post"><p><label>Host <input name="host" value="127.0.0.1"></label> <label>Port <input name="port" value="587"></label>
<p><label>User <input name="user"></label> <label>Password <input name="pass" type="password"></label>
<p><label>From <input name="from" type="email"></label> <label>To <input name="to" type="email"></label>
<p><button>Send a test mail</button></form>${body}</html>`;

/** Sends one mail, and says what became of it. */
export async function send({ host, port, user, pass, from, to }) {
  const { logger, text } = recorder();
  const transport = nodemailer.createTransport({
    host,
    port: Number(port),
    secure: Number(port) === 465,
    requireTLS: process.env.ALLOW_PLAIN_TEXT !== "1",
    auth: user ? { user, pass } : undefined,
    logger,
    debug: true,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
  });
  try {
    await transport.sendMail({ from, to, subject: "A test", text: "It works." });
    return null;
  } catch (error) {
    return explain(error, text());
  } finally {
    transport.close();
  }
}

export const result = (failure) => {
  if (!failure) {
    return "<p>The mail was accepted.</p>";
  }
  const steps = failure.steps.map(({ action, command }) =>
    `<li>${escaped(action)}${command ? `<pre>${escaped(command)}</pre>` : ""}</li>`);
  return `<h2>${escaped(failure.headline)}</h2><ol>${steps.join("")}</ol>
<p><a href="${escaped(failure.link)}">More on this</a></p><details><summary>What the server said</summary><pre>${escaped(failure.said)}</pre></details>`;
};

async function answer(request, response) {
  response.setHeader("content-type", "text/html; charset=utf-8");
  if (request.method !== "POST") {
    response.end(page(""));
    return;
  }
  // A form of another page could send mail from here, or try who answers on this machine. The header `Host` is no witness:
  // another page's name may lead here, too.
  const { port } = server.address();
  if (![`http://127.0.0.1:${port}`, `http://localhost:${port}`].includes(request.headers.origin)) {
    response.statusCode = 403;
    response.end();
    return;
  }
  let body = "";
  for await (const piece of request) {
    body += piece;
    if (body.length > 10_000) {
      response.statusCode = 413;
      response.end();
      return;
    }
  }
  response.end(page(result(await send(Object.fromEntries(new URLSearchParams(body))))));
}

const server = createServer(async (request, response) => {
  try {
    await answer(request, response);
  } catch (error) {
    // Somebody left in the midst of a request, as a rule.
    console.error(error.message);
    response.destroy();
  }
});

server.listen(Number(process.env.PORT ?? 8025), "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${server.address().port}/`);
});
