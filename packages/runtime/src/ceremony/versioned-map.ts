/** What all versions that grew out of one another share: of each key every value it had, with the version that gave it. */
interface Shared<V> {
  readonly keys: string[];
  readonly cells: Map<string, { readonly since: number; readonly value: V }[]>;
  newest: number;
}

/**
 * A map in versions: a version never changes, and changing the newest one
 * costs the same however large it is. Changing an older one, as after a write
 * that failed, makes a copy. Keeps the order of insertion.
 */
export class VersionedMap<V> implements ReadonlyMap<string, V> {
  readonly size: number;
  private readonly version: number;
  private readonly shared: Shared<V>;

  private constructor(shared: Shared<V>, version: number, size: number) {
    this.shared = shared;
    this.version = version;
    this.size = size;
  }

  static of<V>(entries: Iterable<readonly [string, V]> = []): VersionedMap<V> {
    const cells = new Map([...entries].map(([key, value]) => [key, [{ since: 0, value }]]));
    return new VersionedMap<V>({ keys: [...cells.keys()], cells, newest: 0 }, 0, cells.size);
  }

  /** A version with this value; a key it has already keeps its place. */
  with(key: string, value: V): VersionedMap<V> {
    const { shared } = this;
    if (shared.newest !== this.version) return VersionedMap.of(this).with(key, value);
    const known = shared.cells.get(key);
    shared.newest += 1;
    const cell = { since: shared.newest, value };
    if (known === undefined) {
      shared.keys.push(key);
      shared.cells.set(key, [cell]);
    } else known.push(cell);
    return new VersionedMap(shared, shared.newest, shared.keys.length);
  }

  get(key: string): V | undefined {
    return this.shared.cells.get(key)?.findLast(({ since }) => since <= this.version)?.value;
  }

  has(key: string): boolean {
    return (this.shared.cells.get(key)?.[0]?.since ?? Number.POSITIVE_INFINITY) <= this.version;
  }

  *entries(): MapIterator<[string, V]> {
    for (const key of this.keys()) yield [key, this.get(key) as V];
  }

  *keys(): MapIterator<string> {
    for (let at = 0; at < this.size; at += 1) yield this.shared.keys[at] as string;
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries();
  }

  forEach(use: (value: V, key: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [key, value] of this.entries()) use(value, key, this);
  }
}
