import {
  chainHash,
  decodeCanonical,
  decodeEntry,
  type Entry,
  encodeCanonical,
  encodeEntry,
  hashValue,
  type SessionPin,
} from "@parley/wire";
import { describe, expect, test } from "vitest";
import { hostFixture, openText } from "../testing/host-fixture.ts";
import { loopSource, pingSource, shopSource } from "../testing/sample-sources.ts";
import { operator } from "./caller.ts";
import type { Host } from "./host-api.ts";
import type { Result } from "./host-error.ts";

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

/** What this test knows of a file: its canonical form, told by nothing but the wire. */
interface File {
  readonly streams: readonly {
    readonly kind: string;
    readonly entries: readonly Uint8Array[];
    readonly hashes: readonly string[];
  }[];
  readonly digest?: unknown;
}

const read = (file: Uint8Array): File => decodeCanonical(file) as File;

const entryOf = (bytes: Uint8Array): Entry => {
  const found = decodeEntry(bytes);
  if (!found.ok) throw new Error(found.error.kind);
  return found.entry;
};

/** A file whose entries somebody has changed and chained anew, with a digest that fits. */
const forged = (
  file: Uint8Array,
  change: (entry: { readonly [key: string]: unknown }, seq: number) => { readonly [key: string]: unknown },
): Uint8Array => {
  const { digest: _digest, ...rest } = read(file);
  const streams = rest.streams.map((stream) => {
    if (stream.kind !== "session") return stream;
    const entries = stream.entries.map((bytes, seq) =>
      encodeEntry(change(entryOf(bytes) as never, seq) as never),
    );
    let previous = "";
    const hashes = entries.map((bytes) => {
      previous = chainHash(previous, bytes);
      return previous;
    });
    return { ...stream, entries, hashes };
  });
  const made = { ...rest, streams };
  return encodeCanonical({ ...made, digest: hashValue("parley.session-file/1", made) });
};

const exported = async (source = loopSource) => {
  const { host } = await hostFixture();
  const { id } = await openText(host, source, { decisions: "first" });
  for (let i = 0; i < 3; i += 1) must(await host.inputs(operator, id, { inputs: [{ kind: "advance" }] }));
  return { host, id, file: must(await host.exportSession(id)) };
};

const nothingTaken = async (host: Host): Promise<void> => {
  expect(await host.listSessions()).toEqual([]);
  expect(await host.listProtocols()).toEqual([]);
};

/** The pinned image with the bytes of another. */
const otherImage = (bytes: Uint8Array) => (entry: { readonly [key: string]: unknown }, seq: number) =>
  seq === 0 ? { ...entry, input: { ...(entry.input as SessionPin), imageBytes: bytes } } : entry;

describe("a session file whose image is not the one its hash names", () => {
  const foreign = async (): Promise<Uint8Array> => {
    const { file } = await exported(pingSource);
    const [first] = read(file).streams[0]?.entries ?? [];
    const input = first && entryOf(first).input;
    if (input?.kind !== "open") throw new Error("no entry 0");
    return input.imageBytes;
  };

  test("is refused at its entry 0, also where the right image is known already, and nothing of it is taken in", async () => {
    const { file, id } = await exported();
    const bad = forged(file, otherImage(await foreign()));
    const { host } = await hostFixture();
    expect(await host.importSession(operator, bad)).toMatchObject({
      ok: false,
      error: { code: "PAR7602", kind: "export-differs", stream: id, seq: 0 },
    });
    await nothingTaken(host);
  });

  test("is refused whatever stands in the bytes", async () => {
    const { file } = await exported();
    const image = decodeCanonical(await foreign()) as { readonly [key: string]: unknown };
    for (const bytes of [
      new Uint8Array(),
      new Uint8Array([1, 2, 3]),
      encodeCanonical({ ...image, v: 99 }),
      encodeCanonical({ ...image, semantics: 99 }),
    ]) {
      const { host } = await hostFixture();
      const taken = await host.importSession(operator, forged(file, otherImage(bytes)));
      expect(taken).toMatchObject({ ok: false, error: { kind: "export-differs", seq: 0 } });
      await nothingTaken(host);
    }
  });
});

describe("a trace that is not what happened", () => {
  test.each([
    [
      "an event left out",
      2,
      (entry: { events: readonly unknown[] }) => ({ events: entry.events.slice(1) }),
      "events",
    ],
    ["another hash", 1, () => ({ protocolHash: "0".repeat(64) }), "protocolHash"],
    ["rounds that never ran", 3, () => ({ rounds: 77 }), "rounds"],
    ["an input of another kind", 2, () => ({ input: { kind: "pause", role: "A" } }), "events"],
    ["an input there is none of", 2, () => ({ input: { kind: "zap" } }), ""],
  ])("%s is named by its entry, however well it is chained", async (_, at, change, what) => {
    const { file, id } = await exported();
    const bad = forged(file, (entry, seq) => (seq === at ? { ...entry, ...change(entry as never) } : entry));
    const { host } = await hostFixture();
    const refused = await host.importSession(operator, bad);
    expect(refused).toMatchObject({ ok: false, error: { code: "PAR7602", stream: id } });
    if (!refused.ok && refused.error.kind === "export-differs" && what !== "")
      expect([refused.error.seq, refused.error.what]).toEqual([at, what]);
    await nothingTaken(host);
  });

  test("of another format, or none at all, says so", async () => {
    const { host } = await hostFixture();
    for (const bytes of [new Uint8Array([7]), encodeCanonical({ format: "other/1" }), encodeCanonical([])])
      expect(await host.importSession(operator, bytes)).toMatchObject({
        ok: false,
        error: { code: "PAR7601", kind: "bad-export", reason: expect.stringMatching(/./) },
      });
    await nothingTaken(host);
  });
});

describe("a session is left as it was by", () => {
  const open = async () => {
    const { host } = await hostFixture();
    const { id } = await openText(host, shopSource);
    must(await host.inputs(operator, id, { inputs: [{ kind: "advance" }] }));
    const view = must(await host.view(id));
    return { host, id, view };
  };

  test.each([
    [
      "a decision of a role that decides nothing",
      { kind: "decide", seat: "Shop", endpoint: "", step: 0, label: "Buy" },
    ],
    ["a decision of nobody", { kind: "decide", seat: "Thief", endpoint: "", step: 0, label: "Buy" }],
    [
      "a decision for what is not offered",
      { kind: "decide", seat: "Buyer", endpoint: "", step: 1, label: "Steal" },
    ],
    ["a timer there is none of", { kind: "timer", id: "9#9" }],
    [
      "a frame on an edge there is none of",
      { kind: "inject", from: "Shop", to: "Shop", label: "x", value: { kind: "unit" } },
    ],
  ])("%s, which is refused with its code", async (_, input) => {
    const { host, id, view } = await open();
    const done = await host.inputs(operator, id, { expectedHead: view.head, inputs: [input as never] });
    expect(done).toMatchObject({ ok: false, error: { code: expect.stringMatching(/^PAR70\d\d$/) } });
    expect(must(await host.view(id))).toEqual(view);
  });

  test("inputs of which the last is wrong, all of them", async () => {
    const { host, id, view } = await open();
    const inputs = [
      { kind: "pause", role: "Buyer" },
      { kind: "timer", id: "9#9" },
    ] as const;
    expect((await host.inputs(operator, id, { inputs: [...inputs] })).ok).toBe(false);
    expect(must(await host.view(id))).toEqual(view);
  });
});
