import { resolve } from "node:path";

/** Where the conformance corpus and the reference live. */
export const shared = process.env.PARLEY_SHARED ?? resolve(import.meta.dirname, "../../../shared");
