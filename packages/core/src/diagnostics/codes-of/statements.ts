import type { CodeEntry } from "../code-entry.ts";

/** Statements of one role, linear values, cases and timeouts (35xx). */
export const statementCodes = {} as const satisfies Record<string, CodeEntry>;
