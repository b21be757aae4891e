/**
 * A map that is nothing until something is put in. A machine has many that
 * nearly always stay empty; ten thousand machines have a hundred thousand.
 */
export class LazyMap<K, V> implements Iterable<readonly [K, V]> {
  private inner: Map<K, V> | undefined;

  constructor(entries?: Iterable<readonly [K, V]>) {
    if (entries !== undefined) for (const [key, value] of entries) this.set(key, value);
  }

  get size(): number {
    return this.inner === undefined ? 0 : this.inner.size;
  }

  get(key: K): V | undefined {
    return this.inner?.get(key);
  }

  has(key: K): boolean {
    return this.inner?.has(key) ?? false;
  }

  set(key: K, value: V): this {
    this.inner ??= new Map();
    this.inner.set(key, value);
    return this;
  }

  delete(key: K): boolean {
    return this.inner?.delete(key) ?? false;
  }

  clear(): void {
    this.inner = undefined;
  }

  keys(): Iterable<K> {
    return this.inner?.keys() ?? [];
  }

  values(): Iterable<V> {
    return this.inner?.values() ?? [];
  }

  [Symbol.iterator](): Iterator<readonly [K, V]> {
    return (this.inner ?? [])[Symbol.iterator]();
  }
}

/** A set that is nothing until something is put in. */
export class LazySet<T> implements Iterable<T> {
  private inner: Set<T> | undefined;

  constructor(values?: Iterable<T>) {
    if (values !== undefined) for (const value of values) this.add(value);
  }

  get size(): number {
    return this.inner === undefined ? 0 : this.inner.size;
  }

  has(value: T): boolean {
    return this.inner?.has(value) ?? false;
  }

  add(value: T): this {
    this.inner ??= new Set();
    this.inner.add(value);
    return this;
  }

  delete(value: T): boolean {
    return this.inner?.delete(value) ?? false;
  }

  clear(): void {
    this.inner = undefined;
  }

  [Symbol.iterator](): Iterator<T> {
    return (this.inner ?? [])[Symbol.iterator]();
  }
}
