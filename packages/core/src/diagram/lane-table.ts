import type { RoleDecl, RoleIndex, RoleParam, RoleRef } from "../constructs/roles/node.ts";
import type { Lane } from "./sequence-model.ts";

/** Where one end of a message lies. */
export interface Endpoint {
  readonly lane: string;
  readonly note?: string;
}

/** The ends a role reference means. `legs` are the members in order when they are known, else one end stands for all. */
export interface Ends {
  readonly many: boolean;
  readonly known: boolean;
  readonly list: readonly Endpoint[];
}

/** `W`, `W[0]`, `W[*]`, `W[0..3]` as written. */
export const roleText = (ref: RoleRef): string => ref.name.text + (indexText(ref.index) ?? "");

const indexText = (index: RoleIndex | undefined): string | undefined => {
  if (index === undefined) return undefined;
  switch (index.kind) {
    case "at":
      return `[${index.index}]`;
    case "symbolic":
      return `[${index.name}]`;
    case "all":
      return "[*]";
    case "range":
      return `[${index.start}..${index.end}]`;
  }
};

const sizeText = (param: RoleParam): string => {
  switch (param.kind) {
    case "static":
      return String(param.count);
    case "symbolic":
      return param.name;
    case "runtime":
      return "*";
  }
};

const memberCount = (size: number): number => Math.max(1, Math.min(10_000, Math.trunc(size)));

const endpoint = (lane: string, note: string | undefined): Endpoint =>
  note === undefined ? { lane } : { lane, note };

/**
 * The lanes of a protocol and what its role references mean on them. A role
 * that was never declared gets a lane at the end, so that a program with errors
 * still draws.
 */
export interface LaneTable {
  readonly lanes: readonly Lane[];
  readonly ends: (ref: RoleRef) => Ends;
  /** The ends of `A ->*`, one a declaration other than the sender's, in order of declaration. */
  readonly others: (sender: RoleRef) => readonly Ends[];
}

/** Builds the lanes. `unfold` gives sizes for the families to be drawn member by member. */
export const laneTable = (
  declarations: readonly RoleDecl[],
  unfold: Readonly<Record<string, number>>,
  values: Readonly<Record<string, number>>,
): LaneTable => {
  const lanes: Lane[] = [];
  const declared = new Map<string, Declared>();
  for (const declaration of declarations) {
    if (declared.has(declaration.name.text)) continue;
    const entry = declare(declaration, declared.size, unfold);
    declared.set(declaration.name.text, entry);
    lanes.push(...entry.lanes);
  }

  const entryOf = (role: string): Declared => {
    const known = declared.get(role);
    if (known !== undefined) return known;
    const ordinal = declared.size;
    const entry: Declared = { family: false, lanes: [{ id: role, kind: "role", role, ordinal }] };
    declared.set(role, entry);
    lanes.push(...entry.lanes);
    return entry;
  };

  return {
    lanes,
    ends: (ref) => endsOf(entryOf(ref.name.text), ref.index, values),
    others: (sender) => {
      entryOf(sender.name.text);
      return [...declared]
        .filter(([role]) => role !== sender.name.text)
        .map(([, entry]) => endsOf(entry, undefined, values));
    },
  };
};

interface Declared {
  readonly family: boolean;
  readonly lanes: readonly Lane[];
}

const declare = (
  declaration: RoleDecl,
  ordinal: number,
  unfold: Readonly<Record<string, number>>,
): Declared => {
  const role = declaration.name.text;
  const { param } = declaration;
  if (param === undefined) return { family: false, lanes: [{ id: role, kind: "role", role, ordinal }] };
  const size = Object.hasOwn(unfold, role) ? unfold[role] : undefined;
  if (size === undefined)
    return { family: true, lanes: [{ id: role, kind: "family", role, size: sizeText(param), ordinal }] };
  const members = Array.from({ length: memberCount(size) }, (_, index): Lane => {
    return { id: `${role}[${index}]`, kind: "member", role, index, ordinal };
  });
  return { family: true, lanes: members };
};

const endsOf = (
  entry: Declared,
  index: RoleIndex | undefined,
  values: Readonly<Record<string, number>>,
): Ends => {
  const first = entry.lanes[0];
  if (first === undefined) return { many: false, known: true, list: [] };
  const note = indexText(index);
  if (!entry.family) return { many: false, known: true, list: [endpoint(first.id, note)] };
  const value = (end: number | string): number | undefined =>
    typeof end === "number" ? end : Object.hasOwn(values, end) ? values[end] : undefined;
  if (first.kind === "family") {
    const single = index?.kind === "at" || index?.kind === "symbolic";
    return { many: !single, known: single, list: [endpoint(first.id, note)] };
  }
  const at = (k: number | undefined): Endpoint => {
    const lane = k === undefined ? undefined : entry.lanes[k];
    return lane === undefined ? endpoint(first.id, note) : { lane: lane.id };
  };
  if (index?.kind === "at") return { many: false, known: true, list: [at(index.index)] };
  if (index?.kind === "symbolic") return { many: false, known: true, list: [at(value(index.name))] };
  const start = index?.kind === "range" ? (value(index.start) ?? 0) : 0;
  const end = index?.kind === "range" ? (value(index.end) ?? entry.lanes.length) : entry.lanes.length;
  return { many: true, known: true, list: entry.lanes.slice(start, end).map((lane) => ({ lane: lane.id })) };
};
