import type { Read, SessionScript, Value } from "@parley/wire";
import type { ValueType } from "../../machine/code/value-type.ts";
import type { DecisionOption, DecisionRequest, PayloadRequest } from "../../machine/request.ts";
import type { PolicyCursor } from "./decision-policy.ts";

/** `Witness` stands for every `Witness[i]`. */
export const standsFor = (written: string, role: string): boolean =>
  written === role || (role.startsWith(`${written}[`) && role.endsWith("]"));

/** What a script counts, in the cursor of the session: so that `nth` and `delay` are part of its state. */
const turnKeys = {
  decide: (role: string): string => JSON.stringify(["script.decide", role]),
  payload: (role: string, label: string): string => JSON.stringify(["script.payload", role, label]),
  sent: (role: string, label: string): string => JSON.stringify(["script.sent", role, label]),
  /** When a step was first asked and could not be answered, plus one. */
  asked: (role: string, endpoint: string, step: number): string =>
    JSON.stringify(["script.asked", role, endpoint, step]),
};

const count = (cursor: PolicyCursor, key: string): number => cursor.turns[key] ?? 0;

const withTurn = (cursor: PolicyCursor, key: string, value: number | undefined): PolicyCursor => {
  const turns = { ...cursor.turns };
  if (value === undefined) delete turns[key];
  else turns[key] = value;
  return { ...cursor, turns };
};

interface Row {
  readonly role: string;
  readonly nth?: number;
}

const fits = (row: Row, role: string, occurrence: number): boolean =>
  standsFor(row.role, role) && (row.nth ?? occurrence) === occurrence;

/** When the answer of a row may be given: `delay` after the step was first asked. */
const isDue = (
  delay: number | undefined,
  cursor: PolicyCursor,
  asked: { readonly role: string; readonly endpoint: string; readonly step: number },
  at: number,
): boolean => {
  if (delay === undefined || delay === 0) return true;
  const since = count(cursor, turnKeys.asked(asked.role, asked.endpoint, asked.step));
  return since > 0 && at >= since - 1 + delay;
};

/** A value as a script writes it, as a value of the type; nothing when it is none of that type. */
export const scriptValue = (type: ValueType, written: string | number | boolean): Value | undefined => {
  switch (type.kind) {
    case "none":
    case "unit":
      return written === "" || written === "()" ? { kind: "unit" } : undefined;
    case "nat": {
      const text = String(written);
      if (!/^\d+$/.test(text)) return undefined;
      const small = Number(text);
      return { kind: "nat", value: Number.isSafeInteger(small) ? small : BigInt(text) };
    }
    case "bool":
      return written === true || written === "true"
        ? { kind: "bool", value: true }
        : written === false || written === "false"
          ? { kind: "bool", value: false }
          : undefined;
    case "str":
      return { kind: "str", value: String(written) };
    case "opaque":
      return opaque(type.name, written);
    default:
      return undefined;
  }
};

const opaque = (type: string, written: string | number | boolean): Value | undefined => {
  if (typeof written !== "string") return { kind: "opaque", type, json: String(written) };
  try {
    JSON.parse(written);
    return { kind: "opaque", type, json: written };
  } catch {
    return undefined;
  }
};

/** The option a script takes, or nothing when no row fits or the one that does is not due. */
export const scriptedOption = (
  script: SessionScript,
  cursor: PolicyCursor,
  request: DecisionRequest,
  at: number,
): DecisionOption | undefined => {
  const occurrence = count(cursor, turnKeys.decide(request.role));
  const row = script.decide.find((one) => fits(one, request.role, occurrence));
  if (row === undefined || !isDue(row.delay, cursor, request, at)) return undefined;
  return request.options.find(({ label, arm }) => label === row.take || arm === row.take);
};

/** The value a script gives, likewise. */
export const scriptedValue = (
  script: SessionScript,
  cursor: PolicyCursor,
  request: PayloadRequest,
  at: number,
): Value | undefined => {
  const occurrence = count(cursor, turnKeys.payload(request.role, request.label));
  const row = script.payload.find(
    (one) => one.message === request.label && fits(one, request.role, occurrence),
  );
  if (row === undefined || !isDue(row.delay, cursor, request, at)) return undefined;
  return scriptValue(request.type, row.value);
};

/** Why a script lets a role fail at what it is about to say. */
export const scriptedFailure = (
  script: SessionScript,
  cursor: PolicyCursor,
  role: string,
  label: string,
): string | undefined => {
  const occurrence = count(cursor, turnKeys.sent(role, label));
  return script.fail.find((row) => (row.message ?? label) === label && fits(row, role, occurrence))?.reason;
};

/** The cursor after a round went through with these reads, of which `label` was sent. */
export const countScripted = (
  cursor: PolicyCursor,
  reads: readonly Read[],
  role: string,
  label: string | undefined,
): PolicyCursor => {
  let next = cursor;
  const bump = (key: string): void => {
    next = withTurn(next, key, count(next, key) + 1);
  };
  for (const read of reads) {
    if (read.kind !== "decision" && read.kind !== "payload") continue;
    const asked = turnKeys.asked(read.role, read.endpoint, read.step);
    if (next.turns[asked] !== undefined) next = withTurn(next, asked, undefined);
    if (read.kind === "decision") bump(turnKeys.decide(read.role));
    else if (label !== undefined) bump(turnKeys.payload(read.role, label));
  }
  if (label !== undefined) bump(turnKeys.sent(role, label));
  return next;
};

const hasDelays = (script: SessionScript): boolean =>
  [...script.decide, ...script.payload].some(({ delay }) => delay !== undefined && delay > 0);

/** Notes when a step was first asked, where a row may answer it later. */
export const noteAsked = (
  script: SessionScript,
  cursor: PolicyCursor,
  asked: { readonly role: string; readonly endpoint: string; readonly step: number },
  at: number,
): PolicyCursor => {
  const key = turnKeys.asked(asked.role, asked.endpoint, asked.step);
  return hasDelays(script) && cursor.turns[key] === undefined ? withTurn(cursor, key, at + 1) : cursor;
};

/** A step that waits for a delayed row: who, and when the row is due. */
export interface Delayed {
  readonly role: string;
  readonly endpoint: string;
  readonly due: number;
}

/** All steps that wait for delayed rows, the earliest first. */
export const delayedSteps = (script: SessionScript, cursor: PolicyCursor): readonly Delayed[] => {
  const delayed: Delayed[] = [];
  for (const [key, value] of Object.entries(cursor.turns)) {
    const [kind, role, endpoint] = JSON.parse(key) as readonly [string, string, string];
    if (kind !== "script.asked") continue;
    const delays = [...script.decide, ...script.payload]
      .filter((row) => standsFor(row.role, role))
      .map((row) => row.delay ?? 0);
    for (const delay of delays) if (delay > 0) delayed.push({ role, endpoint, due: value - 1 + delay });
  }
  return delayed.sort((a, b) => a.due - b.due);
};
