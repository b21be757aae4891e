import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { isBusy } from "./store-error-of.ts";

export interface FolderLock {
  release(): void;
}

export type FolderLockResult =
  | { readonly ok: true; readonly lock: FolderLock }
  | { readonly ok: false; readonly pid?: number };

const LOCK_FILE = "parley.lock";
const OWNER_FILE = "parley.pid";

const ownerOf = (folder: string): number | undefined => {
  try {
    const pid = Number.parseInt(readFileSync(join(folder, OWNER_FILE), "utf8"), 10);
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
};

/**
 * Takes the folder for this process. The lock is the operating system's (an
 * exclusive SQLite lock held on a file of its own), so it ends with its owner
 * however that dies, and a recycled pid cannot fake a living one. The pid file
 * only names the owner in messages.
 *
 * Throws what the file system throws; a folder in use is an answer, not an error.
 */
export const lockFolder = (folder: string): FolderLockResult => {
  const db = new Database(join(folder, LOCK_FILE), { timeout: 0 });
  try {
    db.pragma("journal_mode = MEMORY");
    db.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    db.close();
    if (!isBusy(cause)) throw cause;
    const pid = ownerOf(folder);
    return pid === undefined ? { ok: false } : { ok: false, pid };
  }
  writeFileSync(join(folder, OWNER_FILE), `${process.pid}\n`);
  return {
    ok: true,
    lock: {
      release: () => {
        rmSync(join(folder, OWNER_FILE), { force: true });
        db.close();
      },
    },
  };
};
