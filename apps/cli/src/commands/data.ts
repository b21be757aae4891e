import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { backup, describeOpenError, openStore, restore } from "@parley/db";
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

const say = (
  result:
    | { readonly ok: true }
    | { readonly ok: false; readonly error: Parameters<typeof describeOpenError>[0] },
  done: string,
): number => {
  if (result.ok) {
    console.log(done);
    return OK;
  }
  console.error(describeOpenError(result.error));
  return FINDINGS;
};

/** Copies a data folder, running studio or not, to one file. */
export const backupData = async (args: readonly string[]): Promise<number> => {
  const { folder, file } = read(args, 1);
  return say(await backup(folder, file), `${folder} is kept in ${file}`);
};

/** Makes an empty data folder from such a file. */
export const restoreData = async (args: readonly string[]): Promise<number> => {
  const { folder, file } = read(args, 1);
  return say(await restore(file, folder), `${folder} is restored from ${file}`);
};

/** Folds the derived tables again and says whether they were equal. */
export const rebuildData = async (args: readonly string[]): Promise<number> => {
  const { folder } = read(args, 0);
  const opened = await openStore({ folder });
  if (!opened.ok) return say(opened, "");
  const report = await opened.store.rebuild();
  await opened.store.close();
  console.log(
    `${report.rows} rows of ${report.tables} tables rebuilt; ${report.equal ? "equal" : "they differed"}`,
  );
  return report.equal ? OK : FINDINGS;
};
