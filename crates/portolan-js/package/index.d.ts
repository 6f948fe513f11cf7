import type * as bound from "./portolan.js";

export type {
  AdviceForm, AlternativeForm, Case, CauseCounts, CauseEntry, CheckForm, Citation, ExplainedFinding, ExplainedRemedy,
  Explanation, KeyCounts, LogCounts, LogExplanation, OneExplanation, Place, ReasonForm, Recognition, RouteForm, StepForm,
} from "./portolan.js";

/** The functions of the library. */
export type Portolan = Readonly<Pick<typeof bound, "Analyzer" | "advise" | "analyze" | "causes" | "mask" | "recognize">>;

/**
 * Loads the Wasm, once however often it is called, and gives the functions.
 *
 * @param wasm where the Wasm is, or what it is, if it does not lie beside the module.
 */
export function load(wasm?: bound.InitInput | Promise<bound.InitInput>): Promise<Portolan>;
