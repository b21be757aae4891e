/**
 * Machines within a machine (spec/machine-surfaces.md §20): each role of the
 * outer machine is a site with a machine of its own, which moves whenever its
 * role sends, receives or takes a step. Making a choice moves nothing.
 */
import type { MachineEvent } from "@parley/wire";
import { commit, type RoundOutcome } from "./commit.ts";
import { type Plan, plan } from "./plan.ts";
import type { Answers } from "./request.ts";
import { roleName } from "./round.ts";
import { cloneMachine } from "./snapshot.ts";
import type { Machine } from "./state.ts";
import { wakes } from "./wake.ts";

/** The machine of a site and what has happened in it. */
export interface NestedSite {
  readonly machine: Machine;
  readonly events: MachineEvent[];
}

/** The outer machine's role that a site's failure makes fail. */
export interface NestedFailure {
  readonly kind: "contract_violation";
  readonly message: string;
}

export interface Nested {
  readonly outer: Machine;
  readonly sites: ReadonlyMap<string, NestedSite>;
  /** Rounds a site moves for each thing its role does; at least 1. */
  readonly roundsPerStep: number;
  /** What machines are answered, inside and outside. */
  readonly answer: (plan: Plan) => Answers;
}

/** What a role does that moves its site. */
const moves: ReadonlySet<MachineEvent["kind"]> = new Set(["sent", "received", "invoked"]);

/** Moves a site: up to so many rounds, fewer when it has ended or nobody in it can go on. */
export const stepSite = (nested: Nested, role: string): NestedFailure | undefined => {
  const site = nested.sites.get(role);
  if (site === undefined) return { kind: "contract_violation", message: `unknown site: ${role}` };
  for (let round = 0; round < Math.max(1, nested.roundsPerStep); round += 1) {
    const next = plan(site.machine);
    if (next.kind !== "run") return undefined;
    const { events } = commit(site.machine, next, nested.answer(next));
    site.events.push(...events);
    for (const event of events)
      if (event.kind === "faulted")
        return { kind: "contract_violation", message: `inner machine fault: ${event.fault.message}` };
  }
  return undefined;
};

/**
 * One step of an outer coroutine as `planned`, with its site moved first where
 * the step goes through. A site that faults fails the step: its role faults
 * with `invoke`, and nothing it would have done has happened.
 */
export const nestedStep = (nested: Nested, planned: Plan): RoundOutcome => {
  const { outer } = nested;
  const answers = nested.answer(planned);
  const coroutine = planned.coroutine === undefined ? undefined : outer.coroutines.get(planned.coroutine);
  // The copy wakes its own coroutines: a plan names those of its machine.
  const copy = cloneMachine(outer);
  const trial = commit(copy, { ...planned, woken: wakes(copy, planned.tick) }, answers);
  const moved = trial.events.some((event) => moves.has(event.kind));
  const failure =
    coroutine !== undefined && moved ? stepSite(nested, roleName(outer, coroutine.role)) : undefined;
  return commit(outer, planned, failure === undefined ? answers : { ...answers, failure });
};
