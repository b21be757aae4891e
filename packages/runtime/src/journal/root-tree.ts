import { hexToBytes } from "@noble/hashes/utils.js";
import { type Hash, hashDomain } from "@parley/wire";
import { compareText, isHash, zeroHash } from "./byte-order.ts";

/** A subtree of at most this many ids is a bucket, of more a branch: the shape follows from the set alone. */
export const bucketLimit = 32;

/** Few ids that share the digits above them, ascending, each with what it stands for. */
export interface Bucket<V> {
  readonly kind: "bucket";
  readonly ids: readonly Hash[];
  readonly values: readonly V[];
}

/** Sixteen subtrees, by the next hex digit of the id. */
export interface Branch<V> {
  readonly kind: "branch";
  readonly children: readonly (RootNode<V> | undefined)[];
  readonly size: number;
}

export type RootNode<V> = Bucket<V> | Branch<V>;

/**
 * A set of ids, each with a value, whose root depends on the ids alone: a
 * radix tree over the hex digits of the id, where equal sets have equal shape
 * whatever the order they came in (model §5). Persistent: adding copies the
 * path to one bucket and shares the rest.
 */
export interface RootTree<V> {
  readonly node: RootNode<V> | undefined;
}

const empty: RootTree<never> = { node: undefined };

/** The set of nothing; its root is 32 zero bytes. */
export const emptyTree = <V>(): RootTree<V> => empty;

export const nodeSize = <V>(node: RootNode<V> | undefined): number =>
  node === undefined ? 0 : node.kind === "bucket" ? node.ids.length : node.size;

/** How many ids the tree holds. */
export const treeSize = <V>(tree: RootTree<V>): number => nodeSize(tree.node);

/** The hex digit of an id at a depth: which child of a branch holds it. */
export const digitAt = (id: Hash, depth: number): number => {
  const code = id.charCodeAt(depth);
  return code < 58 ? code - 48 : code - 87;
};

/** Where an id is, or would be, in a bucket. */
const placeIn = (ids: readonly Hash[], id: Hash): number => {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareText(ids[middle] ?? "", id) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** The subtree of ids that ascend: a bucket while they fit, else one child for each digit that occurs. */
const build = <V>(ids: readonly Hash[], values: readonly V[], depth: number): RootNode<V> => {
  if (ids.length <= bucketLimit) return { kind: "bucket", ids, values };
  const children: (RootNode<V> | undefined)[] = new Array(16).fill(undefined);
  let from = 0;
  for (let digit = 0; digit < 16; digit += 1) {
    let to = from;
    while (to < ids.length && digitAt(ids[to] ?? "", depth) === digit) to += 1;
    if (to > from) children[digit] = build(ids.slice(from, to), values.slice(from, to), depth + 1);
    from = to;
  }
  return { kind: "branch", children, size: ids.length };
};

const spliced = <T>(list: readonly T[], at: number, one: T): readonly T[] => {
  const copy = list.slice();
  copy.splice(at, 0, one);
  return copy;
};

const insertNode = <V>(node: RootNode<V> | undefined, id: Hash, value: V, depth: number): RootNode<V> => {
  if (node === undefined) return { kind: "bucket", ids: [id], values: [value] };
  if (node.kind === "bucket") {
    const at = placeIn(node.ids, id);
    if (node.ids[at] === id) return node;
    return build(spliced(node.ids, at, id), spliced(node.values, at, value), depth);
  }
  const digit = digitAt(id, depth);
  const child = node.children[digit];
  const grown = insertNode(child, id, value, depth + 1);
  if (grown === child) return node;
  const children = node.children.slice();
  children[digit] = grown;
  return { kind: "branch", children, size: node.size + 1 };
};

/** The tree with one id more; the same tree when it holds the id already: the first value stays. */
export const insert = <V>(tree: RootTree<V>, id: Hash, value: V): RootTree<V> => {
  if (!isHash(id)) throw new RangeError(`no id of a fact: ${id}`);
  const node = insertNode(tree.node, id, value, 0);
  return node === tree.node ? tree : { node };
};

/** The tree of many ids at once, in any order; of an id given twice the first value stays. */
export const treeOf = <V>(entries: Iterable<readonly [Hash, V]>): RootTree<V> => {
  const byId = new Map<Hash, V>();
  for (const [id, value] of entries) {
    if (!isHash(id)) throw new RangeError(`no id of a fact: ${id}`);
    if (!byId.has(id)) byId.set(id, value);
  }
  if (byId.size === 0) return emptyTree();
  // Hex digits sort by code unit as their bytes do.
  const ids = [...byId.keys()].sort();
  const values = ids.map((id) => byId.get(id) as V);
  return { node: build(ids, values, 0) };
};

/** The value of an id; undefined when the tree does not hold it. */
export const lookUp = <V>(tree: RootTree<V>, id: Hash): V | undefined => {
  let node = tree.node;
  for (let depth = 0; node?.kind === "branch"; depth += 1) node = node.children[digitAt(id, depth)];
  if (node === undefined) return undefined;
  const at = placeIn(node.ids, id);
  return node.ids[at] === id ? node.values[at] : undefined;
};

/** Whether the tree holds an id. */
export const holds = <V>(tree: RootTree<V>, id: Hash): boolean => {
  let node = tree.node;
  for (let depth = 0; node?.kind === "branch"; depth += 1) node = node.children[digitAt(id, depth)];
  return node !== undefined && node.ids[placeIn(node.ids, id)] === id;
};

/** Ids and values of a subtree, ids ascending. */
export function* entriesOf<V>(node: RootNode<V> | undefined): Generator<readonly [Hash, V]> {
  if (node === undefined) return;
  if (node.kind === "branch") {
    for (const child of node.children) yield* entriesOf(child);
    return;
  }
  for (let at = 0; at < node.ids.length; at += 1) yield [node.ids[at] ?? "", node.values[at] as V];
}

/** The hash of a bucket: of its ids, one after the other. */
export const bucketHash = (ids: readonly Hash[]): Hash =>
  hashDomain("parley.root/bucket/1", hexToBytes(ids.join("")));

/** The hash of a branch: of its sixteen subtrees' hashes, zeros where there is none. */
export const branchHash = (children: readonly Hash[]): Hash =>
  hashDomain("parley.root/branch/1", hexToBytes(children.join("")));

/** Hashes of subtrees, made once each: nodes never change, so neither do they. */
const hashes = new WeakMap<object, Hash>();

export const nodeHash = <V>(node: RootNode<V> | undefined): Hash => {
  if (node === undefined) return zeroHash;
  const known = hashes.get(node);
  if (known !== undefined) return known;
  const hash =
    node.kind === "bucket" ? bucketHash(node.ids) : branchHash(node.children.map((child) => nodeHash(child)));
  hashes.set(node, hash);
  return hash;
};

/** The canonical root: equal exactly when the sets of ids are equal. */
export const root = <V>(tree: RootTree<V>): Hash => nodeHash(tree.node);
