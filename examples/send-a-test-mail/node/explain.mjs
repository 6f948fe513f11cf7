// From an exception of Nodemailer to what a person can do about it.
import { load } from "portolan";

const { analyze, mask } = await load();

/** Where your copy of Portolan is; its guide has a place for every cause. */
const SITE = process.env.PORTOLAN_SITE ?? "https://portolan.example/";

/**
 * What went wrong, for whoever pressed the button.
 *
 * @param {Error & {code?: string, command?: string, response?: string}} error as Nodemailer throws it
 * @param {string} session what its logger wrote
 */
export function explain(error, session = "") {
  const text = [session, `${error.name}: ${error.message}`, error.code, error.command].filter(Boolean).join("\n");
  const explanation = analyze(text);
  const [finding] = explanation.findings ?? [];
  if (!finding) {
    return { cause: "none", headline: "It cannot be told why.", steps: [], said: mask(error.message), link: SITE };
  }
  return {
    cause: finding.cause,
    headline: finding.means,
    sure: finding.confidence >= 0.8,
    steps: finding.remedies.map(({ action, command }) => ({ action, command })),
    said: mask(error.message),
    link: new URL(`analyze.html#cause-${finding.cause.replaceAll(".", "-")}`, SITE).href,
  };
}

/** A logger for Nodemailer that keeps the session as text, without its credentials. */
export function recorder() {
  const lines = [];
  const note = (entry, message, ...rest) => {
    // Nodemailer marks who speaks with `tnx`.
    const side = { client: "C: ", server: "S: " }[entry?.tnx] ?? "";
    const text = String(message).replace(/%s/g, () => String(rest.shift() ?? ""));
    lines.push(text.split("\n").map((line) => side + line).join("\n"));
  };
  const logger = Object.fromEntries(["trace", "debug", "info", "warn", "error", "fatal"].map((level) => [level, note]));
  return { logger: { ...logger, level: () => {} }, text: () => lines.join("\n") };
}
