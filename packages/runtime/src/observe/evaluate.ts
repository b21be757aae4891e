import type { Value } from "@parley/wire";
import { inspectCoroutines, inspectEdges, inspectSessions } from "../machine/inspect.ts";
import { plan } from "../machine/plan.ts";
import type { Observation } from "./observation.ts";
import type { Comparator, Predicate } from "./predicate.ts";

/** Why a predicate has no answer here: a fact or a role there is none of. */
export interface UnknownFact {
  readonly code: "PAR8002";
  readonly kind: "unknown-fact";
  readonly at: number;
  readonly name: string;
  readonly known: readonly string[];
}

type Plain = number | string | boolean;

export type Evaluated =
  | { readonly ok: true; readonly value: Plain }
  | { readonly ok: false; readonly error: UnknownFact };

class Unknown extends Error {
  readonly fact: UnknownFact;
  constructor(fact: UnknownFact) {
    super(fact.name);
    this.fact = fact;
  }
}

/** Facts of the session that count something; they take arguments. */
export const counted = [
  "sent",
  "received",
  "decided",
  "discarded",
  "performed",
  "faults",
  "expired",
] as const;
/** Facts of the session. */
export const facts = ["tick", "status", "stuck", "inFlight", ...counted] as const;
/** Facts of a role, beside the names it binds. */
export const ofRole = ["done", "faulted", "blocked", "waitsFor", "step", "pc", "inbox", "scope"] as const;

const plainValue = (value: Value): Plain => {
  switch (value.kind) {
    case "nat":
      return Number(value.value);
    case "bool":
    case "str":
      return value.value;
    case "opaque":
      return value.json;
    default:
      return value.kind;
  }
};

/** What a role says about itself; the first endpoint that is blocked speaks for its parallel arms. */
const roleFact = ({ machine }: Observation, role: string, name: string, at: number): Plain => {
  const own = inspectCoroutines(machine).filter((view) => view.role === role);
  const roles = machine.image.roles;
  if (!roles.includes(role))
    throw new Unknown({ code: "PAR8002", kind: "unknown-fact", at, name: role, known: roles });
  const [main] = own;
  const blocked = own.find(({ status }) => status.kind === "blocked");
  const reason = blocked?.status.kind === "blocked" ? blocked.status.reason : undefined;
  switch (name) {
    case "done":
      return own.every(({ status }) => status.kind === "done");
    case "faulted":
      return own.some(({ status }) => status.kind === "faulted");
    case "blocked":
      return reason?.kind ?? "";
    case "waitsFor":
      return reason?.kind === "empty" ? reason.edge.from : reason?.kind === "full" ? reason.edge.to : "";
    case "step":
      return main?.step ?? 0;
    case "pc":
      return main?.pc ?? 0;
    case "inbox":
      return inspectEdges(machine).reduce(
        (sum, edge) => sum + (edge.to === role ? edge.frames.length : 0),
        0,
      );
    case "scope":
      return main?.scopes.at(-1)?.scope ?? "";
    default: {
      const bound = own.flatMap(({ names }) => names).find(([bound]) => bound === name);
      if (bound !== undefined) return plainValue(bound[1]);
      const known = [...ofRole, ...own.flatMap(({ names }) => names.map(([bound]) => bound))];
      throw new Unknown({ code: "PAR8002", kind: "unknown-fact", at, name, known });
    }
  }
};

const fact = (seen: Observation, name: string, args: readonly string[], at: number): Plain => {
  const { machine, counts } = seen;
  switch (name) {
    case "tick":
      return machine.tick;
    case "status":
      return inspectSessions(machine)[0]?.status.kind ?? "";
    case "stuck":
      return seen.moving !== true && machine.asking.size === 0 && plan(machine).kind === "stuck";
    case "inFlight": {
      const [from, to] = args;
      const edges = inspectEdges(machine).filter(
        (edge) => (from === undefined || edge.from === from) && (to === undefined || edge.to === to),
      );
      return edges.reduce((sum, { frames }) => sum + frames.length, 0);
    }
    default: {
      if (!counted.some((known) => known === name))
        throw new Unknown({ code: "PAR8002", kind: "unknown-fact", at, name, known: facts });
      return counts.get(args.length === 0 ? name : `${name}(${args.join(",")})`) ?? 0;
    }
  }
};

const compare = (op: Comparator, a: Plain, b: Plain): boolean => {
  switch (op) {
    case "==":
      return a === b;
    case "!=":
      return a !== b;
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    case ">=":
      return a >= b;
  }
};

const truth = (value: Plain): boolean => value !== false && value !== 0 && value !== "";

const value = (seen: Observation, of: Predicate): Plain => {
  switch (of.kind) {
    case "value":
      return of.value;
    case "fact":
      return fact(seen, of.name, of.args, of.at);
    case "of":
      return roleFact(seen, of.role, of.name, of.at);
    case "not":
      return !truth(value(seen, of.of));
    case "and":
      return truth(value(seen, of.left)) && truth(value(seen, of.right));
    case "or":
      return truth(value(seen, of.left)) || truth(value(seen, of.right));
    case "compare":
      return compare(of.op, value(seen, of.left), value(seen, of.right));
  }
};

/**
 * What a predicate is worth at a state. Facts: `tick`, `status`, `stuck`,
 * `inFlight(From, To)`, counts such as `sent(Order)`, `sent(Buyer, Seller)`,
 * `faults`; of a role `done`, `faulted`, `blocked` (why), `waitsFor`, `step`,
 * `pc`, `inbox`, `scope`, and every name it has bound.
 */
export const evaluate = (of: Predicate, seen: Observation): Evaluated => {
  try {
    return { ok: true, value: value(seen, of) };
  } catch (cause) {
    if (cause instanceof Unknown) return { ok: false, error: cause.fact };
    throw cause;
  }
};

/** Whether a predicate holds; numbers, texts and counts hold when they are not 0 or empty. */
export const holds = (of: Predicate, seen: Observation): boolean => {
  const found = evaluate(of, seen);
  return found.ok && truth(found.value);
};
