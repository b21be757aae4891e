import type { AuthorityView } from "@parley/wire/http";
import fc from "fast-check";
import { expect, test } from "vitest";
import { verifyReceipt } from "../../guards/verify-receipt.ts";
import { verifyHandoff } from "../../reconfiguration/index.ts";
import { fixtureKeys } from "../../testing/fixture-identity.ts";
import { hostFixture, openText } from "../../testing/host-fixture.ts";
import { linkedCatalogue } from "../../testing/linked-source.ts";
import { handOn, must } from "../../testing/live-handoff.ts";
import { turnBit } from "../../testing/turn-bit.ts";
import { operator } from "../caller.ts";
import type { Host } from "../host-api.ts";
import { memoryStore } from "../memory-store.ts";

const source = `module paid exposing (Paid)
protocol Paid =
  roles A, B
  rec Loop
    A { guard_capability : "chat:message:send", flow_cost : 5 } -> B : Ask
    B { guard_capability : "chat:message:send", flow_cost : 3 } -> A : Back
    continue Loop
`;

const people = ["ada", "bea"] as const;
const person = fc.constantFrom(...people);
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("rotate" as const),
      device: fc.constantFrom("ada-phone", "ada-laptop", "bea-phone"),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("send" as const), times: fc.integer({ min: 1, max: 6 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("hand" as const), to: person }) },
  { weight: 1, arbitrary: fc.constant({ kind: "restart" as const }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** A host that can be opened again on what it wrote and with the keys it kept. */
class World {
  private readonly store = memoryStore();
  private readonly keys = fixtureKeys();
  host!: Host;
  paying = "";
  moving = "";

  async boot(): Promise<void> {
    await this.host?.close();
    const { store, keys } = this;
    this.host = (await hostFixture({ store, keys, seed: linkedCatalogue })).host;
  }

  async begin(): Promise<void> {
    await this.boot();
    const seat = (role: string, who: string) => ({ role, authority: who, device: `${who}-phone` });
    const seats = [seat("A", "ada"), seat("B", "bea")];
    this.paying = (await openText(this.host, source, { seats, grant: "none" })).id;
    const opened = must(
      await this.host.openSession(operator, {
        protocol: "moving",
        seats: [seat("Giver", "ada"), seat("Taker", "bea")],
        grant: "declared",
        clock: "manual",
      }),
    );
    this.moving = opened.session.id;
  }

  async take(one: Step): Promise<void> {
    switch (one.kind) {
      case "rotate":
        must(await this.host.rotateKey(operator, one.device.slice(0, 3), one.device, {}));
        return;
      case "send": {
        const inputs = Array.from({ length: one.times }, () => ({ kind: "advance" as const }));
        must(await this.host.inputs(operator, this.paying, { inputs }));
        return;
      }
      case "hand":
        await handOn(this.host, this.moving, one.to);
        return;
      case "restart":
        return this.boot();
    }
  }
}

/** Device keys as whoever checks a receipt elsewhere has them. */
const boundBy = ({ keys }: AuthorityView) =>
  keys.flatMap(({ key, device, epoch, retired }) =>
    device === null
      ? []
      : [{ key, device, epoch, ...(retired === null ? {} : { retired: retired.epoch + 1 }) }],
  );

const expectReceipts = async (host: Host, who: string, leaf: number, bit: number): Promise<void> => {
  const keys = boundBy(must(await host.authority(who)));
  const views = must(await host.receipts(who, { limit: 1_000 })).items;
  const all = views.map(({ receipt }) => receipt);
  for (const { receipt, verified } of views) {
    const previous = all.find(({ id }) => id === receipt.charge.prev);
    const context = { keys, ...(previous === undefined ? {} : { previous }) };
    expect([verified, verifyReceipt(receipt, context).ok]).toEqual([true, true]);
    if (receipt === all[bit % all.length])
      expect(verifyReceipt(turnBit(receipt, leaf, bit), context).ok).toBe(false);
  }
};

const expectHandoffs = async (host: Host, session: string, leaf: number, bit: number): Promise<void> => {
  const { receipts } = must(await host.ownership(session));
  for (const view of receipts) {
    expect(view.verified).toBe(true);
    const receipt = view.receipt as unknown as Parameters<typeof verifyHandoff>[0];
    const previous = (view.previous ?? undefined) as Parameters<typeof verifyHandoff>[3];
    const judge = (signatures: typeof view.signatures) =>
      verifyHandoff(receipt, signatures, view.keys, previous).ok;
    expect(judge(view.signatures)).toBe(true);
    expect(judge(turnBit(view.signatures, leaf, bit))).toBe(false);
  }
};

test("whatever is rotated, sent, handed on and started again, every receipt ever made verifies and none with a bit turned", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 4, maxLength: 12 }),
      fc.nat(),
      fc.nat(10_000),
      async (steps, leaf, bit) => {
        const world = new World();
        await world.begin();
        for (const one of steps) await world.take(one);
        for (const who of people) await expectReceipts(world.host, who, leaf, bit);
        await expectHandoffs(world.host, world.moving, leaf, bit);
        expect(must(await world.host.replay(world.paying)).findings).toEqual([]);
        expect(must(await world.host.audit(world.paying)).findings).toEqual([]);
      },
    ),
    { numRuns: 8 },
  );
}, 120_000);
