import { type HandoffStage, handoffStages } from "@parley/wire";
import fc from "fast-check";
import { expect, test } from "vitest";
import { hostFixture } from "../../testing/host-fixture.ts";
import { linkedCatalogue } from "../../testing/linked-source.ts";
import { memoryKeys } from "../../testing/memory-keys.ts";
import { operator } from "../caller.ts";
import type { Host } from "../host-api.ts";
import type { Result } from "../host-error.ts";
import { memoryStore } from "../memory-store.ts";

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

const people = ["ada", "bea", "chan", "dee"];
const SESSIONS = 2;

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("delegate" as const),
      session: fc.nat(SESSIONS - 1),
      to: fc.constantFrom(...people),
      /** Present what counts now, or one generation less. */
      behind: fc.nat(1),
      back: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("fail" as const),
      session: fc.nat(SESSIONS - 1),
      to: fc.constantFrom(...people),
      at: fc.constantFrom(...handoffStages),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("close" as const), session: fc.nat(SESSIONS - 1) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("reopen" as const) }) },
);

const seats = [
  { role: "Giver", authority: "ada", device: "ada-phone" },
  { role: "Taker", authority: "bea", device: "bea-phone" },
];

/** Everything the host says about owners. */
const standing = async (host: Host, ids: readonly string[]) => ({
  owners: await Promise.all(ids.map(async (id) => must(await host.ownership(id)))),
  ...(await host.reconfiguration()),
});

const withoutRefusals = ({
  owners,
  refused: _refused,
  head: _head,
  ...rest
}: Awaited<ReturnType<typeof standing>>) => ({
  ...rest,
  owners: owners.map(({ refused: _own, ...owner }) => owner),
});

/** Registry, fragments and footprints name one owner for a session, or nobody. */
const expectOneOwner = async (host: Host, ids: readonly string[]): Promise<void> => {
  const { owners, footprints, coherence } = await standing(host, ids);
  expect(coherence).toEqual({ coherent: true, violations: [] });
  for (const view of owners) {
    const active = footprints.filter(
      ({ footprint }) =>
        footprint.native.includes(view.session) || footprint.delegatedIn.includes(view.session),
    );
    const expected = view.delegated && view.owner !== null ? [view.owner.owner] : [];
    expect(active.map(({ authority }) => authority)).toEqual(expected);
    const holders = new Set(view.fragments.map(({ owner }) => owner));
    expect([...holders]).toEqual(view.owner === null ? [] : [view.owner.owner]);
    expect(view.receipts.every(({ verified }) => verified)).toBe(true);
    expect(view.generation).toBe(view.receipts.length + 1);
    expect(view.rights.filter(({ owner }) => owner)).toHaveLength(view.owner === null ? 0 : 1);
  }
};

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** A host that can be opened again on what it wrote. */
class World {
  readonly ids: string[] = [];
  private readonly store = memoryStore();
  private readonly keys = memoryKeys();
  private opened: Host | undefined;

  get host(): Host {
    if (this.opened === undefined) throw new Error("not opened");
    return this.opened;
  }

  async boot(): Promise<void> {
    await this.opened?.close();
    const { store, keys } = this;
    this.opened = (await hostFixture({ store, keys, seed: linkedCatalogue })).host;
  }

  async begin(): Promise<void> {
    await this.boot();
    const request = { protocol: "moving", seats, clock: "manual" } as const;
    for (let at = 0; at < SESSIONS; at += 1)
      this.ids.push(must(await this.host.openSession(operator, request)).session.id);
  }

  async reopen(): Promise<void> {
    const before = await standing(this.host, this.ids);
    await this.boot();
    expect(await standing(this.host, this.ids)).toEqual(before);
  }

  async close(session: string): Promise<void> {
    const { owner, head } = must(await this.host.ownership(session));
    const request = { expectedHead: head, inputs: [{ kind: "close" } as const] };
    expect((await this.host.inputs(operator, session, request)).ok).toBe(owner?.scope.kind === "session");
  }

  /** Hands a session on; what must be refused changes nothing. */
  async hand(session: string, to: string, asked: { behind?: number; back?: boolean; failAt?: HandoffStage }) {
    const before = await standing(this.host, this.ids);
    const { owner, generation, head, handBack } = must(await this.host.ownership(session));
    const { behind = 0, failAt } = asked;
    const handed = await this.host.delegateSession(operator, session, {
      presented: { owner: owner?.owner ?? "ada", generation: generation - behind },
      to,
      bundle: "moving",
      expectedHead: head,
      ...(failAt === undefined ? {} : { failAt }),
      ...(asked.back && handBack !== null ? { to: handBack.to, boundary: handBack.boundary } : {}),
    });
    expect(handed.ok).toBe(owner !== null && failAt === undefined && behind === 0);
    if (handed.ok) expect(handed.value.ownership.generation).toBe(generation + 1);
    else expect(withoutRefusals(await standing(this.host, this.ids))).toEqual(withoutRefusals(before));
  }

  async take(one: Step): Promise<void> {
    if (one.kind === "reopen") return this.reopen();
    const session = this.ids[one.session] ?? "";
    if (one.kind === "close") return this.close(session);
    if (one.kind === "fail") return this.hand(session, one.to, { failAt: one.at });
    return this.hand(session, one.to, { behind: one.behind, back: one.back });
  }
}

test("a session has at most one active owner at every position, whatever is handed on, fails, ends or is opened again", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
      const world = new World();
      await world.begin();
      for (const one of steps) {
        await world.take(one);
        await expectOneOwner(world.host, world.ids);
      }
      for (const id of world.ids) expect(must(await world.host.replay(id)).ok).toBe(true);
    }),
    { numRuns: 10 },
  );
}, 120_000);
