import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { analyse } from "@parley/core";
import { sequenceLayout, staticSequence } from "@parley/core/diagram";
import { catalogue } from "@parley/protocols";
import { shared } from "./shared.ts";
import { elapsed, median, repeated, rounded } from "./steady.ts";

export interface Corpus {
  readonly files: readonly string[];
  readonly sources: readonly string[];
  readonly bytes: number;
}

/** The public conformance sources that both sides accept whole; the shipped catalogue when they are not here. */
export const corpus = (): Corpus => {
  const folder = join(shared, "conformance/language");
  const files = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith(".tell"))
        .map((name) => join(folder, name))
        .filter((file) => accepted(file) && analyse(readFileSync(file, "utf8")).verdict === "sound")
    : [];
  const sources =
    files.length > 0
      ? files.map((file) => readFileSync(file, "utf8"))
      : catalogue().map(({ source }) => source);
  return { files, sources, bytes: sources.reduce((sum, source) => sum + Buffer.byteLength(source), 0) };
};

const accepted = (file: string): boolean => {
  const golden = JSON.parse(readFileSync(file.replace(/\.tell$/, ".golden.json"), "utf8")) as {
    compile?: { ok?: boolean };
  };
  return golden.compile?.ok === true;
};

/** Long enough for the compiler to have seen every path. */
const WARM_UP_MS = 3_000;
const MEASURED_MS = 2_000;

/** Milliseconds of one call: the first, and the median of those once warm. */
const coldAndWarm = (work: () => void): { readonly coldMs: number; readonly warmMs: number } => {
  const coldMs = elapsed(work);
  repeated(200, 20, work);
  return { coldMs: rounded(coldMs), warmMs: rounded(median(repeated(200, 20, work))) };
};

/**
 * Parse, check, lower and projection of every role, in bytes per second: the
 * median pass over the corpus once warm, and the very first pass. Beside it a
 * text of 1,000 messages, from keystroke to diagnostics and from tree to picture.
 */
export const frontend = ({ sources, bytes }: Corpus) => {
  const pass = (): void => {
    for (const source of sources) analyse(source);
  };
  const cold = elapsed(pass);
  const long = longProtocol(1000);
  const thousandLines = coldAndWarm(() => void analyse(long));
  const { file } = analyse(long);
  const thousandMessagesLaidOut = coldAndWarm(() => void sequenceLayout(staticSequence(file)));
  repeated(WARM_UP_MS, 100, pass);
  const times = repeated(MEASURED_MS, 50, pass);
  const perSecond = (ms: number): number => Math.round((bytes * 1000) / ms);
  return {
    corpus: { files: sources.length, bytes },
    bytesPerSecond: perSecond(median(times)),
    bestBytesPerSecond: perSecond(Math.min(...times)),
    coldBytesPerSecond: perSecond(cold),
    thousandLines,
    thousandMessagesLaidOut,
  };
};

const longProtocol = (lines: number): string => {
  const body = Array.from({ length: lines }, (_, i) => `  ${i % 2 === 0 ? "A -> B" : "B -> A"} : M${i}`);
  return ["protocol Long =", "  roles A, B", ...body, ""].join("\n");
};
