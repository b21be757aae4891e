import { parseArgs } from "node:util";
import { analyse } from "@parley/core";
import { type Soundness, soundness, stepWords } from "@parley/core/explore";
import { pretty } from "../report/diagnostics.ts";
import { FINDINGS, OK, UsageError } from "../report/exit.ts";
import { readFormat, readText } from "../report/input.ts";

const count = (text: string | undefined, name: string): number | undefined => {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new UsageError(`${name} is a number from 1, not ${text}`);
  return Number(text);
};

const reachLine = ({ exploration }: Soundness): string => {
  const { states, moves, outcome, ranOut, bound } = exploration;
  const seen = `${states} states, ${moves} moves`;
  if (outcome === "complete") return `  every state was seen: ${seen}`;
  const why = ranOut.includes("buffer") ? `buffers of ${bound} were not enough` : "there are more";
  return `  not every state was seen: ${seen}; ${why}`;
};

const lines = (file: string, found: Soundness): readonly string[] => [
  `${file}: free of deadlocks: ${found.deadlockFree} (by ${found.by}); progress: ${found.progress}`,
  reachLine(found),
  ...found.exploration.buffers.map(({ from, to, max }) => `  ${from} → ${to}: at most ${max} on the way`),
  ...(found.exploration.progress ?? []).flatMap(({ role, ok }) =>
    ok ? [] : [`  ${role} may get where it can never act again`],
  ),
  ...(found.exploration.unreachable ?? []).map(({ role, label }) => `  no run lets ${role} get to ${label}`),
  ...found.exploration.faults.flatMap(({ why, trace }) => [
    ...trace.map((step, i) => `  ${String(i + 1).padStart(4)}  ${stepWords(step)}`),
    `     ✗  ${why}`,
  ]),
];

/** Tries every run of a protocol with asynchronous messages; status 1 when one gets stuck. */
export const explore = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { format: { type: "string" }, bound: { type: "string" }, states: { type: "string" } },
  });
  const format = readFormat(values.format);
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new UsageError("which file?");
  const bound = count(values.bound, "--bound");
  const states = count(values.states, "--states");
  const source = readText(file);
  const { verdict, diagnostics, samples } = analyse(source);
  const sample = samples?.at(-1);
  if (verdict !== "sound" || sample === undefined) {
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    console.log(pretty(file, source, errors));
    return FINDINGS;
  }
  const found = soundness(sample.locals, {
    projected: true,
    ...(bound === undefined ? {} : { bound }),
    ...(states === undefined ? {} : { states }),
  });
  const json = { file, bindings: sample.bindings, ...found };
  console.log(format === "json" ? JSON.stringify(json, null, 1) : lines(file, found).join("\n"));
  return found.deadlockFree === "no" ? FINDINGS : OK;
};
