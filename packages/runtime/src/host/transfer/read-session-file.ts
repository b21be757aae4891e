import {
  canonicalHead,
  decodeCanonical,
  type Entry,
  type Hash,
  runningHash,
  type StreamKind,
} from "@parley/wire";
import { done, type HostError, type Result, refused } from "../host-error.ts";
import type { Stage } from "../ports.ts";
import { PullBytes, UnreadableFile } from "./pull-bytes.ts";
import {
  badFile,
  DIGEST_DOMAIN,
  type FileEntry,
  MAX_IMPORT,
  protocolFault,
  readFileEntry,
  SESSION_FILE,
  type SessionFile,
} from "./session-file.ts";
import { type Ends, fileDiffers, type StreamVerifier, streamVerifier } from "./verify-stream.ts";

/** A stream of a file that was read and put aside. */
export interface ReadStream {
  readonly stream: string;
  readonly kind: StreamKind;
  /** What entry 0 asked for. */
  readonly pin: Entry["input"] | undefined;
  readonly head: number;
  readonly hash: Hash | "";
}

/** A file whose every entry replays to what it records. */
export interface ReadFile {
  /** Of all its bytes. */
  readonly hash: Hash;
  readonly session: string;
  readonly protocol: SessionFile["protocol"];
  readonly streams: readonly ReadStream[];
}

/** Entries put aside at once. */
const BATCH = 256;

const textOf = async (file: PullBytes): Promise<string> => {
  const size = await file.head("text");
  const bytes = await file.take(size);
  const head = canonicalHead("text", size);
  const item = new Uint8Array(head.length + size);
  item.set(head);
  item.set(bytes, head.length);
  return decodeCanonical(item) as string;
};

const expectKey = async (file: PullBytes, key: string): Promise<void> => {
  const found = await textOf(file);
  if (found !== key) throw new UnreadableFile(`it has ${JSON.stringify(found)} where ${key} belongs`);
};

class Refused extends Error {
  readonly error: HostError;

  constructor(error: HostError) {
    super(error.kind);
    this.error = error;
  }
}

const check = (error: HostError | undefined): void => {
  if (error !== undefined) throw new Refused(error);
};

interface Reading {
  readonly file: PullBytes;
  readonly stage: Stage;
  readonly ends: Ends;
  readonly yield: () => Promise<void>;
}

const readEntries = async (
  { file, stage, yield: rest }: Reading,
  of: { readonly stream: string; readonly kind: StreamKind; readonly hashes: readonly Hash[] },
  verifier: StreamVerifier,
): Promise<ReadStream> => {
  const { stream, kind, hashes } = of;
  const size = await file.head("list");
  if (size !== hashes.length) throw new UnreadableFile("streams are malformed");
  let pin: Entry["input"] | undefined;
  let previous: Hash | "" = "";
  let batch: FileEntry[] = [];
  for (let seq = 0; seq < size; seq += 1) {
    const read = readFileEntry(stream, { seq, previous, hash: hashes[seq] }, await file.bytes());
    if (!read.ok) throw new Refused(read.error);
    check(verifier.add(read.value));
    previous = read.value.hash;
    if (seq === 0) pin = read.value.entry.input;
    batch.push(read.value);
    if (batch.length < BATCH && seq + 1 < size) continue;
    await stage.add(
      stream,
      kind,
      batch.map(({ entry, bytes, hash }) => ({ seq: entry.seq, bytes, hash })),
    );
    batch = [];
    await rest();
  }
  check(verifier.end());
  return { stream, kind, pin, head: size - 1, hash: previous };
};

const readStream = async (reading: Reading): Promise<ReadStream> => {
  const { file, ends } = reading;
  if ((await file.head("map")) !== 4) throw new UnreadableFile("streams are malformed");
  await expectKey(file, "kind");
  const kind = (await textOf(file)) as StreamKind;
  await expectKey(file, "hashes");
  const hashes: Hash[] = [];
  for (let left = await file.head("list"); left > 0; left -= 1) hashes.push(await textOf(file));
  await expectKey(file, "stream");
  const stream = await textOf(file);
  await expectKey(file, "entries");
  return readEntries(reading, { stream, kind, hashes }, streamVerifier({ stream, kind }, ends));
};

/** In the order of its canonical form: digest, format, session, streams, protocol. */
const readParts = async (reading: Reading): Promise<ReadFile> => {
  const { file, ends } = reading;
  const whole = runningHash();
  file.hashes.push(whole);
  if ((await file.head("map")) !== 5) throw new UnreadableFile("it is no session file");
  await expectKey(file, "digest");
  const digest = await textOf(file);
  // The digest covers the file as it is without one.
  const covered = runningHash(DIGEST_DOMAIN);
  covered.add(canonicalHead("map", 4));
  file.hashes.push(covered);
  await expectKey(file, "format");
  const format = await textOf(file);
  if (format !== SESSION_FILE) throw new UnreadableFile(`format ${format} is not known`);
  await expectKey(file, "session");
  const session = await textOf(file);
  await expectKey(file, "streams");
  const streams: ReadStream[] = [];
  for (let left = await file.head("list"); left > 0; left -= 1) {
    const read = await readStream(reading);
    if (streams.some(({ stream }) => stream === read.stream))
      throw new UnreadableFile("a stream comes twice");
    streams.push(read);
  }
  await expectKey(file, "protocol");
  const protocol = decodeCanonical(await file.rest());
  const wrong = protocolFault(protocol);
  if (wrong !== undefined) throw new UnreadableFile(wrong);
  if (!ends.has(session)) check(fileDiffers(session, 0, "missing"));
  if (covered.end() !== digest) check(fileDiffers(session, 0, "digest"));
  return { hash: whole.end(), session, protocol: protocol as SessionFile["protocol"], streams };
};

/**
 * Reads a session file as it arrives: every chain, event and hash is judged
 * and the entry put aside before the next is read, so that a file of any
 * length takes little memory. The error names the first entry that differs.
 */
export const readSessionFile = async (
  pieces: AsyncIterable<Uint8Array>,
  stage: Stage,
  rest: () => Promise<void>,
): Promise<Result<ReadFile>> => {
  const file = new PullBytes(pieces, MAX_IMPORT);
  try {
    return done(await readParts({ file, stage, ends: new Map(), yield: rest }));
  } catch (cause) {
    if (cause instanceof Refused) return refused(cause.error);
    // A RangeError is canonical bytes that are none.
    if (!(cause instanceof UnreadableFile || cause instanceof RangeError)) throw cause;
    const size = cause instanceof UnreadableFile ? cause.size : undefined;
    return size === undefined
      ? badFile(cause.message)
      : refused({ code: "PAR7301", kind: "too-large", limit: "import bytes", max: MAX_IMPORT, size });
  }
};
