import type { CodeEntry } from "../code-entry.ts";

/** Advice on shape, legacy spellings, theorem packs and when to use a choreography (50xx). */
export const hintCodes = {} as const satisfies Record<string, CodeEntry>;
