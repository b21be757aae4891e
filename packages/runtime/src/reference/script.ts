import type { Value } from "@parley/wire";
import { defaultValue } from "../machine/code/default-value.ts";
import type { Instruction } from "../machine/code/instruction.ts";
import type { Plan } from "../machine/plan.ts";
import type { Answers } from "../machine/request.ts";
import type { Machine } from "../machine/state.ts";
import { asObject, type Json, type JsonObject, listAt, numberAt, objectAt, textAt } from "./json.ts";
import { decodeValue } from "./value-form.ts";

type On = "send" | "receive" | "invoke" | "acquire" | "release";

interface Rule {
  readonly on: string;
  readonly role: string;
  /** Which occurrence it hits; all without. */
  readonly nth: number | undefined;
  readonly answer: Answers;
}

/** The host of a conformance case: answers fixed before the run. */
export interface Script {
  /** Which label of a choice; the reference always takes the first. */
  readonly pick: number;
  readonly payloads: ReadonlyMap<string, Value>;
  readonly drop: ReadonlySet<string>;
  readonly defer: ReadonlySet<string>;
  readonly rules: readonly Rule[];
  readonly topology: JsonObject;
  readonly counts: Map<string, number>;
}

const readRule = (input: Json, failing: boolean): Rule => {
  const rule = asObject(input);
  return {
    on: textAt(rule, "on"),
    role: textAt(rule, "role", "*"),
    nth: typeof rule.nth === "number" ? rule.nth : undefined,
    answer: failing
      ? { failure: { kind: textAt(rule, "kind"), message: textAt(rule, "message", "scripted") } }
      : { blocked: true },
  };
};

export const readScript = (input: JsonObject): Script => {
  const handler = objectAt(input, "handler");
  return {
    pick: numberAt(input, "pick", 0),
    payloads: new Map(
      Object.entries(objectAt(handler, "payloads")).map(([key, value]) => [key, decodeValue(value)]),
    ),
    drop: new Set(listAt(handler, "drop").map(String)),
    defer: new Set(listAt(handler, "defer").map(String)),
    rules: [
      ...listAt(handler, "fail").map((rule) => readRule(rule, true)),
      ...listAt(handler, "block").map((rule) => readRule(rule, false)),
    ],
    topology: objectAt(handler, "topology"),
    counts: new Map(),
  };
};

const scripted = (script: Script, on: On, role: string): Answers | undefined => {
  const key = `${on} ${role}`;
  const nth = script.counts.get(key) ?? 0;
  script.counts.set(key, nth + 1);
  return script.rules.find(
    (rule) =>
      rule.on === on &&
      (rule.role === "*" || rule.role === role) &&
      (rule.nth === undefined || rule.nth === nth),
  )?.answer;
};

const allow = { allow: true } as const;

const sendAnswers = (script: Script, role: string, peer: string, label: string): Answers => {
  const special = scripted(script, "send", role);
  if (special !== undefined) return special;
  const keys = [`${role}>${peer}:${label}`, `${role}>${peer}:*`];
  const payload = keys.map((key) => script.payloads.get(key)).find((value) => value !== undefined);
  const disposition = keys.some((key) => script.drop.has(key))
    ? "drop"
    : keys.some((key) => script.defer.has(key))
      ? "defer"
      : "deliver";
  return { guard: allow, disposition, ...(payload === undefined ? {} : { payload }) };
};

/** Whether a receive would find a frame: only then is the host asked. */
const frameWaits = (machine: Machine, coroutine: number): boolean => {
  const endpoint = machine.coroutines.get(coroutine)?.owned[0];
  const state = endpoint && machine.linked.programs[endpoint.role]?.linked[endpoint.type];
  const edge = state?.branches[0]?.edge ?? -1;
  return endpoint !== undefined && (machine.sessions.get(endpoint.sid)?.edges[edge]?.frames.length ?? 0) > 0;
};

export interface Asked {
  readonly answers: Answers;
  /** Whether the reference would have called its handler. */
  readonly called: boolean;
}

const silent: Asked = { answers: {}, called: false };

/** A payload of a type that needs one and that no rule gives is the register, as the reference has it. */
const withRegister = (machine: Machine, plan: Plan, register: number, answers: Answers): Answers => {
  if (answers.payload !== undefined || !plan.requests.some((request) => request.kind === "payload"))
    return answers;
  const held = machine.coroutines.get(plan.coroutine ?? -1)?.regs[register];
  return held === undefined ? answers : { ...answers, payload: held };
};

const answerSend = (
  script: Script,
  machine: Machine,
  plan: Plan,
  instruction: Extract<Instruction, { kind: "send" }>,
): Asked => {
  const guard = plan.requests.find((request) => request.kind === "guard");
  if (guard === undefined) return silent;
  const answers = sendAnswers(script, guard.role, guard.peer, guard.label);
  return { answers: withRegister(machine, plan, instruction.val, answers), called: true };
};

const answerOffer = (
  script: Script,
  plan: Plan,
  instruction: Extract<Instruction, { kind: "offer" }>,
): Asked => {
  const decision = plan.requests.find((request) => request.kind === "decision");
  const label = instruction.labels[script.pick % instruction.labels.length]?.label ?? "";
  const option = decision?.options.find((candidate) => candidate.label === label);
  if (decision === undefined || option === undefined)
    return { answers: { label, guard: allow }, called: false };
  return { answers: { ...sendAnswers(script, decision.role, option.peer, label), label }, called: true };
};

/** What the reference has no word for is answered plainly: the picked outcome, the least value. */
const ownAnswers = (script: Script, plan: Plan): Answers => {
  const [request] = plan.requests;
  if (request?.kind === "payload") return { payload: defaultValue(request.type) };
  if (request?.kind !== "decision") return {};
  const option = request.options[script.pick % request.options.length];
  return option === undefined ? {} : { label: option.label };
};

/** What the script answers to a planned round. */
export const answer = (script: Script, machine: Machine, plan: Plan): Asked => {
  const coroutine = machine.coroutines.get(plan.coroutine ?? -1);
  const role = machine.image.roles[coroutine?.role ?? -1];
  const instruction = machine.linked.programs[coroutine?.role ?? -1]?.code[coroutine?.pc ?? -1];
  if (coroutine === undefined || role === undefined || instruction === undefined) return silent;
  switch (instruction.kind) {
    case "send":
      return answerSend(script, machine, plan, instruction);
    case "offer":
      return answerOffer(script, plan, instruction);
    case "receive":
    case "choose":
      return frameWaits(machine, coroutine.id)
        ? { answers: scripted(script, "receive", role) ?? {}, called: true }
        : silent;
    case "invoke":
    case "release":
      return { answers: scripted(script, instruction.kind, role) ?? {}, called: true };
    case "acquire":
      return {
        answers: scripted(script, "acquire", role) ?? { evidence: { kind: "bool", value: true } },
        called: true,
      };
    case "perform":
    case "decide":
      return { answers: ownAnswers(script, plan), called: false };
    default:
      return silent;
  }
};
