/** What all versions that grew out of one another share. */
interface Shared<V> {
  readonly keys: string[];
  readonly values: V[];
  readonly places: Map<string, number>;
}

/**
 * A map that only grows, in versions: a version never changes, and adding to
 * the newest one costs the same however large it is. Adding to an older one, as
 * after a write that failed, makes a copy. Keeps the order of insertion.
 */
export class GrowingMap<V> implements ReadonlyMap<string, V> {
  readonly size: number;
  private readonly shared: Shared<V>;

  private constructor(shared: Shared<V>, size: number) {
    this.shared = shared;
    this.size = size;
  }

  static empty<V>(): GrowingMap<V> {
    return new GrowingMap<V>({ keys: [], values: [], places: new Map() }, 0);
  }

  /** A version that also has this; a key it has already keeps its place. */
  with(key: string, value: V): GrowingMap<V> {
    const { keys, values, places } = this.shared;
    if (keys.length !== this.size || this.has(key)) return this.copied(key, value);
    places.set(key, keys.length);
    keys.push(key);
    values.push(value);
    return new GrowingMap(this.shared, keys.length);
  }

  private copied(key: string, value: V): GrowingMap<V> {
    const known = this.shared.places.get(key);
    const keys = this.shared.keys.slice(0, this.size);
    const values = this.shared.values.slice(0, this.size);
    const places = new Map(keys.map((name, place) => [name, place]));
    const place = known !== undefined && known < this.size ? known : keys.length;
    keys[place] = key;
    values[place] = value;
    places.set(key, place);
    return new GrowingMap({ keys, values, places }, keys.length);
  }

  private placeOf(key: string): number {
    const place = this.shared.places.get(key) ?? this.size;
    return place < this.size ? place : -1;
  }

  get(key: string): V | undefined {
    const place = this.placeOf(key);
    return place < 0 ? undefined : this.shared.values[place];
  }

  has(key: string): boolean {
    return this.placeOf(key) >= 0;
  }

  *entries(): MapIterator<[string, V]> {
    const { keys, values } = this.shared;
    for (let i = 0; i < this.size; i += 1) yield [keys[i] as string, values[i] as V];
  }

  *keys(): MapIterator<string> {
    for (const [key] of this.entries()) yield key;
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
