import type { InputsRequest, NextAction, SessionView } from "@parley/wire/http";
import { operator } from "../host/caller.ts";
import type { Host } from "../host/host-api.ts";
import type { LogStore } from "../host/ports.ts";
import { seededRandom } from "./fixed-ports.ts";
import { hostFixture, openText } from "./host-fixture.ts";
import { inputsFor } from "./random-walk.ts";

type InputJson = InputsRequest["inputs"][number];

/** One thing that can be done, as one command. */
type Way = readonly InputJson[];

const waysOf = (action: NextAction): readonly Way[] => {
  switch (action.kind) {
    case "advance":
      return [];
    case "timer": {
      const fire: Way = [{ kind: "clock", at: action.deadline }];
      return action.cancellable ? [fire, [{ kind: "cancel", reason: "test", scope: action.id }]] : [fire];
    }
    case "decide":
      return action.options.map((_, n) => inputsFor(action, n));
    case "payload":
      return [inputsFor(action, 1)];
  }
};

/** What can be done at a quiet position; the machine's own rounds come first, then whatever people and clocks do. */
const choices = (view: SessionView): readonly Way[] =>
  view.next.some(({ kind }) => kind === "advance")
    ? [[{ kind: "advance", max: 1_000 }], ...timerWays(view)]
    : view.next.flatMap(waysOf);

/** A timer may run out at any moment, also while the machine could go on. */
const timerWays = (view: SessionView): readonly Way[] =>
  view.next.flatMap((action) => (action.kind === "timer" ? waysOf(action) : []));

/** One run: the choices taken, and how many there were at each. */
interface Path {
  readonly taken: readonly number[];
  readonly width: readonly number[];
}

export interface Run {
  readonly host: Host;
  readonly store: LogStore;
  readonly last: SessionView;
  /** Every input that was accepted, one command each. */
  readonly inputs: readonly Way[];
}

/** Which of `width` ways the `step`th command takes. */
type Pick = (step: number, width: number) => number;

const follow = async (
  source: string,
  drive: "manual" | "eager",
  most: number,
  pick: Pick,
): Promise<Path & Run> => {
  const { host, store } = await hostFixture();
  const opened = await openText(host, source, { clock: "manual", drive, seed: "every" });
  const taken: number[] = [];
  const width: number[] = [];
  const inputs: Way[] = [];
  let view = opened;
  while (view.status === "active" && taken.length < most) {
    const ways = choices(view);
    if (ways.length === 0) break;
    const at = pick(taken.length, ways.length);
    const way = ways[at] as Way;
    taken.push(at);
    width.push(ways.length);
    inputs.push(way);
    const done = await host.inputs(operator, opened.id, { inputs: [...way] });
    if (!done.ok) throw new Error(`${JSON.stringify(way)} was refused: ${JSON.stringify(done.error)}`);
    const seen = await host.view(opened.id);
    if (!seen.ok) throw new Error(seen.error.kind);
    view = seen.value;
  }
  return { host, store, last: view, inputs, taken, width };
};

/** The next path in order of choices, or `undefined` after the last. */
const after = ({ taken, width }: Path, free: number): readonly number[] | undefined => {
  for (let i = Math.min(taken.length, free) - 1; i >= 0; i -= 1)
    if ((taken[i] ?? 0) + 1 < (width[i] ?? 0)) return [...taken.slice(0, i), (taken[i] ?? 0) + 1];
  return undefined;
};

/**
 * Runs a source every way it can go: each decision, each timer, each cancel at
 * each quiet moment among the first `free` commands, each in turn after that.
 * Answers how many ways that was, at most `runs`.
 */
export const everyRun = async (
  source: string,
  options: { readonly free: number; readonly most: number; readonly runs: number },
  use: (run: Run) => Promise<void> | void,
): Promise<number> => {
  let wanted: readonly number[] | undefined = [];
  let count = 0;
  while (wanted !== undefined && count < options.runs) {
    const path: readonly number[] = wanted;
    const pick: Pick = (step, width) => (step < options.free ? (path[step] ?? 0) : step % width);
    const run: Path & Run = await follow(source, "eager", options.most, pick);
    count += 1;
    await use(run);
    wanted = after(run, options.free);
  }
  return count;
};

/** Runs a source step by step; timers run out and scopes are cancelled at random moments in between. */
export const randomRuns = async (
  source: string,
  options: { readonly most: number; readonly runs: number },
  use: (run: Run) => Promise<void> | void,
): Promise<void> => {
  for (let n = 0; n < options.runs; n += 1) {
    const random = seededRandom(n + 1);
    const run = await follow(source, "manual", options.most, (_, width) => {
      const [often = 0, which = 0] = random.bytes(2);
      return often % 6 === 0 ? which % width : 0;
    });
    await use(run);
  }
};
