/** Help for tests of other packages: random programs and trees without places. */
export { arbitraryKernel, kernelRoles } from "./arbitrary-kernel.ts";
export { arbitraryProgram, type LoopKind, type ProgramOptions, wholeLanguage } from "./arbitrary-program.ts";
export { withoutSpans } from "./without-spans.ts";
