import type { Value } from "@parley/wire";
import { defaultValue } from "../machine/code/default-value.ts";
import { needsPayload, type ValueType } from "../machine/code/value-type.ts";
import type { Plan } from "../machine/plan.ts";
import type { Answers, DecisionOption, DecisionRequest, PayloadRequest } from "../machine/request.ts";
import { meansRole } from "./read-trigger.ts";
import type { MadeDecision, Sim } from "./sim-state.ts";
import { valueFor } from "./tamper.ts";

/** Answers to a planned round, and what is to be remembered if the round goes through. */
export interface Answered {
  readonly answers: Answers;
  /** Questions of the script that count as answered. */
  readonly asked: readonly string[];
  /** Rows of the script it came from. */
  readonly rows: readonly string[];
  readonly decision?: MadeDecision;
}

/** Guards are always allowed and layers always free: what is simulated is the protocol, not its budgets. */
const open: Answers = { guard: { allow: true }, evidence: { kind: "bool", value: true } };

const timesAsked = ({ state }: Sim, question: string): number => state.asked.get(question) ?? 0;

const decideKey = (role: string): string => `decide ${role}`;
const payloadKey = (role: string, message: string): string => `payload ${role} ${message}`;

const named = (options: readonly DecisionOption[], take: string): DecisionOption | undefined =>
  options.find(({ label, arm }) => label === take || arm === take);

const byPolicy = (sim: Sim, { role, endpoint, options }: DecisionRequest): DecisionOption | undefined => {
  switch (sim.scenario.policy) {
    case "script":
      return undefined;
    case "first":
      return options[0];
    case "random":
      return options[sim.dice.policy.below(options.length)];
    case "round_robin":
      return options[timesAsked(sim, turnKey(role, endpoint, options)) % options.length];
  }
};

/** One choice, told apart by where it is in the source. */
const turnKey = (role: string, endpoint: string, options: readonly DecisionOption[]): string =>
  `turn ${JSON.stringify([role, endpoint, options[0]?.edgeId ?? ""])}`;

const decide = (sim: Sim, request: DecisionRequest): Answered => {
  const { role, endpoint, options } = request;
  const nth = timesAsked(sim, decideKey(role));
  const index = sim.scenario.decide.findIndex(
    (one) => meansRole(one.role, role) && (one.nth ?? nth) === nth && named(options, one.take) !== undefined,
  );
  const row = sim.scenario.decide[index];
  const option = row === undefined ? byPolicy(sim, request) : named(options, row.take);
  if (option === undefined) return { answers: open, asked: [], rows: [] };
  const { label } = option;
  const rows = row === undefined ? [] : [`decide[${index}]`];
  const asked = [decideKey(role), turnKey(role, endpoint, options)];
  const decision: MadeDecision = {
    role,
    nth,
    take: option.arm ?? label,
    by: row === undefined ? "policy" : "script",
  };
  if (request.quiet !== undefined || !needsPayload(option.payload))
    return { answers: { ...open, label }, asked, rows, decision };
  const paid = payloadOf(sim, role, label, option.payload);
  return {
    answers: { ...open, label, payload: paid.value },
    asked: [...asked, payloadKey(role, label)],
    rows: [...rows, ...paid.rows],
    decision,
  };
};

/** What the script says a message holds, else the least value of its type. */
const payloadOf = (
  sim: Sim,
  role: string,
  message: string,
  type: ValueType,
): { readonly value: Value; readonly rows: readonly string[] } => {
  const nth = timesAsked(sim, payloadKey(role, message));
  const index = sim.scenario.payload.findIndex(
    (one) => meansRole(one.role, role) && one.message === message && (one.nth ?? nth) === nth,
  );
  const row = sim.scenario.payload[index];
  const value = row && valueFor(type, row.value);
  return value === undefined
    ? { value: defaultValue(type), rows: [] }
    : { value, rows: [`payload[${index}]`] };
};

const pay = (sim: Sim, { role, label, type }: PayloadRequest): Answered => {
  const { value, rows } = payloadOf(sim, role, label, type);
  return { answers: { ...open, payload: value }, asked: [payloadKey(role, label)], rows };
};

/** Answers a round from the script, and from the policy where it says nothing. */
export const answer = (sim: Sim, planned: Plan): Answered => {
  const at = sim.state.clock;
  for (const request of planned.requests) {
    if (request.kind !== "decision" && request.kind !== "payload") continue;
    const found = request.kind === "decision" ? decide(sim, request) : pay(sim, request);
    return { ...found, answers: { ...found.answers, at } };
  }
  return { answers: { ...open, at }, asked: [], rows: [] };
};

/** Counts the questions of a round that went through. */
export const remember = (sim: Sim, { asked, rows, decision }: Answered): void => {
  if (asked.length === 0) return;
  for (const row of rows) sim.state.used.add(row);
  const counts = sim.state.asked;
  for (const question of asked) counts.set(question, (counts.get(question) ?? 0) + 1);
  if (decision !== undefined) sim.decisions.push(decision);
};
