import type { LocalType } from "./local-type.ts";

/** What a local type leads to, in order. */
export const localChildren = (type: LocalType): readonly LocalType[] => {
  switch (type.kind) {
    case "end":
    case "var":
      return [];
    case "mu":
      return [type.body];
    case "send":
    case "recv":
      return type.branches.map((b) => b.next);
    case "par":
      return [...type.arms, type.next];
    case "perform":
      return [type.next];
    case "decide":
      return type.branches.map((b) => b.next);
    case "scope":
      return [type.body, ...type.exits.map((exit) => exit.next)];
  }
};

const known = new WeakMap<LocalType, ReadonlySet<string>>();
const NONE: ReadonlySet<string> = new Set();

const ownFree = (type: LocalType): ReadonlySet<string> => {
  if (type.kind === "var") return new Set([type.name]);
  let free = NONE;
  for (const child of localChildren(type)) {
    const more = known.get(child) ?? NONE;
    if (more === free || more.size === 0) continue;
    free = free.size === 0 ? more : new Set([...free, ...more]);
  }
  if (type.kind !== "mu" || !free.has(type.var)) return free;
  return new Set([...free].filter((name) => name !== type.var));
};

/** Every distinct node below `root`, children first, stopping at nodes for which `stop` holds. Iterative. */
const below = (root: LocalType, stop: (type: LocalType) => boolean): readonly LocalType[] => {
  const order: LocalType[] = [];
  const seen = new Set<LocalType>([root]);
  const stack: { readonly type: LocalType; readonly children: readonly LocalType[]; at: number }[] = [
    { type: root, children: localChildren(root), at: 0 },
  ];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const child = top.children[top.at++];
    if (child === undefined) {
      order.push(top.type);
      stack.pop();
    } else if (!seen.has(child) && !stop(child)) {
      seen.add(child);
      stack.push({ type: child, children: localChildren(child), at: 0 });
    }
  }
  return order;
};

/** Free loop variables; remembered per node, so that building a type bottom-up stays linear. */
export const freeLocalVars = (type: LocalType): ReadonlySet<string> => {
  const before = known.get(type);
  if (before !== undefined) return before;
  for (const node of below(type, (child) => known.has(child))) known.set(node, ownFree(node));
  return known.get(type) ?? NONE;
};

type Inner = Exclude<LocalType, { readonly kind: "end" | "var" }>;
type Of = (type: LocalType) => LocalType;

/** The node with other parts. `inside` is for parts that end before what follows goes on: arms of a par, the body of a timeout. */
const withLocalChildren = (node: Inner, of: Of, inside: Of): LocalType => {
  switch (node.kind) {
    case "mu":
      return { ...node, body: of(node.body) };
    case "par":
      return { ...node, arms: node.arms.map(inside), next: of(node.next) };
    case "perform":
      return { ...node, next: of(node.next) };
    case "decide":
      return { ...node, branches: node.branches.map((b) => ({ ...b, next: of(b.next) })) };
    case "scope":
      return {
        ...node,
        body: inside(node.body),
        exits: node.exits.map((e) => ({ ...e, next: of(e.next) })),
      };
    case "send":
    case "recv":
      return { ...node, branches: node.branches.map((b) => ({ ...b, next: of(b.next) })) };
  }
};

/** Rebuilds bottom-up, each distinct node once; nodes whose children stay are kept. */
const rebuildLocal = (
  root: LocalType,
  leaf: (type: LocalType) => LocalType,
  stop: (type: LocalType) => boolean,
  intoArms: boolean,
): LocalType => {
  const made = new Map<LocalType, LocalType>();
  const of: Of = (type) => made.get(type) ?? type;
  const inside: Of = intoArms ? of : (type) => type;
  for (const node of below(root, stop)) {
    if (node.kind === "end" || node.kind === "var") made.set(node, leaf(node));
    else if (localChildren(node).every((child) => of(child) === child)) made.set(node, node);
    else made.set(node, withLocalChildren(node, of, inside));
  }
  return of(root);
};

/** Opens a loop once: its body with the whole loop in place of its variable. */
export const unfoldLocal = (loop: LocalType & { readonly kind: "mu" }): LocalType =>
  rebuildLocal(
    loop.body,
    (leaf) => (leaf.kind === "var" && leaf.name === loop.var ? loop : leaf),
    (child) => !freeLocalVars(child).has(loop.var),
    true,
  );

/** `rest` in place of every end of `type`, but for the ends of its parallel arms and of bodies under a timeout. */
export const localThen = (type: LocalType, rest: LocalType): LocalType =>
  rest.kind === "end"
    ? type
    : rebuildLocal(
        type,
        (leaf) => (leaf.kind === "end" ? rest : leaf),
        () => false,
        false,
      );

/** Another name for a free variable. `to` must not be bound anywhere inside. */
export const renameLocal = (type: LocalType, from: string, to: string): LocalType => {
  if (from === to || !freeLocalVars(type).has(from)) return type;
  const leaf = (t: LocalType): LocalType =>
    t.kind === "var" && t.name === from ? { kind: "var", name: to } : t;
  return rebuildLocal(type, leaf, (child) => !freeLocalVars(child).has(from), true);
};

/** Every name bound in the type. */
export const boundNames = (type: LocalType): ReadonlySet<string> =>
  new Set(below(type, () => false).flatMap((node) => (node.kind === "mu" ? [node.var] : [])));
