/** Help for tests of other packages: random programs and trees without places. */
export { arbitraryProgram, type LoopKind, type ProgramOptions } from "./arbitrary-program.ts";
export { withoutSpans } from "./without-spans.ts";
