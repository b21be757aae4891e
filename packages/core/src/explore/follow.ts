import type { LocalType } from "../projection/local-type.ts";
import type { TraceStep } from "./exploration.ts";
import { System } from "./system.ts";

/** How many steps of a run these roles can take, from the first on. */
export const follow = (locals: Readonly<Record<string, LocalType>>, trace: readonly TraceStep[]): number => {
  const system = new System(locals);
  let { state, steps: happened } = system.tidy(system.initial, []);
  for (let at = happened.length; at < trace.length; at += happened.length) {
    const step = trace[at];
    const who = step === undefined ? undefined : system.roleIndex(step.role);
    if (step === undefined || who === undefined) return at;
    const move = system.machines[who]
      ?.moves(state.roles[who] ?? 0)
      .find(
        (one) =>
          one.kind === step.kind &&
          one.peer === step.peer &&
          one.label === step.label &&
          one.payload === step.payload &&
          one.endpoint === step.endpoint,
      );
    if (move === undefined) return at;
    if (move.kind === "receive") {
      const head = system.head(state, move.peer, step.role);
      if (head?.label !== move.label || head.payload !== move.payload) return at;
    }
    ({ state, steps: happened } = system.apply(state, who, move));
  }
  return trace.length;
};
