// What the types promise, as a strict reader of them sees it. It is checked, and never run.
import {
  load, type Analyzer as Reader, type Code, type DoubtForm, type Explanation, type InitInput, type NearCause,
  type OneExplanation, type SampleLine, type SourceForm,
} from "portolan";

const { Analyzer, advise, analyze, causes, mask, recognize } = await load();

function isOne(explanation: Explanation): explanation is OneExplanation {
  return "cause" in explanation;
}

const explanation = analyze("535 5.7.8 no");
if (isOne(explanation)) {
  const sure: number | null = explanation.confidence;
  const command: string | null | undefined = explanation.findings[0]?.remedies[0]?.command;
  console.log(sure, command);
} else {
  const lost: number | undefined = explanation.log.causes[0]?.lost;
  console.log(lost);
}

const analyzer = new Analyzer();
analyzer.push(new Uint8Array([53]));
analyzer.push("50");
console.log(analyzer.bytes, isOne(analyzer.finish()));

const advice = advise({ use_case: "application", provider: "gmail", observed: { 587: "timeout" } });
const host: string | null = advice.route.host;
console.log(host, advice.route.after.length, advice.reasons[0]?.sources[0]?.url);

const kind: string = recognize("550 5.7.1").kind;
console.log(kind, causes()[0]?.id, mask("password=x"));

// @ts-expect-error a number is no text.
analyze(1);
// @ts-expect-error no key is called so.
advise({ usecase: "application" });

// The readme's first lines.
const read = analyze("535 5.7.8 Username and Password not accepted");
if ("cause" in read) {
  console.log(read.cause, read.findings[0]?.remedies[0]?.action);
} else {
  console.log(read.log.causes);
}
// @ts-expect-error of a log there is no single cause.
console.log(read.cause);

// Every shape has a name.
export type Shapes = [Reader, Code, DoubtForm, InitInput, NearCause, SampleLine, SourceForm];
