import type { Broadcast } from "../constructs/broadcast/node.ts";
import type { Call } from "../constructs/call/node.ts";
import type { Case } from "../constructs/case/node.ts";
import type { Choice, ChoiceArm } from "../constructs/choice/node.ts";
import type { Let } from "../constructs/let/node.ts";
import type { Loop } from "../constructs/loop/node.ts";
import type { Message, TypeSpec } from "../constructs/message/node.ts";
import type { Par } from "../constructs/par/node.ts";
import type { SourceFile } from "../constructs/protocol/node.ts";
import type { Continue, Rec } from "../constructs/rec/node.ts";
import type { RoleRef } from "../constructs/roles/node.ts";
import type { Send } from "../constructs/send/node.ts";
import type { LocalStatement, Statement } from "../constructs/statement.ts";
import type { Timeout } from "../constructs/timeout/node.ts";
import { edgePath } from "../kernel/edge-path.ts";
import { performers } from "../resolve/performer.ts";
import { deedKind, deedText } from "./deed-words.ts";
import { frameSummary, frameTitle, guardText } from "./frame-words.ts";
import { type LaneTable, laneTable, roleText } from "./lane-table.ts";
import { broadcastLegs, sendLegs } from "./legs.ts";
import { recordParts } from "./record-parts.ts";
import type {
  ContinueRow,
  DeedRow,
  FrameKind,
  FrameRow,
  Leg,
  MessageRow,
  Section,
  SequenceModel,
  SequenceRow,
} from "./sequence-model.ts";

export interface StaticSequenceOptions {
  /** Families to draw member by member, with their sizes: `{ Guardians: 3 }`. */
  readonly unfold?: Readonly<Record<string, number>>;
  /** Numbers bound to names in indices (`W[i]`, `W[0..n]`). */
  readonly values?: Readonly<Record<string, number>>;
  /** Where to stop; the picture then ends in a note. Default 20,000. */
  readonly maxMessages?: number;
}

interface Builder {
  readonly lanes: LaneTable;
  readonly locals: ReadonlyMap<string, readonly Statement[]>;
  readonly maxMessages: number;
  /** Who does a statement that sends nothing. */
  readonly performer: (statement: Statement) => RoleRef | undefined;
  messages: number;
  truncated: boolean;
}

/** What encloses a statement: `rec` labels with their frames, and the calls being drawn. */
interface Scope {
  readonly recs: ReadonlyMap<string, string>;
  readonly calls: readonly string[];
  /** Whether nothing of the innermost `rec` body follows. */
  readonly tail: boolean;
}

/**
 * The sequence diagram of a program, from its tree, so that it draws while the
 * program still has errors. A file without a protocol gives an empty model.
 *
 * @example
 * const model = staticSequence(parse(text).file, { unfold: { Guardians: 3 } });
 */
export const staticSequence = (file: SourceFile, options: StaticSequenceOptions = {}): SequenceModel => {
  const { protocol } = file;
  if (protocol === undefined) return { name: "", lanes: [], rows: [], truncated: false };
  const who = performers(protocol, file.declarations);
  const builder: Builder = {
    lanes: laneTable(protocol.roles, options.unfold ?? {}, options.values ?? {}),
    locals: new Map(protocol.locals.map((local) => [local.name.text, local.body])),
    maxMessages: options.maxMessages ?? 20_000,
    performer: (statement) => who.get(statement),
    messages: 0,
    truncated: false,
  };
  const rows = statements(builder, protocol.body, { recs: new Map(), calls: [], tail: false }, edgePath.root);
  return { name: protocol.name.text, lanes: builder.lanes.lanes, rows, truncated: builder.truncated };
};

const statements = (
  builder: Builder,
  body: readonly Statement[],
  scope: Scope,
  pathOf: (k: number) => string,
): SequenceRow[] => {
  const rows: SequenceRow[] = [];
  for (const [k, statement] of body.entries()) {
    const id = pathOf(k);
    if (builder.messages >= builder.maxMessages) {
      if (builder.truncated) break;
      builder.truncated = true;
      rows.push({
        kind: "note",
        id,
        text: `more than ${builder.maxMessages} messages; the rest is not drawn`,
      });
      break;
    }
    rows.push(...rowsOf(builder, statement, id, { ...scope, tail: scope.tail && k === body.length - 1 }));
  }
  return rows;
};

const rowsOf = (builder: Builder, statement: Statement, id: string, scope: Scope): readonly SequenceRow[] => {
  switch (statement.kind) {
    case "send":
      return sendRows(builder, statement, id);
    case "broadcast":
      return broadcastRows(builder, statement, id);
    case "choice":
      return [choiceFrame(builder, statement, id, scope)];
    case "par":
      return [parFrame(builder, statement, id, { ...scope, tail: false })];
    case "loop":
      return [bodyFrame(builder, statement, id, { ...scope, tail: false })];
    case "rec":
      return [bodyFrame(builder, statement, id, recScope(scope, statement, id))];
    case "continue":
      return [continueRow(statement, id, scope)];
    case "call":
      return [callRow(builder, statement, id, scope)];
    case "case":
      return [caseFrame(builder, statement, id, scope)];
    case "timeout":
      return [timeoutFrame(builder, statement, id, scope)];
    case "let":
      return letRows(builder, statement, id, scope);
    default:
      return deedRows(builder, statement, id);
  }
};

/** A box on the lane of whoever does it; one a member where an unfolded family does. */
const deedRows = (builder: Builder, statement: LocalStatement | Let, id: string): readonly SequenceRow[] => {
  const performer = builder.performer(statement);
  if (performer === undefined) return [];
  const target = statement.kind === "handoff" ? statement.target : transferTarget(statement);
  const lane = target === undefined ? undefined : builder.lanes.ends(target).list[0]?.lane;
  return builder.lanes.ends(performer).list.map((end, k, all): DeedRow => {
    return {
      kind: "deed",
      id: all.length === 1 ? id : edgePath.leg(id, k),
      lane: end.lane,
      ...(end.note === undefined ? {} : { note: end.note }),
      deed: deedKind(statement),
      text: deedText(statement),
      ...(lane === undefined ? {} : { target: lane }),
      span: statement.span,
    };
  });
};

const transferTarget = (statement: LocalStatement | Let): RoleRef | undefined =>
  statement.kind === "let" && statement.value.kind === "transfer" ? statement.value.to : undefined;

/** A plain name for a value is nothing that happens; what is asked or handed over is. */
const letRows = (builder: Builder, node: Let, id: string, scope: Scope): readonly SequenceRow[] => {
  const silent = node.value.kind === "path" || node.value.kind === "constructor";
  const own = silent ? [] : deedRows(builder, node, id);
  return [...own, ...statements(builder, node.body ?? [], scope, (k) => edgePath.body(id, k))];
};

const sendRows = (builder: Builder, send: Send, id: string): readonly SequenceRow[] => {
  const legs = sendLegs(id, builder.lanes.ends(send.from), builder.lanes.ends(send.to));
  return legs.map((leg) => messageRow(builder, send, leg.edge, [leg]));
};

const broadcastRows = (builder: Builder, send: Broadcast, id: string): readonly SequenceRow[] => {
  const legs = broadcastLegs(id, builder.lanes.ends(send.from), builder.lanes.others(send.from));
  return legs.length === 0 ? [] : [messageRow(builder, send, id, legs)];
};

const messageRow = (
  builder: Builder,
  send: Send | Broadcast,
  edge: string,
  legs: readonly Leg[],
): MessageRow => {
  builder.messages += 1;
  return {
    kind: "message",
    id: edge,
    edge,
    label: send.message.name.text,
    payload: payloadText(send.message),
    legs,
    broadcast: send.kind === "broadcast",
    control: false,
    ...recordParts(send.record?.entries.map((entry) => ({ key: entry.key.text, value: entry.value })) ?? []),
    span: send.span,
  };
};

const payloadText = (message: Message): string =>
  [message.type === undefined ? "" : typeText(message.type), message.payload?.text ?? ""]
    .filter((part) => part !== "")
    .join(" ");

const typeText = (type: TypeSpec): string =>
  type.path.join(".") + (type.args.length === 0 ? "" : `<${type.args.map(typeText).join(", ")}>`);

/** Arm labels made unique, because a program with errors may repeat one. */
const armKeys = (arms: readonly ChoiceArm[]): readonly string[] => {
  const seen = new Map<string, number>();
  return arms.map(({ label }) => {
    const times = seen.get(label.text) ?? 0;
    seen.set(label.text, times + 1);
    return times === 0 ? label.text : `${label.text}~${times}`;
  });
};

const choiceFrame = (builder: Builder, choice: Choice, id: string, scope: Scope): FrameRow => {
  const decider = roleText(choice.decider);
  const keys = armKeys(choice.arms);
  const sections = choice.arms.map((arm, index): Section => {
    const key = keys[index] ?? arm.label.text;
    const rows = statements(builder, arm.body, scope, (k) => edgePath.arm(id, key, k));
    return {
      id: `${id}.${key}`,
      label: arm.label.text,
      ...(arm.guard === undefined ? {} : { guard: guardText(arm.guard) }),
      rows: markDecision(rows, arm, decider, id),
      span: arm.span,
    };
  });
  return frame("choice", id, frameTitle(choice), scope.tail ? markLeaving(sections) : sections, choice);
};

/** Says on the decider's first message of an arm that it announces the decision. */
const markDecision = (
  rows: readonly SequenceRow[],
  arm: ChoiceArm,
  decider: string,
  frame: string,
): readonly SequenceRow[] => {
  const [statement] = arm.body;
  if (statement?.kind !== "send" && statement?.kind !== "broadcast") return rows;
  if (roleText(statement.from) !== decider) return rows;
  const edge = rows[0]?.kind === "message" ? edgePath.send(rows[0].edge) : undefined;
  return rows.map((row) =>
    row.kind === "message" && edgePath.send(row.edge) === edge
      ? { ...row, decides: { frame, arm: arm.label.text } }
      : row,
  );
};

/** Where some arms of a `rec` body go back, the others leave it: each of those is closed by a mark. */
const markLeaving = (sections: readonly Section[]): readonly Section[] => {
  const back = sections.map((section) => wayBack(section.rows)).find((found) => found !== undefined);
  if (back === undefined) return sections;
  return sections.map((section) =>
    wayBack(section.rows) === undefined
      ? {
          ...section,
          rows: [...section.rows, { kind: "leave", id: `${section.id}.end`, text: `leaves ${back.label}` }],
        }
      : section,
  );
};

/** The `continue` that the rows end in, on some path, out of every frame among them. */
const wayBack = (rows: readonly SequenceRow[]): ContinueRow | undefined => {
  const last = rows.at(-1);
  if (last?.kind === "continue") return last;
  if (last?.kind !== "frame" || last.frame === "loop" || last.frame === "par") return undefined;
  return last.sections
    .map((section) => wayBack(section.rows))
    .find((found) => found !== undefined && found.target !== last.id);
};

const parFrame = (builder: Builder, par: Par, id: string, scope: Scope): FrameRow => {
  const sections = par.arms.map(
    (arm, index): Section => ({
      id: `${id}.${index}`,
      label: "",
      rows: statements(builder, arm.body, scope, (k) => edgePath.parArm(id, index, k)),
      span: arm.span,
    }),
  );
  return frame("par", id, frameTitle(par), sections, par);
};

const caseFrame = (builder: Builder, node: Case, id: string, scope: Scope): FrameRow => {
  const performer = builder.performer(node);
  const sections = node.arms.map((arm): Section => {
    const name = arm.constructor.text;
    const binders = arm.binders.map(({ text }) => text).join(", ");
    return {
      id: `${id}.${name}`,
      label: binders === "" ? name : `${name}(${binders})`,
      rows: statements(builder, arm.body, scope, (k) => edgePath.arm(id, name, k)),
      span: arm.span,
    };
  });
  const who = performer === undefined ? "" : ` · ${roleText(performer)} looks`;
  return frame("case", id, frameTitle(node) + who, scope.tail ? markLeaving(sections) : sections, node);
};

const timeoutFrame = (builder: Builder, node: Timeout, id: string, scope: Scope): FrameRow => {
  const part = (name: string, label: string, body: readonly Statement[]): Section => ({
    id: `${id}.${name}`,
    label,
    rows: statements(builder, body, scope, (k) => edgePath.arm(id, name, k)),
    span: node.span,
  });
  const sections = [
    part("body", "", node.body),
    part("timeout", "on timeout", node.onTimeout),
    ...(node.onCancel === undefined ? [] : [part("cancel", "on cancel", node.onCancel)]),
  ];
  return frame("timeout", id, frameTitle(node), scope.tail ? markLeaving(sections) : sections, node);
};

const bodyFrame = (builder: Builder, loop: Loop | Rec, id: string, scope: Scope): FrameRow => {
  const rows = statements(builder, loop.body, scope, (k) => edgePath.body(id, k));
  return frame(
    loop.kind,
    id,
    frameTitle(loop),
    [{ id: `${id}.body`, label: "", rows, span: loop.span }],
    loop,
  );
};

const recScope = (scope: Scope, rec: Rec, id: string): Scope => ({
  ...scope,
  recs: new Map(scope.recs).set(rec.label.text, id),
  tail: true,
});

const continueRow = (statement: Continue, id: string, scope: Scope): SequenceRow => {
  const target = scope.recs.get(statement.label.text);
  return {
    kind: "continue",
    id,
    label: statement.label.text,
    text: `back to ${statement.label.text}`,
    ...(target === undefined ? {} : { target }),
    span: statement.span,
  };
};

const callRow = (builder: Builder, call: Call, id: string, scope: Scope): SequenceRow => {
  const name = call.target.text;
  const body = builder.locals.get(name);
  if (body === undefined) return { kind: "note", id, text: `call · ${name} is not defined`, span: call.span };
  if (scope.calls.includes(name))
    return { kind: "note", id, text: `call · ${name} calls itself`, span: call.span };
  const rows = statements(builder, body, { ...scope, calls: [...scope.calls, name] }, (k) =>
    edgePath.call(id, name, k),
  );
  return frame(
    "call",
    id,
    frameTitle(call),
    [{ id: `${id}.${name}`, label: "", rows, span: call.span }],
    call,
  );
};

const frame = (
  kind: FrameKind,
  id: string,
  title: string,
  sections: readonly Section[],
  at: Statement,
): FrameRow => ({
  kind: "frame",
  id,
  frame: kind,
  title,
  summary: frameSummary(sections),
  sections,
  span: at.span,
});
