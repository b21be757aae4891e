import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hostFixture, openText } from "../testing/host-fixture.ts";
import { randomWalk } from "../testing/random-walk.ts";
import { loopSource, pingSource, shopSource } from "../testing/sample-sources.ts";
import { operator } from "./caller.ts";
import type { Host } from "./host-api.ts";
import type { Result } from "./host-error.ts";
import { replayFile } from "./transfer/verify-file.ts";

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const DKG = "aura.vm.dkg_ceremony.prod";
const SYNC = "aura.vm.sync_anti_entropy.prod";

/** Two pairs that have nothing to do with each other, and a fan-out of the first. */
const pairs = `module pairs exposing (Pairs)
protocol Pairs =
  roles A, B, C, D
  A -> B : One
  C -> D : Two
  B -> A : Three
  D -> C : Four
  A { parallel : true } -> B : Go
  A { parallel : true } -> C : Go
  A { parallel : true } -> D : Go
`;

const run = async (host: Host, id: string): Promise<void> => {
  must(await host.run(operator, id, { until: "end", maxEntries: 200 }));
  await host.runEnded(id);
};

describe("a session under a threaded policy", () => {
  test("runs in waves and is, up to the order of independent roles, its canonical run", async () => {
    const { host } = await hostFixture();
    const { id, execution } = await openText(host, pairs, { policy: SYNC });
    expect(execution?.waves).toMatchObject({ mode: "threaded_envelope_bounded", width: 4 });
    await run(host, id);
    const view = must(await host.view(id));
    expect(view.status).toBe("completed");
    expect(view.execution?.waves?.maxWidth).toBeGreaterThan(1);
    const envelope = must(await host.envelope(id));
    expect(envelope).toMatchObject({ policy: SYNC, needed: true, rejected: null });
    expect(envelope.artifact?.diff).toMatchObject({
      scheduler: "SessionNormalizedPermutation",
      effects: "ReplayDeterministic",
      failureVisible: "Exact",
      waveWidth: { baseline: 1, declared: 4 },
    });
    expect(envelope.parity?.kind).toBe("EffectTierRejected");
    expect(must(await host.replay(id))).toMatchObject({ ok: true, findings: [] });
  });

  test("lets a fan-out marked parallel leave in one round", async () => {
    const { host } = await hostFixture();
    const { id } = await openText(host, pairs, { policy: SYNC });
    await run(host, id);
    const { items } = must(await host.effects(id, 0, 1_000));
    const ticks = items
      .filter(({ kind, value }) => kind === "send" && value.endsWith(":Go"))
      .map(({ tick }) => tick);
    expect(ticks).toHaveLength(3);
    expect(new Set(ticks).size).toBe(1);
  });

  test("keeps within its envelope at every position, whatever is decided", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(pairs, shopSource, loopSource),
        fc.array(fc.nat(1000), { minLength: 5, maxLength: 30 }),
        async (source, seeds) => {
          const { host } = await hostFixture();
          const { id } = await openText(host, source, { policy: DKG });
          await randomWalk(host, id, seeds);
          const { head } = must(await host.view(id));
          for (const at of [0, Math.floor(head / 2), head]) {
            const { rejected, parity, artifact } = must(await host.envelope(id, at));
            expect({ at, rejected, parity }).toEqual({ at, rejected: null, parity: null });
            expect(artifact?.diff.scheduler).not.toBe("EnvelopeBounded");
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  test("is folded from its log to the same hashes, waves and all", async () => {
    const { host, store } = await hostFixture();
    const { id } = await openText(host, pairs, { policy: DKG, decisions: "first" });
    await run(host, id);
    const before = must(await host.view(id));
    const again = await hostFixture({ store });
    const after = must(await again.host.view(id));
    expect(after.stateHash).toBe(before.stateHash);
    expect(after.execution).toEqual(before.execution);
    expect(replayFile(must(await host.exportSession(id)))).toMatchObject({ ok: true });
  });
});

describe("a session nobody asked anything special of", () => {
  test("runs one step a round in canonical order, and its pin says nothing of it", async () => {
    const { host, store } = await hostFixture();
    const { id, execution } = await openText(host, pingSource);
    expect(execution).toBeNull();
    const [first] = await store.read(id, 0, 1);
    expect(Object.keys(first?.entry.input ?? {})).not.toContain("execution");
    expect(must(await host.envelope(id))).toMatchObject({ needed: false, artifact: null, rejected: null });
  });
});

describe("the scheduler of a session", () => {
  test("is chosen by class and weight, and by pressure before both", async () => {
    const { host } = await hostFixture();
    const calm = await openText(host, pingSource, { scheduler: "auto" });
    expect(calm.execution?.scheduler).toMatchObject({
      asked: "auto",
      used: "aura.vm.scheduler.round_robin",
      protocolClass: "RecoveryGrant",
      weight: 8,
      guardSlots: 2,
    });
    const signals = { guardContention: 3, flowPressure: 0, leakagePressure: 0 };
    const pressed = await openText(host, pingSource, { scheduler: "auto", signals });
    expect(pressed.execution?.scheduler).toMatchObject({
      used: "aura.vm.scheduler.priority_aging",
      why: "3 contended guards",
    });
    const ceremony = await openText(host, pingSource, { scheduler: "auto", policy: DKG });
    expect(ceremony.execution?.scheduler?.used).toBe("aura.vm.scheduler.progress_aware");
  });

  test.each(["cooperative", "roundRobin", "progressAware", "aging", "tokenWeighted"] as const)(
    "runs to the end as %s, and says so",
    async (scheduler) => {
      const { host } = await hostFixture();
      const { id, execution } = await openText(host, pairs, { scheduler });
      expect(execution?.scheduler?.asked).toBe(scheduler);
      await run(host, id);
      expect(must(await host.view(id)).status).toBe("completed");
      expect(must(await host.replay(id)).ok).toBe(true);
    },
  );
});

describe("fixed priorities", () => {
  test("let the highest role go first, and are refused for a role there is not", async () => {
    const { host } = await hostFixture();
    const { id } = await openText(host, pairs, { scheduler: "fixed", priorities: { C: 5, D: 4 } });
    await run(host, id);
    const { items } = must(await host.effects(id, 0, 1_000));
    expect(items.find(({ kind }) => kind === "send")?.value).toBe("C->D:Two");
    const request = { scheduler: "fixed", priorities: { Z: 1 } } as const;
    await expect(openText(host, pairs, request)).rejects.toThrow("there is no role Z to give a priority");
  });
});

describe("a hardening profile", () => {
  test("is pinned with its layers and its allow-list, and lets an ordinary session pass", async () => {
    const { host, store } = await hostFixture();
    const { id, execution } = await openText(host, pairs, { profile: "prod" });
    expect(execution?.profile).toBe("prod");
    await run(host, id);
    expect(must(await host.view(id)).status).toBe("completed");
    const [first] = await store.read(id, 0, 1);
    const input = first?.entry.input;
    expect(input?.kind === "open" && input.config).toMatchObject({
      guardLayers: [
        { id: "aura.guard.migration_lock", active: true },
        { id: "aura.guard.high_value_protocol_slot", active: true },
      ],
      maxPayloadBytes: 262_144,
    });
  });
});

describe("a policy that numbers messages", () => {
  test("has them counted where they are received, under a profile", async () => {
    const { host, store } = await hostFixture();
    const { id, head } = await openText(host, pingSource, { profile: "prod", policy: DKG });
    const [first] = await store.read(id, 0, 1);
    const input = first?.entry.input;
    expect(input?.kind === "open" && input.config.replay).toBe("sequence");
    expect(head).toBe(0);
    await run(host, id);
    expect(must(await host.view(id)).status).toBe("completed");
  });
});

describe("the stream of effects", () => {
  test("has an event for every message, decision and step, with predicate and witness", async () => {
    const { host } = await hostFixture();
    const { id } = await openText(host, loopSource, { decisions: "roundRobin" });
    await run(host, id);
    const { items, head } = must(await host.effects(id, 0, 1_000));
    expect(head).toBe(must(await host.view(id)).head);
    expect(items.find(({ kind }) => kind === "choose")).toMatchObject({
      role: "A",
      key: "vm.choose",
      value: "A:Again",
      predicate: "aura.protocol.choice",
      witness: "role:A",
    });
    const kinds = new Set(items.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(["choose", "recv", "send", "step"]);
    expect(must(await host.effects(id, head + 1, 10)).items).toEqual([]);
  });
});
