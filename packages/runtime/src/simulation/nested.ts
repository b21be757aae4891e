import type { MachineEvent } from "@parley/wire";
import { defaultValue } from "../machine/code/default-value.ts";
import type { CodeImage } from "../machine/code/image.ts";
import { type NestedSite, nestedStep } from "../machine/nested.ts";
import { createMachine, openSession } from "../machine/open.ts";
import { candidates } from "../machine/pick.ts";
import { type Plan, requestsOf } from "../machine/plan.ts";
import type { Answers } from "../machine/request.ts";
import type { Machine } from "../machine/state.ts";
import { wakes } from "../machine/wake.ts";
import { commute } from "../trace/normalise.ts";
import type { RunEnd } from "./scenario.ts";
import { type ScenarioError, scenarioError } from "./scenario-error.ts";
import type { TheoremProfile } from "./theorem-profile.ts";

/** What a distributed simulation is made of (spec/simulation.md §13). */
export interface NestedPlan {
  /** The protocol between the sites; its roles are the sites. */
  readonly outer: CodeImage | undefined;
  /** The protocol each site runs inside, and how many sessions of it; one when left out. */
  readonly sites: { readonly [site: string]: { readonly image: CodeImage; readonly sessions?: number } };
  /** Coroutines of the outer machine that step in one round; at least 1. */
  readonly outerConcurrency?: number;
  readonly innerRoundsPerStep?: number;
  /** The most rounds of the outer machine; 10,000 when left out. */
  readonly steps?: number;
}

export interface NestedResult {
  readonly manifest: {
    readonly sites: readonly string[];
    readonly contract: { readonly outerConcurrency: number; readonly innerRoundsPerStep: number };
    readonly regime: "nested_observed";
    readonly profile: TheoremProfile;
  };
  readonly outcome: RunEnd;
  readonly rounds: number;
  readonly outer: readonly MachineEvent[];
  readonly sites: readonly {
    readonly site: string;
    readonly done: boolean;
    readonly rounds: number;
    readonly trace: readonly MachineEvent[];
    /** The same without rounds, sessions in a fixed order. */
    readonly normalised: readonly MachineEvent[];
  }[];
}

export type NestedSimulated =
  | { readonly ok: true; readonly result: NestedResult }
  | { readonly ok: false; readonly errors: readonly ScenarioError[] };

const listed = (names: readonly string[]): string => [...names].sort().join(", ") || "none";

const misfit = ({ outer, sites }: NestedPlan): ScenarioError | undefined => {
  if (outer === undefined)
    return scenarioError(
      "missing-key",
      "outer",
      "missing inter-site protocol",
      "Give the protocol between the sites.",
    );
  const [roles, names] = [listed(outer.roles), listed(Object.keys(sites))];
  return roles === names
    ? undefined
    : scenarioError(
        "bad-roles",
        "sites",
        `the sites are ${names}, the roles of the inter-site protocol ${roles}`,
        "Name one site a role, and no other.",
      );
};

/** The first of every choice, the least of every payload: nested runs have no script. */
const plainAnswers = ({ requests }: Plan): Answers => {
  let answers: Answers = { guard: { allow: true }, evidence: { kind: "bool", value: true } };
  for (const request of requests) {
    if (request.kind === "payload") answers = { ...answers, payload: defaultValue(request.type) };
    const option = request.kind === "decision" ? request.options[0] : undefined;
    if (option !== undefined)
      answers = { ...answers, label: option.label, payload: defaultValue(option.payload) };
  }
  return answers;
};

const opened = (image: CodeImage, sessions: number): Machine => {
  const machine = createMachine(image);
  for (let i = 0; i < sessions; i += 1) {
    const result = openSession(machine);
    if (!result.ok) throw new Error(result.error.kind);
  }
  return machine;
};

/** The steps of one outer round: the first so many that could run when it began, each if it still can. */
const outerRound = (
  outer: Machine,
  width: number,
  step: (planned: Plan) => readonly MachineEvent[],
): readonly MachineEvent[] => {
  const tick = outer.tick + 1;
  const chosen = candidates(outer, wakes(outer, tick), tick).slice(0, width);
  const events: MachineEvent[] = [];
  for (const coroutine of chosen) {
    const woken = wakes(outer, tick);
    if (!candidates(outer, woken, tick).includes(coroutine)) continue;
    const requests = requestsOf(outer, coroutine, tick);
    const { version } = outer;
    events.push(
      ...step({
        kind: "run",
        version,
        tick,
        coroutine: coroutine.id,
        position: 0,
        woken,
        requests,
        wave: true,
      }),
    );
  }
  return events;
};

const profileOf = (width: number): TheoremProfile => ({
  scheduler: width > 1 ? "threaded_envelope" : "canonical_exact",
  envelope: "none",
  bundle: "observed_transport",
  eligibility: "ineligible",
  reason: "a nested run is observed, not proved",
});

const endOf = (outer: Machine, limit: boolean): RunEnd => {
  if (outer.live > 0) return limit ? "limit" : "stuck";
  return [...outer.sessions.values()].some(({ faults }) => faults > 0) ? "faulted" : "completed";
};

/**
 * Runs a protocol between sites with a protocol inside each: whenever a role
 * of the outer one sends, receives or takes a step, its site's machine moves.
 * No network, adversaries, properties or checkpoints: what is seen is the run.
 *
 * @example simulateNested({ outer, sites: { A: { image }, B: { image } } })
 */
export const simulateNested = (of: NestedPlan): NestedSimulated => {
  const error = misfit(of);
  if (error !== undefined || of.outer === undefined)
    return { ok: false, errors: error === undefined ? [] : [error] };
  const names = Object.keys(of.sites).sort();
  const outerConcurrency = Math.max(1, of.outerConcurrency ?? 1);
  const innerRoundsPerStep = Math.max(1, of.innerRoundsPerStep ?? 1);
  const sites = new Map<string, NestedSite>();
  for (const [name, { image, sessions = 1 }] of Object.entries(of.sites))
    sites.set(name, { machine: opened(image, sessions), events: [] });
  const outer = opened(of.outer, 1);
  const nested = { outer, sites, roundsPerStep: innerRoundsPerStep, answer: plainAnswers };
  const events: MachineEvent[] = [];
  const most = of.steps ?? 10_000;
  let rounds = 0;
  for (; rounds < most; rounds += 1) {
    const before = outer.version;
    events.push(...outerRound(outer, outerConcurrency, (planned) => nestedStep(nested, planned).events));
    if (outer.version === before) break;
  }
  return {
    ok: true,
    result: {
      manifest: {
        sites: names,
        contract: { outerConcurrency, innerRoundsPerStep },
        regime: "nested_observed",
        profile: profileOf(outerConcurrency),
      },
      outcome: endOf(outer, rounds === most),
      rounds,
      outer: events,
      sites: names.map((site) => {
        const { machine, events: trace } = sites.get(site) as NestedSite;
        return { site, done: machine.live === 0, rounds: machine.tick, trace, normalised: commute(trace) };
      }),
    },
  };
};
