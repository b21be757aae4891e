import type { Annotation } from "../constructs/annotation/node.ts";
import type { Broadcast } from "../constructs/broadcast/node.ts";
import type { ChoiceArm } from "../constructs/choice/node.ts";
import type { Expression } from "../constructs/expression/node.ts";
import type { Let } from "../constructs/let/node.ts";
import type { Loop } from "../constructs/loop/node.ts";
import type { ProtocolDecl } from "../constructs/protocol/node.ts";
import type { RoleDecl } from "../constructs/roles/node.ts";
import type { Send } from "../constructs/send/node.ts";
import type { LocalStatement, Statement } from "../constructs/statement.ts";
import type { Timeout } from "../constructs/timeout/node.ts";
import { conditionText } from "./condition-text.ts";
import { REFERENCE_LIMITS, withinLimits } from "./cost.ts";
import { deedText } from "./deed-text.ts";
import { declaredRole, mentionedRole, type ReferenceRole, sameRole } from "./role.ts";
import type { Condition, Entry, Protocol, TreeBranch, TreeValue } from "./tree.ts";
import * as tree from "./tree.ts";

/** The name the reference gives every `loop decide by`. Ours differ in number where one would capture another. */
const DECIDE_LABEL = "RoleDecidesLoop";

interface Context {
  readonly roles: readonly ReferenceRole[];
  readonly locals: ReadonlyMap<string, readonly Statement[]>;
  /** Source label to the label of the tree, for the recs around this point. */
  readonly labels: ReadonlyMap<string, string>;
  /** The local protocols being called around this point. */
  readonly open: readonly string[];
  /** Calls still allowed: calls of calls double, so a short text can ask for a tree of any size. */
  readonly calls: { left: number };
}

/** A statement with the context its call gave it. */
interface Placed {
  readonly statement: Statement;
  readonly context: Context;
}

/** Calls replaced by the bodies they name, at the level of this list. A call that names nothing, or itself, is left out: both are errors found elsewhere. */
const inlined = (body: readonly Statement[], context: Context): readonly Placed[] =>
  body.flatMap((statement) => {
    if (statement.kind !== "call") return [{ statement, context }];
    const target = statement.target.text;
    const called = context.open.includes(target) ? undefined : context.locals.get(target);
    if (called === undefined || context.calls.left <= 0) return [];
    context.calls.left -= 1;
    return inlined(called, { ...context, open: [...context.open, target] });
  });

const entries = (record: { readonly entries: readonly Annotation[] } | undefined): readonly Entry[] =>
  (record?.entries ?? []).map((entry) => ({ key: entry.key.text, value: entry.value }));

const lowerSend = (statement: Send, next: Protocol): Protocol =>
  tree.send({
    from: mentionedRole(statement.from),
    to: mentionedRole(statement.to),
    message: statement.message.name.text,
    annotations: entries(statement.record),
    next,
  });

const lowerBroadcast = (statement: Broadcast, next: Protocol, context: Context): Protocol => {
  const from = mentionedRole(statement.from);
  const to = context.roles.filter((role) => role.name !== from.name);
  if (to.length === 0) return next;
  const message = statement.message.name.text;
  return tree.broadcast({ from, to, message, annotations: entries(statement.record), next });
};

const lowerArm = (arm: ChoiceArm, next: Protocol, context: Context): TreeBranch => {
  const body = lowerBody(arm.body, next, context);
  if (arm.guard?.kind !== "evidence") return { label: arm.label.text, body };
  const evidence = { effect: arm.guard.effect.text, operation: arm.guard.operation.text };
  return { label: arm.label.text, evidence, body };
};

const unused = (label: string, taken: ReadonlySet<string>): string => {
  let candidate = label;
  for (let i = 2; taken.has(candidate); i += 1) candidate = `${label}${i}`;
  return candidate;
};

const lowerRec = (label: string, body: readonly Statement[], next: Protocol, context: Context): Protocol => {
  const others = [...context.labels].filter(([source]) => source !== label).map(([, target]) => target);
  const own = unused(label, new Set([...next.free, ...others]));
  const labels = new Map(context.labels).set(label, own);
  return tree.rec(own, lowerBody(body, next, { ...context, labels }));
};

const condition = (loop: Loop): Condition | undefined => {
  const { control } = loop;
  switch (control.kind) {
    case "decide":
      return { kind: "decide", role: mentionedRole(control.by) };
    case "repeat":
      return typeof control.count === "number"
        ? { kind: "count", count: control.count }
        : { kind: "custom", text: control.count.text };
    case "while":
      return { kind: "custom", text: conditionText(control.text) };
    case "forever":
      return undefined;
  }
};

/** `loop decide by R` whose first message R sends: a choice between that message and `Done`. */
const lowerDecide = (first: Send, loop: Loop, next: Protocol, context: Context): Protocol => {
  const label = unused(DECIDE_LABEL, new Set([...next.free, ...context.labels.values()]));
  const from = mentionedRole(first.from);
  const done = tree.send({ from, to: mentionedRole(first.to), message: "Done", annotations: [], next });
  const again = lowerBody(loop.body, tree.variable(label), context);
  const branches = [
    { label: first.message.name.text, body: again },
    { label: "Done", body: done },
  ];
  return tree.rec(label, tree.choice({ decider: from, branches }));
};

const lowerLoop = (loop: Loop, next: Protocol, context: Context): Protocol => {
  const first = inlined(loop.body, context)[0]?.statement;
  const decider = loop.control.kind === "decide" ? mentionedRole(loop.control.by) : undefined;
  if (decider !== undefined && first?.kind === "send" && sameRole(mentionedRole(first.from), decider)) {
    return lowerDecide(first, loop, next, context);
  }
  const body = lowerBody(loop.body, tree.end, context);
  const until = condition(loop);
  return tree.loop(until === undefined ? { body, next } : { condition: until, body, next });
};

const treeValue = (value: Expression): TreeValue =>
  value.kind === "check" || value.kind === "observe"
    ? { kind: value.kind, effect: value.effect.text, operation: value.operation.text }
    : { kind: value.kind };

const lowerLet = ({ name, mode, at, value }: Let, next: Protocol): Protocol =>
  tree.letIn({
    name: name.text,
    mode,
    ...(at === undefined ? {} : { at: mentionedRole(at) }),
    value: treeValue(value),
    next,
  });

const lowerTimeout = (
  { owner, duration, body, onTimeout, onCancel }: Timeout,
  next: Protocol,
  context: Context,
): Protocol =>
  tree.timeout({
    owner: mentionedRole(owner),
    millis: duration.millis,
    body: lowerBody(body, tree.end, context),
    onTimeout: lowerBody(onTimeout, tree.end, context),
    ...(onCancel === undefined ? {} : { onCancel: lowerBody(onCancel, tree.end, context) }),
    next,
  });

const lowerDeed = (statement: LocalStatement, next: Protocol): Protocol =>
  tree.deed({
    what: statement.kind,
    text: deedText(statement),
    ...(statement.kind === "handoff" ? { target: mentionedRole(statement.target) } : {}),
    next,
  });

const lowerStatement = (statement: Statement, next: Protocol, context: Context): Protocol => {
  switch (statement.kind) {
    case "send":
      return lowerSend(statement, next);
    case "broadcast":
      return lowerBroadcast(statement, next, context);
    case "choice": {
      const branches = statement.arms.map((arm) => lowerArm(arm, next, context));
      return tree.choice({ decider: mentionedRole(statement.decider), branches });
    }
    case "loop":
      return lowerLoop(statement, next, context);
    case "par":
      return tree.parallel({
        arms: statement.arms.map((arm) => lowerBody(arm.body, tree.end, context)),
        next,
      });
    case "rec":
      return lowerRec(statement.label.text, statement.body, next, context);
    case "continue":
      return tree.variable(context.labels.get(statement.label.text) ?? statement.label.text);
    case "call":
      return next;
    case "let":
      return lowerLet(statement, lowerBody(statement.body ?? [], next, context));
    case "case":
      return tree.caseOf({
        value: treeValue(statement.subject),
        branches: statement.arms.map((arm) => ({
          label: arm.constructor.text,
          body: lowerBody(arm.body, next, context),
        })),
      });
    case "timeout":
      return lowerTimeout(statement, next, context);
    default:
      return lowerDeed(statement, next);
  }
};

const lowerBody = (body: readonly Statement[], next: Protocol, context: Context): Protocol =>
  inlined(body, context).reduceRight(
    (rest, placed) => lowerStatement(placed.statement, rest, placed.context),
    next,
  );

/** The declared roles, in order. */
export const declaredRoles = (roles: readonly RoleDecl[]): readonly ReferenceRole[] =>
  roles.map(declaredRole);

/**
 * The reference's tree of a protocol (language.md §11), except that nothing is
 * lost: what follows a choice, a rec or a deciding loop continues at every end
 * of its arms, what follows another loop or a par is kept as its `next`
 * (design §5.1). Calls are inlined. A label that would capture another one is
 * numbered. `undefined` when the tree is beyond {@link REFERENCE_LIMITS}.
 */
export const protocolTree = (protocol: ProtocolDecl): Protocol | undefined => {
  const context: Context = {
    roles: declaredRoles(protocol.roles),
    locals: new Map(protocol.locals.map((local) => [local.name.text, local.body])),
    labels: new Map(),
    open: [],
    calls: { left: REFERENCE_LIMITS.nodes },
  };
  const lowered = lowerBody(protocol.body, tree.end, context);
  const perRole = lowered.plain.nodes * protocol.roles.length <= REFERENCE_LIMITS.nodesTimesRoles;
  return context.calls.left > 0 && perRole && withinLimits(lowered.plain) ? lowered : undefined;
};
