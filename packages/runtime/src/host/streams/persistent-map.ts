/** Entries of one slot; more are spread over sixteen slots below. */
const SLOT_LIMIT = 8;
/** Digits of a 32-bit hash: below the last one a slot holds whatever shares all of them. */
const DEPTH = 8;

interface Slot<V> {
  readonly kind: "slot";
  readonly keys: readonly string[];
  readonly values: readonly V[];
}

interface Fan<V> {
  readonly kind: "fan";
  readonly children: readonly (Node<V> | undefined)[];
}

type Node<V> = Slot<V> | Fan<V>;

/**
 * A map from text whose changes share what they leave alone: a state that
 * holds thousands of budgets costs a few small arrays a change, and every
 * earlier state stays whole.
 */
export interface PersistentMap<V> {
  readonly size: number;
  readonly node: Node<V> | undefined;
}

const empty: PersistentMap<never> = { size: 0, node: undefined };

export const emptyMap = <V>(): PersistentMap<V> => empty;

/** FNV-1a over code units: spreads, and is the same everywhere. */
const hashOf = (key: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at += 1) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  return hash >>> 0;
};

const digitOf = (hash: number, depth: number): number => (hash >>> (4 * depth)) & 15;

/** The value of a key; undefined when the map has none. */
export const getFrom = <V>(map: PersistentMap<V>, key: string): V | undefined => {
  const hash = hashOf(key);
  let node = map.node;
  for (let depth = 0; node?.kind === "fan"; depth += 1) node = node.children[digitOf(hash, depth)];
  if (node === undefined) return undefined;
  const at = node.keys.indexOf(key);
  return at < 0 ? undefined : node.values[at];
};

const spread = <V>(keys: readonly string[], values: readonly V[], depth: number): Node<V> => {
  if (keys.length <= SLOT_LIMIT || depth >= DEPTH) return { kind: "slot", keys, values };
  const children: (Node<V> | undefined)[] = new Array(16).fill(undefined);
  keys.forEach((key, at) => {
    const digit = digitOf(hashOf(key), depth);
    children[digit] = putNode(children[digit], key, values[at] as V, depth + 1);
  });
  return { kind: "fan", children };
};

const putNode = <V>(node: Node<V> | undefined, key: string, value: V, depth: number): Node<V> => {
  if (node === undefined) return { kind: "slot", keys: [key], values: [value] };
  if (node.kind === "fan") {
    const digit = digitOf(hashOf(key), depth);
    const children = node.children.slice();
    children[digit] = putNode(children[digit], key, value, depth + 1);
    return { kind: "fan", children };
  }
  const at = node.keys.indexOf(key);
  if (at < 0) return spread([...node.keys, key], [...node.values, value], depth);
  return { kind: "slot", keys: node.keys, values: node.values.with(at, value) };
};

/** The map with a key set; the map given is left as it is. */
export const putInto = <V>(map: PersistentMap<V>, key: string, value: V): PersistentMap<V> => ({
  size: getFrom(map, key) === undefined ? map.size + 1 : map.size,
  node: putNode(map.node, key, value, 0),
});

function* walk<V>(node: Node<V> | undefined): Generator<readonly [string, V]> {
  if (node === undefined) return;
  if (node.kind === "fan") {
    for (const child of node.children) yield* walk(child);
    return;
  }
  for (let at = 0; at < node.keys.length; at += 1) yield [node.keys[at] ?? "", node.values[at] as V];
}

/** Every key with its value, in an order that says nothing. */
export const entriesIn = <V>(map: PersistentMap<V>): Iterable<readonly [string, V]> => walk(map.node);
