import { statSync } from "node:fs";
import { relative } from "node:path";
import { parseArgs } from "node:util";
import { type Modules, readModules } from "@parley/core";
import { staticSequence } from "@parley/core/diagram";
import {
  analyseVersion,
  compat as compare,
  type DiffSide,
  diffProtocols,
  referenceCompat,
  type VersionText,
} from "@parley/core/diff";
import { FINDINGS, OK, UsageError } from "../report/exit.ts";
import { readFormat, readText, tellFiles } from "../report/input.ts";
import { compatJson, compatPretty, type FileCompat, passes } from "./compat-report.ts";

interface Options {
  readonly role: string | undefined;
  readonly reference: boolean;
}

/** What each side's files may import: the files of a folder are one workspace, a file alone has nobody to import. */
interface Sides {
  readonly old?: Modules;
  readonly new?: Modules;
}

interface Pair {
  readonly file: string;
  readonly old?: string;
  readonly new?: string;
}

const isFolder = (path: string): boolean => {
  try {
    return statSync(path).isDirectory();
  } catch (cause) {
    throw new UsageError(`cannot read ${path}: ${(cause as Error).message}`);
  }
};

/** Two files, or the files of two folders by their names. */
const pairsOf = (old: string, now: string): readonly Pair[] => {
  if (isFolder(old) !== isFolder(now)) throw new UsageError("compare two files or two folders");
  if (!isFolder(old)) return [{ file: now, old, new: now }];
  const inFolder = (folder: string): ReadonlyMap<string, string> =>
    new Map(tellFiles([folder]).map((path) => [relative(folder, path), path]));
  const before = inFolder(old);
  const after = inFolder(now);
  return [...new Set([...before.keys(), ...after.keys()])].sort().map((file) => {
    const a = before.get(file);
    const b = after.get(file);
    return { file, ...(a === undefined ? {} : { old: a }), ...(b === undefined ? {} : { new: b }) };
  });
};

const modulesBelow = (path: string): Modules | undefined =>
  isFolder(path)
    ? readModules(tellFiles([path]).map((file) => ({ path: file, source: readText(file) })))
    : undefined;

const versionText = (source: string, path: string, modules: Modules | undefined): VersionText =>
  modules === undefined ? source : { source, imports: { path, modules } };

const comparePair = (
  { file, old, new: now }: Pair,
  { role, reference }: Options,
  modules: Sides,
): FileCompat => {
  if (old === undefined) return { file, status: "added" };
  if (now === undefined) return { file, status: "removed" };
  const sources = { old: readText(old), new: readText(now) };
  const before = versionText(sources.old, old, modules.old);
  const after = versionText(sources.new, now, modules.new);
  const found = compare(before, after, role);
  if (!found.ok) {
    const { side, diagnostics, why } = found;
    const path = side === "old" ? old : now;
    return { file, status: "error", side, path, source: sources[side], why, diagnostics };
  }
  const { report } = found;
  const picture = (text: VersionText): DiffSide => {
    const { file: tree, kernel } = analyseVersion(text);
    return { sequence: staticSequence(tree), ...(kernel === undefined ? {} : { kernel }) };
  };
  const { changes } = diffProtocols(picture(before), picture(after));
  return {
    file,
    status: "compared",
    verdict: report.verdict,
    report,
    changes: role === undefined ? changes : changes.filter(({ roles }) => roles.includes(role)),
    sources,
    ...(reference ? { reference: referenceCompat(sources.old, sources.new) } : {}),
  };
};

/** Says whether old peers understand new ones; status 1 when some do not, or when it cannot be told. */
export const compat = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { format: { type: "string" }, role: { type: "string" }, reference: { type: "boolean" } },
  });
  const format = readFormat(values.format);
  const [old, now] = positionals;
  if (old === undefined || now === undefined || positionals.length > 2) {
    throw new UsageError("which two versions?");
  }
  const options = { role: values.role, reference: values.reference ?? false };
  const pairs = pairsOf(old, now);
  const [before, after] = [modulesBelow(old), modulesBelow(now)];
  const modules = {
    ...(before === undefined ? {} : { old: before }),
    ...(after === undefined ? {} : { new: after }),
  };
  const files = pairs.map((pair) => comparePair(pair, options, modules));
  if (options.role !== undefined) {
    const known = files.some((found) => found.status === "compared" && found.report.roles.length > 0);
    const compared = files.some((found) => found.status === "compared");
    if (compared && !known) throw new UsageError(`no role ${options.role} is in both versions`);
  }
  console.log(format === "json" ? JSON.stringify(compatJson(files), null, 1) : compatPretty(files));
  return files.every(passes) ? OK : FINDINGS;
};
