import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { analyse } from "@parley/core";
import { catalogue } from "@parley/protocols";
import { shared } from "./shared.ts";

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

const ROUNDS = 20;

/** Bytes per second of parse, check, lower and projection of every role; cold is the first pass over the corpus. */
export const frontend = ({ sources, bytes }: Corpus) => {
  const pass = (): number => {
    const start = performance.now();
    for (const source of sources) analyse(source);
    return (performance.now() - start) / 1000;
  };
  const cold = pass();
  for (let i = 0; i < 5; i += 1) pass();
  let seconds = 0;
  for (let i = 0; i < ROUNDS; i += 1) seconds += pass();
  const long = longProtocol(1000);
  const start = performance.now();
  analyse(long);
  return {
    corpus: { files: sources.length, bytes },
    bytesPerSecond: Math.round((bytes * ROUNDS) / seconds),
    coldBytesPerSecond: Math.round(bytes / cold),
    thousandLinesMs: Math.round(performance.now() - start),
  };
};

const longProtocol = (lines: number): string => {
  const body = Array.from({ length: lines }, (_, i) => `  ${i % 2 === 0 ? "A -> B" : "B -> A"} : M${i}`);
  return ["protocol Long =", "  roles A, B", ...body, ""].join("\n");
};
