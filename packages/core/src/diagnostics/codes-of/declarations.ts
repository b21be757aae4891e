import type { CodeEntry } from "../code-entry.ts";

/** Top-level declarations (33xx, 34xx). */
export const declarationCodes = {} as const satisfies Record<string, CodeEntry>;
