import type { CodeEntry } from "../code-entry.ts";

/** Modules and imports (36xx). */
export const importCodes = {} as const satisfies Record<string, CodeEntry>;
