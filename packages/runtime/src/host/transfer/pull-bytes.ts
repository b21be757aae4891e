import type { RunningHash } from "@parley/wire";

/** A file that cannot be read on: it is not what it should be, or more than may be. */
export class UnreadableFile extends Error {
  /** How long it would be at least, when that is too long. */
  readonly size: number | undefined;

  constructor(why: string, size?: number) {
    super(why);
    this.size = size;
  }
}

const MAJOR = { bytes: 2, text: 3, list: 4, map: 5 } as const;

/** Canonical bytes read item by item from pieces as they arrive; no more is held than the item that is read. */
export class PullBytes {
  /** Told of every byte once it is read. */
  readonly hashes: RunningHash[] = [];
  private readonly pieces: AsyncIterator<Uint8Array>;
  private readonly limit: number;
  private held = new Uint8Array();
  private at = 0;
  private arrived = 0;

  /** `limit` is how many bytes there may be. */
  constructor(pieces: AsyncIterable<Uint8Array>, limit: number) {
    this.pieces = pieces[Symbol.asyncIterator]();
    this.limit = limit;
  }

  /** Whether another piece came. */
  private async more(): Promise<boolean> {
    const next = await this.pieces.next();
    if (next.done === true) return false;
    const piece = next.value;
    this.arrived += piece.length;
    if (this.arrived > this.limit) throw new UnreadableFile("it is too long", this.arrived);
    const rest = this.held.subarray(this.at);
    this.held = new Uint8Array(rest.length + piece.length);
    this.held.set(rest);
    this.held.set(piece, rest.length);
    this.at = 0;
    return true;
  }

  /** The next bytes; they are the caller's own. */
  async take(count: number): Promise<Uint8Array> {
    if (count > this.limit) throw new UnreadableFile("it is too long", count);
    while (this.held.length - this.at < count)
      if (!(await this.more())) throw new UnreadableFile("it ends too early");
    const taken = this.held.slice(this.at, this.at + count);
    this.at += count;
    for (const hash of this.hashes) hash.add(taken);
    return taken;
  }

  /** The size in an item's head. */
  async head(kind: keyof typeof MAJOR): Promise<number> {
    const [first = 0] = await this.take(1);
    const low = first & 0x1f;
    const width = low < 24 ? 0 : low < 28 ? 1 << (low - 24) : -1;
    if (first >> 5 !== MAJOR[kind] || width < 0)
      throw new UnreadableFile(`it has no ${kind} where one belongs`);
    let size = width === 0 ? low : 0;
    for (const byte of await this.take(width)) size = size * 256 + byte;
    const shortest = width === 0 || size >= (width === 1 ? 24 : 256 ** (width / 2));
    if (!shortest || !Number.isSafeInteger(size)) throw new UnreadableFile("it is not in canonical form");
    return size;
  }

  async bytes(): Promise<Uint8Array> {
    return this.take(await this.head("bytes"));
  }

  /** Everything up to the end. */
  async rest(): Promise<Uint8Array> {
    while (await this.more());
    return this.take(this.held.length - this.at);
  }
}
