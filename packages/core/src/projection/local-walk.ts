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

/** Rebuilds bottom-up, each distinct node once; nodes whose children stay are kept. */
const rebuildLocal = (
  root: LocalType,
  leaf: (type: LocalType) => LocalType,
  stop: (type: LocalType) => boolean,
  intoArms: boolean,
): LocalType => {
  const made = new Map<LocalType, LocalType>();
  const of = (type: LocalType): LocalType => made.get(type) ?? type;
  for (const node of below(root, stop)) {
    if (node.kind === "end" || node.kind === "var") made.set(node, leaf(node));
    else if (localChildren(node).every((child) => of(child) === child)) made.set(node, node);
    else if (node.kind === "mu") made.set(node, { ...node, body: of(node.body) });
    else if (node.kind === "par") {
      made.set(node, { ...node, arms: intoArms ? node.arms.map(of) : node.arms, next: of(node.next) });
    } else {
      made.set(node, { ...node, branches: node.branches.map((b) => ({ ...b, next: of(b.next) })) });
    }
  }
  return of(root);
};

/** `rest` in place of every end of `type`, but for the ends of its parallel arms. */
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
