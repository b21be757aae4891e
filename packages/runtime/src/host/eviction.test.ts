import { expect, test } from "vitest";
import { hostFixture, openText } from "../testing/host-fixture.ts";
import { randomWalk } from "../testing/random-walk.ts";
import { operator } from "./caller.ts";

/** Facts, a decision, a loop: a context and an inbox that have to come back as they were. */
const source = `module evicted exposing (Evicted)
protocol Evicted =
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

const walk = (seed: number): readonly number[] =>
  Array.from({ length: 12 }, (_, i) => ((seed + 3) * 7_919 * (i + 1)) % 9_973);

/** What a host that keeps `liveSessions` in memory says of sessions that are visited in turn. */
const visited = async (liveSessions: number) => {
  const fixture = await hostFixture({ liveSessions });
  const { host, store } = fixture;
  const ids: string[] = [];
  for (let i = 0; i < 6; i += 1)
    ids.push((await openText(host, source, { decisions: "ask", clock: "manual", seed: "same" })).id);
  for (let round = 0; round < 4; round += 1)
    for (const [i, id] of ids.entries()) await randomWalk(host, id, walk(round * 10 + i));
  const hashes = await Promise.all(
    ids.map(async (id) => {
      const view = await host.view(id);
      const replayed = await host.replay(id);
      return view.ok && replayed.ok
        ? [view.value.head, view.value.protocolHash, view.value.stateHash, replayed.value.findings]
        : view;
    }),
  );
  const facts = await Promise.all(ids.map((id) => store.head(`ctx:${id}`)));
  return { fixture, ids, hashes, facts: facts.map((head) => head?.seq), list: await host.listSessions() };
};

test("a session that was let go of answers as one that never was", async () => {
  const [few, many] = [await visited(1), await visited(100)];
  expect(few.hashes).toEqual(many.hashes);
  expect(few.facts).toEqual(many.facts);
  expect(few.facts.some((seq) => (seq ?? 0) > 1)).toBe(true);
  const rows = ({ list }: typeof few) => list.map(({ status, head }) => [status, head]);
  expect(rows(few)).toEqual(rows(many));
});

test("sessions asked at once while only one is kept lose nothing", async () => {
  const { fixture, ids } = await visited(1);
  const pause = {
    inputs: [
      { kind: "pause" as const, role: "A" },
      { kind: "resume" as const, role: "A" },
    ],
  };
  const heads = async () => Promise.all(ids.map(async (id) => (await fixture.store.head(id))?.seq ?? 0));
  const before = await heads();
  const asked = await Promise.all(
    [...ids, ...ids, ...ids].map((id) => fixture.host.inputs(operator, id, pause)),
  );
  const taken = asked.filter(({ ok }) => ok).length;
  const after = await heads();
  expect(after.reduce((sum, seq) => sum + seq, 0) - before.reduce((sum, seq) => sum + seq, 0)).toBe(
    2 * taken,
  );
  for (const id of ids) expect(await fixture.host.replay(id)).toMatchObject({ value: { findings: [] } });
});
