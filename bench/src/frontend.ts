import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
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
  const mixed = mixedProtocol(1000);
  const thousandMixedLines = coldAndWarm(() => void analyse(mixed));
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
    thousandMixedLines,
    thousandMessagesLaidOut,
    bytesHeldPerByte: heldPerByte(),
  };
};

const collect = (): void => {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
};

/** Analyses held at once, so that what else the heap does weighs little. */
const HELD = 10;

/** Heap that an analysis holds, in bytes a byte of text, for texts of 1,000, 2,000 and 4,000 lines. */
const heldPerByte = (): readonly number[] =>
  [1000, 2000, 4000].map((lines) => {
    const source = mixedProtocol(lines);
    // Once before, so that compiled code and tables are not counted.
    analyse(source);
    collect();
    const before = process.memoryUsage().heapUsed;
    const kept = Array.from({ length: HELD }, () => analyse(source));
    collect();
    const held = process.memoryUsage().heapUsed - before;
    // Read after the measurement, so that they are alive until here.
    const sound = kept.every(({ verdict }) => verdict === "sound");
    return sound ? Math.round(held / HELD / source.length) : -1;
  });

/** Every kind of statement, with annotations, in blocks of fifteen lines. */
const mixedProtocol = (lines: number): string => {
  const block = (k: number): readonly string[] => [
    `  A { guard_capability : "shop:order:${k}", flow_cost : ${k % 50} } -> B : Order${k} of shop.Order`,
    `  choice B at`,
    `    | Take${k} =>`,
    `      B -> A : Take${k}`,
    `      B -> C : Take${k}`,
    `    | Leave${k} =>`,
    `      B -> A : Leave${k}`,
    `      B -> C : Leave${k}`,
    `  timeout 5s A at`,
    `    A -> C : Ask${k}`,
    `    C -> A : Answer${k}`,
    `  on timeout =>`,
    `    A -> B : Late${k}`,
    `  loop repeat 2`,
    `    C -> B : Tick${k}`,
  ];
  const body = Array.from({ length: Math.ceil(lines / 15) }, (_, k) => block(k)).flat();
  return ["module mixed exposing (Mixed)", "protocol Mixed =", "  roles A, B, C", ...body, ""].join("\n");
};

const longProtocol = (lines: number): string => {
  const body = Array.from({ length: lines }, (_, i) => `  ${i % 2 === 0 ? "A -> B" : "B -> A"} : M${i}`);
  return ["protocol Long =", "  roles A, B", ...body, ""].join("\n");
};
