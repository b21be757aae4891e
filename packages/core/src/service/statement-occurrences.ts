import type { SenderRecord } from "../constructs/annotation/node.ts";
import type { Case } from "../constructs/case/node.ts";
import type { Choice } from "../constructs/choice/node.ts";
import type { Argument, Expression } from "../constructs/expression/node.ts";
import type { Let } from "../constructs/let/node.ts";
import type { Loop } from "../constructs/loop/node.ts";
import type { Message } from "../constructs/message/node.ts";
import type { Name } from "../constructs/name.ts";
import type { ProgressClause } from "../constructs/operation/node.ts";
import type { LocalStatement, Statement } from "../constructs/statement.ts";
import { builtinConstructors, find, type OccurrenceCollector, type Scoped } from "./occurrence-collector.ts";

/** What is in force in a statement list: bound values and rec labels. */
export interface Frame {
  readonly values: Scoped | undefined;
  readonly labels: Scoped | undefined;
}

const emptyFrame: Frame = { values: undefined, labels: undefined };

const bind = (values: Scoped | undefined, name: Name): Scoped => ({
  name: name.text,
  scope: String(name.span.start),
  outer: values,
});

/** Binds a name: its definition is noted, and it is in force in what the result is used for. */
export const bindValue = (c: OccurrenceCollector, values: Scoped | undefined, name: Name): Scoped => {
  const bound = bind(values, name);
  c.define("binding", name, bound.scope);
  return bound;
};

/** The mentions in a list of statements, in which each binding is in force for what follows it. */
export function walkStatements(
  c: OccurrenceCollector,
  body: readonly Statement[],
  frame: Frame = emptyFrame,
): void {
  let { values } = frame;
  for (const statement of body) values = walkStatement(c, statement, { ...frame, values });
}

/** The mentions in one statement; the values in force after it. */
function walkStatement(c: OccurrenceCollector, node: Statement, frame: Frame): Scoped | undefined {
  switch (node.kind) {
    case "send":
    case "broadcast":
      c.role(node.from);
      walkRecord(c, node.record);
      if (node.kind === "send") c.role(node.to);
      walkMessage(c, node.message, frame.values);
      return frame.values;
    case "choice":
      walkChoice(c, node, frame);
      return frame.values;
    case "case":
      walkCase(c, node, frame);
      return frame.values;
    case "loop":
      walkLoop(c, node, frame);
      return frame.values;
    case "rec": {
      const label = bind(frame.labels, node.label);
      c.define("label", node.label, label.scope);
      walkStatements(c, node.body, { ...frame, labels: label });
      return frame.values;
    }
    case "continue":
      c.refer("label", node.label, find(frame.labels, node.label.text)?.scope ?? "");
      return frame.values;
    case "par":
      for (const arm of node.arms) walkStatements(c, arm.body, frame);
      return frame.values;
    case "call":
      c.refer("localProtocol", node.target);
      return frame.values;
    case "let":
      return walkLet(c, node, frame);
    case "timeout":
      c.role(node.owner);
      for (const body of [node.body, node.onTimeout, node.onCancel ?? []]) walkStatements(c, body, frame);
      return frame.values;
    default:
      return walkLocal(c, node, frame.values);
  }
}

function walkMessage(c: OccurrenceCollector, message: Message, values: Scoped | undefined): void {
  c.refer("message", message.name);
  if (message.type !== undefined) c.types(message.type.span);
  if (message.payload !== undefined) c.types(message.payload.span, values);
}

function walkRecord(c: OccurrenceCollector, record: SenderRecord | undefined): void {
  for (const { key, form, value, valueSpan } of record?.entries ?? []) {
    if (form !== "string" || (key.text !== "guard_capability" && key.text !== "required_capability"))
      continue;
    const start = valueSpan.start + 1;
    c.refer("capability", { text: value, span: { start, end: start + value.length } });
  }
}

function walkChoice(c: OccurrenceCollector, node: Choice, frame: Frame): void {
  c.role(node.decider);
  for (const { label, guard, body } of node.arms) {
    c.define("arm", label, String(node.span.start));
    let { values } = frame;
    if (guard?.kind === "predicate") c.values(guard.span, values);
    else if (guard?.kind === "evidence") {
      c.refer("effect", guard.effect);
      c.refer("effectOperation", guard.operation, guard.effect.text);
      c.values({ start: guard.operation.span.end, end: guard.binding.span.start }, values);
      values = bindValue(c, values, guard.binding);
    }
    walkStatements(c, body, { ...frame, values });
  }
}

function walkCase(c: OccurrenceCollector, node: Case, frame: Frame): void {
  walkExpression(c, node.subject, frame.values);
  for (const { constructor: name, binders, body } of node.arms) {
    if (!builtinConstructors.has(name.text)) c.refer("constructor", name);
    let { values } = frame;
    for (const binder of binders) values = bindValue(c, values, binder);
    walkStatements(c, body, { ...frame, values });
  }
}

function walkLoop(c: OccurrenceCollector, { control, body }: Loop, frame: Frame): void {
  if (control.kind === "decide") c.role(control.by);
  else if (control.kind === "repeat" && typeof control.count !== "number")
    c.refer("parameter", control.count);
  walkStatements(c, body, frame);
}

function walkLet(c: OccurrenceCollector, node: Let, frame: Frame): Scoped | undefined {
  if (node.at !== undefined) c.role(node.at);
  walkExpression(c, node.value, frame.values);
  const values = bindValue(c, frame.values, node.name);
  if (node.body === undefined) return values;
  walkStatements(c, node.body, { ...frame, values });
  return frame.values;
}

const walkArguments = (
  c: OccurrenceCollector,
  args: readonly Argument[],
  values: Scoped | undefined,
): void => {
  for (const { span } of args) c.values(span, values);
};

function walkExpression(c: OccurrenceCollector, node: Expression, values: Scoped | undefined): void {
  switch (node.kind) {
    case "path":
      c.values(node.span, values);
      return;
    case "check":
    case "observe":
      c.refer("effect", node.effect);
      c.refer("effectOperation", node.operation, node.effect.text);
      walkArguments(c, node.args, values);
      return;
    case "transfer":
      c.refer("binding", node.subject, find(values, node.subject.text)?.scope ?? "");
      c.role(node.from);
      c.role(node.to);
      return;
    case "constructor":
      if (node.arg !== undefined) c.values(node.arg.span, values);
      return;
    case "call":
      if (c.isDeclared("constructor", node.name.text)) c.refer("constructor", node.name);
      walkArguments(c, node.args, values);
      return;
  }
}

/** The names in a progress clause; its contract is one wherever it is mentioned. */
export function walkProgress(c: OccurrenceCollector, clause: ProgressClause | undefined): void {
  if (clause !== undefined) c.refer("contract", clause.contract);
  if (clause?.requires !== undefined) c.refer("contract", clause.requires);
}

/** A mention of a bound name that the tree knows as a name. */
const value = (c: OccurrenceCollector, name: Name, values: Scoped | undefined): void =>
  c.refer("binding", name, find(values, name.text)?.scope ?? "");

function walkLocal(
  c: OccurrenceCollector,
  node: LocalStatement,
  values: Scoped | undefined,
): Scoped | undefined {
  switch (node.kind) {
    case "begin":
      c.refer("operation", node.operation);
      walkArguments(c, node.args, values);
      walkProgress(c, node.progress);
      return values;
    case "await":
    case "invalidate":
      c.refer("operation", node.operation);
      return values;
    case "resolve":
      c.refer("operation", node.operation);
      if (node.outcome.value !== undefined) c.values(node.outcome.value.span, values);
      return values;
    case "publish":
      c.refer("event", node.event);
      if (node.arg !== undefined) c.values(node.arg.span, values);
      return values;
    case "publishAs":
      value(c, node.witness, values);
      c.define("publication", node.publication);
      return values;
    case "materialize":
      c.refer("publication", node.publication);
      return bindValue(c, values, node.proof);
    case "handoff":
      c.refer("operation", node.operation);
      c.role(node.target);
      value(c, node.receipt, values);
      return values;
    case "dependentWork":
      c.refer("work", node.name);
      if (node.arg !== undefined) c.values(node.arg.span, values);
      c.refer("operation", node.requiredFor);
      return values;
  }
}
