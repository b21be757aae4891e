import { statSync } from "node:fs";
import { relative } from "node:path";
import { parseArgs } from "node:util";
import { analyse } from "@parley/core";
import { staticSequence } from "@parley/core/diagram";
import { compat as compare, type DiffSide, diffProtocols, referenceCompat } from "@parley/core/diff";
import { FINDINGS, OK, UsageError } from "../report/exit.ts";
import { readFormat, readText, tellFiles } from "../report/input.ts";
import { compatJson, compatPretty, type FileCompat, passes } from "./compat-report.ts";

interface Options {
  readonly role: string | undefined;
  readonly reference: boolean;
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

const comparePair = ({ file, old, new: now }: Pair, { role, reference }: Options): FileCompat => {
  if (old === undefined) return { file, status: "added" };
  if (now === undefined) return { file, status: "removed" };
  const sources = { old: readText(old), new: readText(now) };
  const found = compare(sources.old, sources.new, role);
  if (!found.ok) {
    const { side, diagnostics, why } = found;
    const path = side === "old" ? old : now;
    return { file, status: "error", side, path, source: sources[side], why, diagnostics };
  }
  const { report } = found;
  const picture = (source: string): DiffSide => {
    const { file: tree, kernel } = analyse(source);
    return { sequence: staticSequence(tree), ...(kernel === undefined ? {} : { kernel }) };
  };
  const { changes } = diffProtocols(picture(sources.old), picture(sources.new));
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
  const files = pairsOf(old, now).map((pair) => comparePair(pair, options));
  if (options.role !== undefined) {
    const known = files.some((found) => found.status === "compared" && found.report.roles.length > 0);
    const compared = files.some((found) => found.status === "compared");
    if (compared && !known) throw new UsageError(`no role ${options.role} is in both versions`);
  }
  console.log(format === "json" ? JSON.stringify(compatJson(files), null, 1) : compatPretty(files));
  return files.every(passes) ? OK : FINDINGS;
};
