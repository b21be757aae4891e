import type { LocalType } from "../projection/local-type.ts";
import type { Counterexample, TraceStep } from "./exploration.ts";
import { System } from "./system.ts";

/**
 * One run, picked by numbers: each chooses among what may happen next, until
 * they are used up or nothing may. The same numbers give the same run.
 */
export const walk = (
  locals: Readonly<Record<string, LocalType>>,
  picks: readonly number[],
): Pick<Counterexample, "begins" | "trace"> => {
  const system = new System(locals);
  let { state, steps } = system.tidy(system.initial, []);
  const trace: TraceStep[] = [...steps];
  for (const pick of picks) {
    const here = state;
    const open = system.machines.flatMap((machine, who) =>
      machine
        .moves(here.roles[who] ?? 0)
        .filter((move) => {
          if (move.kind !== "receive") return true;
          const head = system.head(here, move.peer, machine.role);
          return head?.label === move.label && head.payload === move.payload;
        })
        .map((move) => ({ who, move })),
    );
    const chosen = open[pick % Math.max(1, open.length)];
    if (chosen === undefined) break;
    ({ state, steps } = system.apply(here, chosen.who, chosen.move));
    trace.push(...steps);
  }
  return { trace, begins: Object.fromEntries(system.machines.map(({ role, begins }) => [role, begins])) };
};
