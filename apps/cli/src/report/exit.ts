/** Exit statuses of every command. */
export const OK = 0;
export const FINDINGS = 1;
export const USAGE = 2;

/** Wrong usage: the words go to stderr, the status is 2. */
export class UsageError extends Error {}
