/** Renderings of our machine's results in the reference's forms, for conformance. */
export { FormError } from "./json.ts";
export { type LocalsJson, renderCode, renderImageRuns, renderRuns } from "./language-runs.ts";
export { runMachineCase } from "./run-machine-case.ts";
