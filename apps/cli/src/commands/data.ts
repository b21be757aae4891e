import { resolve } from "node:path";
import { parseArgs } from "node:util";
import {
  type BackupError,
  backup,
  describeOpenError,
  openStore,
  type RestoreError,
  restore,
} from "@parley/db";
import { dataFolder } from "@parley/node";
import { FINDINGS, OK, UsageError } from "../report/exit.ts";

const project = resolve(import.meta.dirname, "../../../..");

const read = (args: readonly string[], files: number): { folder: string; file: string } => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { data: { type: "string" } },
  });
  if (positionals.length !== files) throw new UsageError(files === 0 ? "no file is wanted" : "which file?");
  const folder = values.data === undefined ? dataFolder(project) : resolve(values.data);
  return { folder, file: resolve(positionals[0] ?? ".") };
};

type Outcome<E> = { readonly ok: true } | { readonly ok: false; readonly error: E };

const say = <E>(result: Outcome<E>, done: string, words: (error: E) => string): number => {
  if (result.ok) {
    console.log(done);
    return OK;
  }
  console.error(words(result.error));
  return FINDINGS;
};

const describeCopy = (error: BackupError | RestoreError): string => {
  switch (error.kind) {
    case "target-exists":
      return `${error.path} exists already; name another file.`;
    case "folder-not-empty":
      return `${error.folder} is not empty; restore into a new folder.`;
    case "damaged":
      return `The file is damaged: ${error.findings.join("; ")}.`;
    case "broken-chain":
      return `The hash chain of ${error.stream} does not hold at entry ${error.seq}.`;
    case "database":
      return describeOpenError(error.error);
  }
};

/** Copies a data folder, running studio or not, to one file. */
export const backupData = async (args: readonly string[]): Promise<number> => {
  const { folder, file } = read(args, 1);
  return say(await backup(folder, file), `${folder} is kept in ${file}`, describeCopy);
};

/** Makes an empty data folder from such a file. */
export const restoreData = async (args: readonly string[]): Promise<number> => {
  const { folder, file } = read(args, 1);
  return say(await restore(file, folder), `${folder} is restored from ${file}`, describeCopy);
};

/** Folds the derived tables again and says whether they were equal. */
export const rebuildData = async (args: readonly string[]): Promise<number> => {
  const { folder } = read(args, 0);
  const opened = await openStore({ folder });
  if (!opened.ok) return say(opened, "", describeOpenError);
  const report = await opened.store.rebuild();
  await opened.store.close();
  console.log(
    `${report.rows} rows of ${report.tables} tables rebuilt; ${report.equal ? "equal" : "they differed"}`,
  );
  return report.equal ? OK : FINDINGS;
};
