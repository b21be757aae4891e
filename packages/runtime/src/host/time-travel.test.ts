import { chainHash, ENTRY_VERSION, type Entry, encodeEntry } from "@parley/wire";
import { expect, test } from "vitest";
import type { HostFixture } from "../testing/host-fixture.ts";
import { hostFixture, openText } from "../testing/host-fixture.ts";
import { loopSource, pingSource } from "../testing/sample-sources.ts";
import { operator } from "./caller.ts";

/** A session with some 1,500 entries, and so two snapshots. */
const long = async (): Promise<HostFixture & { readonly id: string }> => {
  const fixture = await hostFixture();
  const { id } = await openText(fixture.host, loopSource, { decisions: "roundRobin", clock: "manual" });
  for (let i = 0; i < 1_500; i += 1) {
    const answer = await fixture.host.inputs(operator, id, { inputs: [{ kind: "clock", at: 2_000 + i }] });
    if (!answer.ok) throw new Error(answer.error.kind);
  }
  return { ...fixture, id };
};

const POSITIONS = [0, 1, 511, 512, 513, 1_023, 1_024, 1_499, 1_500];

test("dropping all snapshots changes no view, and a false one is passed over", async () => {
  const { host, store, id } = await long();
  const views = async () => Promise.all(POSITIONS.map((at) => host.view(id, at)));
  const before = await views();
  expect(before.every(({ ok }) => ok)).toBe(true);
  const snapshot = await store.snapshot(id, 1_024);
  expect(snapshot?.seq).toBe(1_024);
  await store.dropSnapshots();
  expect(await views()).toEqual(before);
  if (snapshot !== undefined) {
    await store.dropSnapshots();
    // The bytes of position 1,024 claimed for 512: the state says where it belongs.
    const [entry] = await store.read(id, 512, 1);
    await store.putSnapshot({ ...snapshot, seq: 512, entryHash: entry?.hash ?? "" });
  }
  expect(await views()).toEqual(before);
});

test("a cold host folds to the same states", async () => {
  const { host, store, id } = await long();
  const again = (await hostFixture({ store })).host;
  for (const at of POSITIONS) expect(await again.view(id, at)).toEqual(await host.view(id, at));
  expect(await again.replay(id)).toEqual({ ok: true, value: { ok: true, head: 1_500, findings: [] } });
});

test("a session of semantics nobody knows opens read-only from its recorded events, and says so", async () => {
  const { host, store } = await hostFixture();
  const { id } = await openText(host, pingSource);
  await host.inputs(operator, id, { inputs: [{ kind: "advance" }] });
  const [first, second] = await store.read(id, 0, 2);
  if (first?.entry.input.kind !== "open" || second === undefined) throw new Error("no entry 0");
  const stream = "ses_other";
  const image = { v: 99, semantics: 99 };
  const pin = {
    ...first.entry.input,
    stream,
    semantics: 99,
    image: "0".repeat(64),
    imageBytes: encodeEntry(image as never),
  };
  const foreign: Entry = { ...first.entry, v: ENTRY_VERSION, input: pin };
  const rest = second.bytes;
  const bytes = encodeEntry(foreign);
  const hash = chainHash("", bytes);
  const workspace = await store.head("workspace");
  const registered = (await store.read("workspace", workspace?.seq ?? 0, 1))[0];
  if (registered === undefined || workspace === undefined) throw new Error("no workspace");
  const entry: Entry = {
    ...registered.entry,
    seq: workspace.seq + 1,
    input: { kind: "session.registered", id: stream, protocol: "p", version: first.entry.input.version },
  };
  const workspaceBytes = encodeEntry(entry);
  await store.append([
    {
      appends: [
        {
          stream,
          kind: "session",
          expectedSeq: -1,
          entries: [
            { seq: 0, bytes, hash },
            { seq: 1, bytes: rest, hash: chainHash(hash, rest) },
          ],
        },
        {
          stream: "workspace",
          kind: "workspace",
          expectedSeq: workspace.seq,
          entries: [
            { seq: entry.seq, bytes: workspaceBytes, hash: chainHash(workspace.hash, workspaceBytes) },
          ],
        },
      ],
    },
  ]);
  const other = (await hostFixture({ store })).host;
  const view = await other.view(stream);
  expect(view).toMatchObject({
    ok: true,
    value: { readOnly: "semantics 99 is not known here", semantics: 99, summary: "A sent Ping to B" },
  });
  expect(await other.inputs(operator, stream, { inputs: [{ kind: "advance" }] })).toMatchObject({
    ok: false,
    error: { kind: "read-only-session" },
  });
  expect((await other.listSessions()).map((row) => row.id)).toContain(stream);
});
