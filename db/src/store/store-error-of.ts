import type { StoreError } from "@parley/runtime/host";

const codeOf = (cause: unknown): string =>
  cause !== null && typeof cause === "object" && "code" in cause && typeof cause.code === "string"
    ? cause.code
    : "";

/** The `StoreError` a failure of SQLite or the file system stands for, by its code, never by its message. */
export const storeErrorOf = (cause: unknown): StoreError => {
  const code = codeOf(cause);
  if (code === "SQLITE_FULL" || code === "ENOSPC" || code === "EDQUOT") return { kind: "full" };
  if (code.startsWith("SQLITE_READONLY") || code === "EROFS" || code === "EACCES" || code === "EPERM")
    return { kind: "readonly" };
  if (isBusy(cause)) return { kind: "locked" };
  const message = cause instanceof Error ? cause.message : String(cause);
  return { kind: "failed", reason: code === "" ? message : `${code}: ${message}` };
};

/** Whether SQLite refused because of a constraint: the fault of the one unit, not of the disk. */
export const isConstraint = (cause: unknown): boolean => codeOf(cause).startsWith("SQLITE_CONSTRAINT");

/** Whether another connection holds the lock that was asked for. */
export const isBusy = (cause: unknown): boolean => /^SQLITE_(BUSY|LOCKED)/.test(codeOf(cause));
