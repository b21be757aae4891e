/** Short builders of trees, for tests that should not depend on the parser. Spans are all empty. */

import type { Broadcast } from "../constructs/broadcast/node.ts";
import type { Choice, Guard } from "../constructs/choice/node.ts";
import type { Expression } from "../constructs/expression/node.ts";
import type { Let } from "../constructs/let/node.ts";
import type { Loop, LoopControl } from "../constructs/loop/node.ts";
import type { Name } from "../constructs/name.ts";
import type { SourceFile } from "../constructs/protocol/node.ts";
import type { RoleDecl, RoleIndex, RoleRef } from "../constructs/roles/node.ts";
import type { Send } from "../constructs/send/node.ts";
import type { Statement } from "../constructs/statement.ts";

const span = { start: 0, end: 0 };

export const name = (text: string): Name => ({ text, span });

/** `A`, `W[0]`, `W[i]`, `W[*]`, `W[0..3]` as a reference. */
export const ref = (text: string): RoleRef => {
  const match = /^([^[]*)(?:\[(.*)\])?$/s.exec(text);
  const base: RoleRef = { kind: "roleRef", name: name(match?.[1] ?? text), span };
  return match?.[2] === undefined ? base : { ...base, index: index(match[2]) };
};

const index = (text: string): RoleIndex => {
  if (text === "*") return { kind: "all" };
  const [start, end] = text.split("..");
  const number = (part: string) => (/^\d+$/.test(part) ? Number(part) : part);
  if (start !== undefined && end !== undefined)
    return { kind: "range", start: number(start), end: number(end) };
  const value = number(text);
  return typeof value === "number" ? { kind: "at", index: value } : { kind: "symbolic", name: value };
};

/** `A`, `W[3]`, `W[N]`, `W[*]` as a declaration. */
export const role = (text: string): RoleDecl => {
  const { index: size, name: base } = ref(text);
  if (size === undefined) return { kind: "roleDecl", name: base, span };
  if (size.kind === "at")
    return { kind: "roleDecl", name: base, param: { kind: "static", count: size.index, span }, span };
  if (size.kind === "symbolic")
    return { kind: "roleDecl", name: base, param: { kind: "symbolic", name: size.name, span }, span };
  return { kind: "roleDecl", name: base, param: { kind: "runtime", span }, span };
};

const record = (entries: Readonly<Record<string, string>>) => ({
  entries: Object.entries(entries).map(([key, value]) => {
    return { kind: "annotation", key: name(key), value, form: "string", valueSpan: span, span } as const;
  }),
  span,
});

export const send = (
  from: string,
  to: string,
  label: string,
  entries?: Readonly<Record<string, string>>,
): Send => ({
  kind: "send",
  from: ref(from),
  to: ref(to),
  message: { kind: "message", name: name(label), span },
  ...(entries === undefined ? {} : { record: record(entries) }),
  span,
});

export const broadcast = (from: string, label: string): Broadcast => ({
  kind: "broadcast",
  from: ref(from),
  message: { kind: "message", name: name(label), span },
  span,
});

export const choice = (
  decider: string,
  arms: Readonly<Record<string, readonly Statement[]>>,
  guards: Readonly<Record<string, Guard>> = {},
): Choice => ({
  kind: "choice",
  decider: ref(decider),
  arms: Object.entries(arms).map(([label, body]) => {
    const guard = guards[label];
    return { label: name(label), body, span, ...(guard === undefined ? {} : { guard }) };
  }),
  span,
});

export const loop = (control: LoopControl, body: readonly Statement[]): Loop => ({
  kind: "loop",
  control,
  body,
  span,
});
export const rec = (label: string, body: readonly Statement[]): Statement => ({
  kind: "rec",
  label: name(label),
  body,
  span,
});
export const goBack = (label: string): Statement => ({ kind: "continue", label: name(label), span });
export const par = (...arms: readonly (readonly Statement[])[]): Statement => ({
  kind: "par",
  arms: arms.map((body) => ({ body, span })),
  span,
});
export const call = (target: string): Statement => ({ kind: "call", target: name(target), span });

export const path = (text: string): Expression => ({ kind: "path", text, span });
export const ask = (effect: string, operation: string, mode: "check" | "observe" = "check"): Expression => ({
  kind: mode,
  effect: name(effect),
  operation: name(operation),
  args: [],
  span,
});
export const transfer = (subject: string, from: string, to: string): Expression => ({
  kind: "transfer",
  subject: name(subject),
  from: ref(from),
  to: ref(to),
  span,
});
/** `let x = e`, or with an `in` block when `body` is given. */
export const bind = (
  text: string,
  value: Expression,
  more: { readonly mode?: Let["mode"]; readonly at?: string; readonly body?: readonly Statement[] } = {},
): Let => ({
  kind: "let",
  mode: more.mode ?? "plain",
  name: name(text),
  ...(more.at === undefined ? {} : { at: ref(more.at) }),
  value,
  ...(more.body === undefined ? {} : { body: more.body }),
  span,
});
/** `case e of`; a pattern is written `Ok` or `Ok(x, y)`. */
export const caseOf = (
  subject: Expression,
  arms: Readonly<Record<string, readonly Statement[]>>,
): Statement => ({
  kind: "case",
  subject,
  arms: Object.entries(arms).map(([pattern, body]) => {
    const [head = "", ...binders] = pattern.split(/[(),\s]+/).filter((part) => part !== "");
    return { constructor: name(head), binders: binders.map(name), body, span };
  }),
  span,
});
export const timeout = (
  millis: number,
  owner: string,
  body: readonly Statement[],
  onTimeout: readonly Statement[],
  onCancel?: readonly Statement[],
): Statement => ({
  kind: "timeout",
  owner: ref(owner),
  duration: { millis, text: `${millis}ms`, span },
  body,
  onTimeout,
  ...(onCancel === undefined ? {} : { onCancel }),
  span,
});
export const begin = (operation: string): Statement => ({
  kind: "begin",
  operation: name(operation),
  args: [],
  span,
});
export const awaitOf = (operation: string): Statement => ({
  kind: "await",
  operation: name(operation),
  span,
});
export const publish = (event: string): Statement => ({ kind: "publish", event: name(event), span });

/** A file of one protocol `P`. */
export const file = (
  roles: readonly string[],
  body: readonly Statement[],
  locals: Readonly<Record<string, readonly Statement[]>> = {},
): SourceFile => ({
  kind: "file",
  imports: [],
  declarations: [],
  protocol: {
    kind: "protocol",
    name: name("P"),
    requires: [],
    uses: [],
    under: [],
    roles: roles.map(role),
    rolesFrom: "line",
    body,
    locals: Object.entries(locals).map(([local, statements]) => {
      return { kind: "localProtocol", name: name(local), body: statements, span };
    }),
    span,
  },
  span,
});
