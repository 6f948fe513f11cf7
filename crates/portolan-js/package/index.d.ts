import type * as bound from "./portolan.js";

export type {
  AdviceForm, AlternativeForm, Analyzer, AssumptionForm, BestRoute, Case, CauseCounts, CauseEntry, CheckForm,
  Citation, Code, CommandForm, ContradictionForm, DoubtForm, Excerpt, ExplainedFinding, ExplainedRemedy, Explanation,
  InitInput, KeyCounts, LogCounts, LogExplanation, NearCause, NoteForm, Observed, OneExplanation, OneOrMany, Other,
  OutcomeForm, Place, ProviderForm, ReadRoute, ReasonForm, Recognition, RejectedForm, RouteForm, SampleLine, Seen,
  SourceForm, StepForm, Unexplained,
} from "./portolan.js";

/** The functions of the library. */
export type Portolan = Readonly<Pick<typeof bound, "Analyzer" | "advise" | "analyze" | "causes" | "mask" | "recognize">>;

/**
 * Loads the Wasm, once however often it is called, and gives the functions.
 *
 * @param wasm where the Wasm is, or what it is, if it does not lie beside the module.
 */
export function load(wasm?: bound.InitInput | Promise<bound.InitInput>): Promise<Portolan>;
