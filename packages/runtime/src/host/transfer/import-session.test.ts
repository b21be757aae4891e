import { decodeCanonical, encodeCanonical, hashValue } from "@parley/wire";
import { describe, expect, test } from "vitest";
import { hostFixture, openText } from "../../testing/host-fixture.ts";
import { randomWalk } from "../../testing/random-walk.ts";
import { operator } from "../caller.ts";
import { memoryStore } from "../memory-store.ts";
import type { DraftStore, LogStore } from "../ports.ts";

const source = `module moved exposing (Moved)
protocol Moved =
  roles A, B
  rec Loop
    A { guard_capability : "chat:message:send", flow_cost : 1, journal_facts : "asked" } -> B : Ask
    choice A at
      | More =>
        A -> B : More
        B -> A : Done
        continue Loop
      | Stop =>
        A -> B : Stop
`;

/** A what-if of a walked session as a file: two sessions, a context, a protocol. */
const exported = async () => {
  const { host } = await hostFixture();
  const opened = await openText(host, source, { clock: "manual", decisions: "ask", seed: "file" });
  await randomWalk(host, opened.id, [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8]);
  const fork = await host.fork(operator, opened.id, { at: 5 });
  if (!fork.ok) throw new Error(fork.error.kind);
  const file = await host.exportSession(fork.value.id);
  if (!file.ok) throw new Error(file.error.kind);
  return { host, id: fork.value.id, parent: opened.id, bytes: file.value };
};

/** The bytes in pieces of a size; breaks off after `until` of them. */
async function* pieces(bytes: Uint8Array, size: number, until = bytes.length): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < until; at += size) yield bytes.slice(at, Math.min(at + size, until));
}

const streamsOf = async (store: LogStore): Promise<readonly string[]> =>
  (await store.readCommits(0, 10_000)).map(({ stream }) => stream).filter((name) => /ses_/.test(name));

/** A stage that tells how much it was given at once. */
const watched = (store: LogStore & DraftStore, seen: number[]): LogStore & DraftStore => ({
  ...store,
  stage: async () => {
    const stage = await store.stage();
    const { add } = stage;
    return Object.assign(stage, {
      add: (...asked: Parameters<typeof add>) => {
        seen.push(asked[2].length);
        return add(...asked);
      },
    });
  },
});

describe("a file", () => {
  test("is the canonical form of what it holds, with its digest", async () => {
    const { bytes } = await exported();
    const { digest, ...file } = decodeCanonical(bytes) as { readonly digest: string };
    expect(digest).toBe(hashValue("parley.session-file/1", file));
    expect(encodeCanonical({ digest, ...file })).toEqual(bytes);
  });

  test.each([1, 7, 4_096])("is taken in however it arrives: %i bytes at a time", async (size) => {
    const { id, bytes, host } = await exported();
    const other = await hostFixture();
    const taken = await other.host.importSession(operator, pieces(bytes, size));
    const [here, there] = [await other.host.view(id), await host.view(id)];
    expect(taken.ok && here.ok && there.ok && [here.value.stateHash, here.value.head]).toEqual(
      there.ok && [there.value.stateHash, there.value.head],
    );
    expect(await other.host.exportSession(id)).toEqual({ ok: true, value: bytes });
  });

  test("that breaks off, anywhere, leaves nothing", async () => {
    const { id, bytes } = await exported();
    const { host, store } = await hostFixture();
    const before = await store.lastCommit();
    for (let until = 0; until < bytes.length; until += 131) {
      const taken = await host.importSession(operator, pieces(bytes, 977, until));
      expect(taken).toMatchObject({ ok: false, error: { code: "PAR7601" } });
    }
    async function* torn(): AsyncGenerator<Uint8Array> {
      yield* pieces(bytes, 977, bytes.length - 40);
      throw new Error("the connection was lost");
    }
    await expect(host.importSession(operator, torn())).rejects.toThrow("the connection was lost");
    expect([await store.lastCommit(), await streamsOf(store)]).toEqual([before, []]);
    expect(await host.importSession(operator, bytes)).toMatchObject({ ok: true, value: { id } });
  });

  test("with a changed byte is refused, and leaves nothing", async () => {
    const { bytes } = await exported();
    const { host, store } = await hostFixture();
    const before = await store.lastCommit();
    for (let at = 0; at < bytes.length; at += 61) {
      const changed = bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
      const taken = await host.importSession(operator, pieces(changed, 1_024));
      expect(taken.ok ? at : taken.error.code).toMatch(/^PAR760[12]$/);
    }
    expect(await store.lastCommit()).toBe(before);
  });

  test("is put aside in small parts, and asked for once under one key", async () => {
    const { host } = await hostFixture();
    const opened = await openText(host, source, { clock: "manual", decisions: "random", seed: "long" });
    const pause = (role: string) => ({ kind: "pause" as const, role });
    for (let i = 0; i < 12; i += 1) {
      const inputs = Array.from({ length: 100 }, (_, n) =>
        n % 2 === 0 ? pause("A") : { kind: "resume" as const, role: "A" },
      );
      await host.inputs(operator, opened.id, { inputs });
    }
    const file = await host.exportPieces(opened.id);
    const whole = await host.exportSession(opened.id);
    if (!file.ok || !whole.ok) throw new Error("no file");
    const seen: number[] = [];
    const { host: again } = await hostFixture({ store: watched(memoryStore(), seen) });
    const keyed = { ...operator, key: "once" };
    const first = await again.importSession(keyed, file.value);
    expect(first).toMatchObject({ ok: true, value: { head: 1_200 } });
    expect(Math.max(...seen)).toBeLessThanOrEqual(256);
    expect(await again.importSession(keyed, whole.value)).toMatchObject({ ok: true, replayed: true });
    const changed = await exported();
    expect(await again.importSession(keyed, changed.bytes)).toMatchObject({ error: { code: "PAR7201" } });
    expect(await again.importSession(operator, whole.value)).toMatchObject({ error: { code: "PAR7603" } });
  });

  test("that goes on for too long is refused with its limit", async () => {
    const { host, store } = await hostFixture();
    const { bytes } = await exported();
    const piece = new Uint8Array(1 << 24);
    async function* endless(): AsyncGenerator<Uint8Array> {
      // A text of a gigabyte where the digest belongs.
      yield Uint8Array.of(...bytes.slice(0, 8), 0x7a, 0x40, 0, 0, 0);
      for (;;) yield piece;
    }
    expect(await host.importSession(operator, endless())).toMatchObject({
      error: { code: "PAR7301", limit: "import bytes", max: 268_435_456 },
    });
    expect(await streamsOf(store)).toEqual([]);
  });
});
