import type { Lane, SequenceModel } from "../diagram/sequence-model.ts";
import type { KernelProtocol } from "../kernel/node.ts";
import { compareText } from "../theory/label.ts";
import { type Aligned, align, alignArms } from "./align.ts";
import { type DiffNode, diffTree, nodeText } from "./diff-node.ts";
import type { AlignedRow, Change, ChangeKind, ChangeRef, ProtocolDiff } from "./protocol-diff.ts";
import { sentenceOf } from "./sentence.ts";

/** One version: its picture, and what its head says where it can be lowered. */
export interface DiffSide {
  readonly sequence: SequenceModel;
  readonly kernel?: KernelProtocol;
}

/** A change before it is known which side is told as the new one: `what` in the words of either. */
interface Draft extends Omit<Change, "sentence" | "what"> {
  readonly whats: readonly [old: string, now: string];
}

interface Compared {
  readonly drafts: readonly Draft[];
  readonly rows: readonly AlignedRow[];
}

const refOf = (node: DiffNode): ChangeRef =>
  node.span === undefined ? { id: node.id } : { id: node.id, span: node.span };

const both = (a: readonly string[], b: readonly string[]): readonly string[] => [...new Set([...a, ...b])];

/** Statements of one side only, kept until it is known whether they only moved. */
interface Single {
  readonly node: DiffNode;
  readonly row: number;
  /** Where its change would stand; none when the whole around it came or went. */
  readonly change: number | undefined;
}

/** The frame an arm belongs to, in the words of both sides. */
interface Around {
  readonly titles: readonly [old: string, now: string];
  readonly roles: readonly string[];
}

const NOWHERE: Around = { titles: ["", ""], roles: [] };

class Differ {
  readonly changes: (Draft | undefined)[] = [];
  readonly rows: (AlignedRow | undefined)[] = [];
  private readonly gone: Single[] = [];
  private readonly come: Single[] = [];

  lists(pairs: readonly Aligned[], around: Around = NOWHERE): void {
    for (const { old, new: now } of pairs) {
      if (old !== undefined && now !== undefined) this.pair(old, now, around);
      else if (old !== undefined) this.single(old, "old", around);
      else if (now !== undefined) this.single(now, "new", around);
    }
  }

  /** A message that went here and came there has moved. */
  moves(): void {
    const left = [...this.come];
    for (const from of this.gone) {
      const at = left.findIndex(({ node }) => node.name === from.node.name && node.ends === from.node.ends);
      const to = left[at];
      if (to === undefined) continue;
      left.splice(at, 1);
      this.rows[from.row] = undefined;
      this.rows[to.row] = { old: from.node.id, new: to.node.id, moved: true };
      if (from.change !== undefined) this.changes[from.change] = undefined;
      const moved = this.draft("moved", [from.node, to.node], [nodeText(from.node), nodeText(to.node)], {});
      if (to.change === undefined) this.changes.push(moved);
      else this.changes[to.change] = moved;
      this.fields(from.node, to.node);
    }
  }

  private draft(
    kind: ChangeKind,
    [old, now]: readonly [DiffNode | undefined, DiffNode | undefined],
    whats: readonly [string, string],
    rest: Pick<Change, "field" | "before" | "after" | "messages">,
  ): Draft {
    return {
      kind,
      whats,
      ...rest,
      ...(old === undefined ? {} : { old: refOf(old) }),
      ...(now === undefined ? {} : { new: refOf(now) }),
      roles: both(old?.roles ?? [], now?.roles ?? []),
    };
  }

  private pair(old: DiffNode, now: DiffNode, around: Around = NOWHERE): void {
    this.rows.push({ old: old.id, new: now.id });
    this.fields(old, now, around);
    const arms = now.kind === "frame" && (now.name === "choice" || now.name === "case");
    this.lists(
      arms ? alignArms(old.children, now.children) : align(old.children, now.children),
      now.kind === "frame" ? { titles: [old.ends, now.ends], roles: both(old.roles, now.roles) } : around,
    );
  }

  private fields(old: DiffNode, now: DiffNode, around: Around = NOWHERE): void {
    const note = (
      kind: ChangeKind,
      whats: readonly [string, string],
      before: string,
      after: string,
    ): void => {
      if (before !== after) this.changes.push(this.draft(kind, [old, now], whats, { before, after }));
    };
    switch (now.kind) {
      case "message":
        note("renamed", [old.ends, now.ends], old.name, now.name);
        note("redirected", [old.name, now.name], old.ends, now.ends);
        note("retyped", [nodeText(old), nodeText(now)], old.payload, now.payload);
        this.annotations(old, now);
        return;
      case "deed":
        note("deedChanged", [old.ends, now.ends], old.name, now.name);
        return;
      case "continue":
        note("deedChanged", ["A way back", "A way back"], old.name, now.name);
        return;
      case "frame":
        note("frameChanged", [old.ends, now.ends], old.ends, now.ends);
        return;
      case "section": {
        const [before, after] = around.titles;
        note("armRenamed", around.titles, old.name, now.name);
        note("armGuarded", [`${before}, arm ${old.name}`, `${after}, arm ${now.name}`], old.ends, now.ends);
      }
    }
  }

  private annotations(old: DiffNode, now: DiffNode): void {
    const values = (node: DiffNode, key: string): string | undefined => {
      const found = node.annotations.filter((one) => one.key === key).map((one) => one.value);
      return found.length === 0 ? undefined : found.join(", ");
    };
    const keys = (node: DiffNode): readonly string[] => node.annotations.map((one) => one.key);
    for (const key of both(keys(old), keys(now))) {
      const before = values(old, key);
      const after = values(now, key);
      if (before === after) continue;
      const sides = {
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after }),
      };
      const whats = [nodeText(old), nodeText(now)] as const;
      this.changes.push(this.draft("annotated", [old, now], whats, { field: key, ...sides }));
    }
  }

  private single(node: DiffNode, side: "old" | "new", around: Around = NOWHERE, inside = false): void {
    const row = this.rows.push(side === "old" ? { old: node.id } : { new: node.id }) - 1;
    const change = inside ? undefined : this.changes.push(this.singleChange(node, side, around)) - 1;
    if (node.kind === "message") (side === "old" ? this.gone : this.come).push({ node, row, change });
    for (const child of node.children) this.single(child, side, around, true);
  }

  private singleChange(node: DiffNode, side: "old" | "new", around: Around): Draft {
    const isOld = side === "old";
    const ends = isOld ? ([node, undefined] as const) : ([undefined, node] as const);
    const { messages } = node;
    if (node.kind === "frame") {
      return this.draft(isOld ? "frameRemoved" : "frameAdded", ends, [node.ends, node.ends], { messages });
    }
    const text = nodeText(node);
    if (node.kind !== "section") return this.draft(isOld ? "removed" : "added", ends, [text, text], {});
    const label = isOld ? { before: node.name } : { after: node.name };
    const made = this.draft(isOld ? "armRemoved" : "armAdded", ends, around.titles, { ...label, messages });
    // Whoever takes part in the decision has an arm more or less.
    return { ...made, roles: both(made.roles, around.roles) };
  }
}

const laneChanges = (old: readonly Lane[], now: readonly Lane[]): readonly Draft[] => {
  const drafts: Draft[] = [];
  const size = (lane: Lane): string => lane.size ?? "";
  const base = ({ id }: Lane) => ({ whats: [id, id], roles: [id] }) as const;
  for (const lane of old) {
    const other = now.find(({ id }) => id === lane.id);
    const ref = { id: lane.id };
    if (other === undefined) drafts.push({ kind: "roleRemoved", ...base(lane), old: ref });
    else if (size(other) !== size(lane)) {
      const sizes = { before: size(lane), after: size(other) };
      drafts.push({ kind: "roleResized", ...base(lane), old: ref, new: ref, ...sizes });
    }
  }
  for (const lane of now) {
    if (old.some(({ id }) => id === lane.id)) continue;
    drafts.push({ kind: "roleAdded", ...base(lane), new: { id: lane.id } });
  }
  return drafts;
};

const HEAD = ["requires", "uses", "under", "bundles", "effects", "operations"] as const;

const headText = (kernel: KernelProtocol, field: (typeof HEAD)[number]): string =>
  (kernel[field] ?? []).map((one) => (typeof one === "string" ? one : JSON.stringify(one))).join(", ");

/** Names of module and protocol are no part of what is said to anybody, and are left out (spec/language §23). */
const headChanges = (old: KernelProtocol | undefined, now: KernelProtocol | undefined): readonly Draft[] =>
  old === undefined || now === undefined
    ? []
    : HEAD.flatMap((field) => {
        const before = headText(old, field);
        const after = headText(now, field);
        if (before === after) return [];
        return [{ kind: "head" as const, whats: [field, field] as const, field, before, after, roles: [] }];
      });

const compared = (old: DiffSide, now: DiffSide): Compared => {
  const differ = new Differ();
  differ.lists(align(diffTree(old.sequence), diffTree(now.sequence)));
  differ.moves();
  return {
    drafts: [
      ...headChanges(old.kernel, now.kernel),
      ...laneChanges(old.sequence.lanes, now.sequence.lanes),
      ...differ.changes.filter((draft) => draft !== undefined),
    ],
    rows: differ.rows.filter((row) => row !== undefined),
  };
};

const finished = ({ drafts, rows }: Compared): ProtocolDiff => {
  const changes = drafts.map(({ whats, ...rest }): Change => {
    const draft = { ...rest, what: whats[1] };
    return { ...draft, sentence: sentenceOf(draft) };
  });
  return { changes, rows, roles: [...new Set(changes.flatMap(({ roles }) => roles))] };
};

const OPPOSITE: Partial<Record<ChangeKind, ChangeKind>> = {
  added: "removed",
  removed: "added",
  roleAdded: "roleRemoved",
  roleRemoved: "roleAdded",
  armAdded: "armRemoved",
  armRemoved: "armAdded",
  frameAdded: "frameRemoved",
  frameRemoved: "frameAdded",
};

const turnedDraft = ({ old, new: now, before, after, kind, whats, ...rest }: Draft): Draft => ({
  ...rest,
  kind: OPPOSITE[kind] ?? kind,
  whats: [whats[1], whats[0]],
  ...(after === undefined ? {} : { before: after }),
  ...(before === undefined ? {} : { after: before }),
  ...(now === undefined ? {} : { old: now }),
  ...(old === undefined ? {} : { new: old }),
});

/** The same differences, told from the other side. */
const turned = ({ drafts, rows }: Compared): Compared => ({
  drafts: drafts.map(turnedDraft),
  rows: rows.map(({ old, new: now, moved }) => ({
    ...(now === undefined ? {} : { old: now }),
    ...(old === undefined ? {} : { new: old }),
    ...(moved === undefined ? {} : { moved }),
  })),
});

const orderKey = ({ sequence }: DiffSide): string => JSON.stringify([sequence.lanes, sequence.rows]);

/**
 * How `now` differs from `old`, statement by statement: lists are lined up so
 * that most stays opposite its like, what went here and came there has moved,
 * and every statement of both is in exactly one row. Asked the other way
 * round, the answer is the same told backwards.
 *
 * @example diffProtocols({ sequence: staticSequence(a) }, { sequence: staticSequence(b) }).changes
 */
export const diffProtocols = (old: DiffSide, now: DiffSide): ProtocolDiff =>
  finished(compareText(orderKey(old), orderKey(now)) <= 0 ? compared(old, now) : turned(compared(now, old)));
