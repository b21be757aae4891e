import { expect, test } from "vitest";
import { hostFixture } from "../../testing/host-fixture.ts";
import { linkedCatalogue } from "../../testing/linked-source.ts";
import { operator } from "../caller.ts";
import type { Result } from "../host-error.ts";

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

const refusal = (result: Result<unknown>) =>
  result.ok
    ? "accepted"
    : {
        code: result.error.code,
        variant: "variant" in result.error ? result.error.variant : result.error.kind,
      };

const upgradeTo = (id: string, members: readonly string[]) => ({
  upgrade_id: id,
  plan: { plan_id: `${id}-plan`, steps: [{ step_id: "one", next_members: [...members] }] },
  compatibility: {},
});

test("bundles are made from the catalogue's manifests once; a catalogue that changes one is a finding", async () => {
  const { host, store } = await hostFixture({ seed: linkedCatalogue });
  const { bundles } = await host.reconfiguration();
  expect(bundles).toMatchObject([
    {
      id: "moving",
      protocols: ["moving.Moving"],
      exports: ["moving.answer", "moving.ask"],
      imports: ["moving.answer", "moving.ask"],
      origin: "generated",
      finding: null,
    },
    { id: "other", protocols: ["other.Other"], origin: "generated", finding: null },
  ]);
  await host.close();
  const changed = linkedCatalogue.map((one) => ({
    ...one,
    source: one.source.replace("exports=other.ping|", "exports=other.ping,other.pong|"),
  }));
  const again = await hostFixture({ store, seed: changed });
  const after = await again.host.reconfiguration();
  expect(after.bundles.map(({ id, exports }) => [id, exports])).toEqual(
    bundles.map(({ id, exports }) => [id, exports]),
  );
  expect(after.bundles.map(({ finding }) => finding !== null)).toEqual([false, true]);
});

test("a bundle is registered once and linked into a third; what does not fit, is unknown or taken is refused and kept as tried", async () => {
  const { host } = await hostFixture({ seed: linkedCatalogue });
  const own = {
    id: "mine",
    protocols: ["moving.Moving"],
    exports: [],
    imports: ["other.ping", "nobody.has"],
  };
  expect(must(await host.registerBundle(operator, own))).toMatchObject({ id: "mine", origin: "registered" });
  expect(refusal(await host.registerBundle(operator, own))).toEqual({
    code: "PAR8401",
    variant: "RegisterBundle.DuplicateBundle",
  });
  const link = (left: string, right: string, linked: string) =>
    host.linkBundles(operator, { left, right, linked });
  expect(refusal(await link("moving", "nowhere", "both"))).toEqual({
    code: "PAR8402",
    variant: "LinkBundles.BundleNotFound",
  });
  expect(refusal(await link("mine", "other", "both"))).toEqual({
    code: "PAR8403",
    variant: "LinkBundles.IncompatibleInterfaces",
  });
  expect(must(await link("moving", "other", "both"))).toMatchObject({
    id: "both",
    origin: "linked",
    protocols: ["moving.Moving", "other.Other"],
  });
  expect(refusal(await link("moving", "other", "both"))).toEqual({
    code: "PAR8401",
    variant: "LinkBundles.DuplicateBundle",
  });
  const { links, compatibility, refused } = await host.reconfiguration();
  expect(links).toMatchObject([{ left: "moving", right: "other", linked: "both" }]);
  expect(compatibility.find(({ left, right }) => left === "other" && right === "mine")).toMatchObject({
    compatible: false,
    missing: ["nobody.has"],
  });
  expect(refused.map(({ what, subject }) => `${what} ${subject}`)).toEqual([
    "link-bundles both",
    "link-bundles both",
    "link-bundles both",
    "register-bundle mine",
  ]);
});

test("a bundle is upgraded through its phases; one that fails is recorded as failed, its members unchanged", async () => {
  const { host, store } = await hostFixture({ seed: linkedCatalogue });
  const upgrade = (id: string, members: readonly string[]) =>
    host.upgradeBundle(operator, "moving", upgradeTo(id, members));
  expect(refusal(await upgrade("early", ["ada-phone"]))).toEqual({
    code: "PAR8407",
    variant: "RuntimeUpgrade.InvalidRuntimeUpgrade",
  });
  expect(refusal(await host.seedBundle(operator, "moving", []))).toMatchObject({ code: "PAR8407" });
  const seeded = must(await host.seedBundle(operator, "moving", ["bea-phone", "ada-phone", "ada-phone"]));
  expect(seeded.runtime).toEqual({ epoch: 0, active_members: ["ada-phone", "bea-phone"], history: [] });

  const done = must(await upgrade("u-1", ["bea-phone", "chan-laptop"]));
  expect(done.upgrade).toMatchObject({
    ok: true,
    epoch: 1,
    before: ["ada-phone", "bea-phone"],
    after: ["bea-phone", "chan-laptop"],
  });
  expect(done.upgrade.artifacts.map(({ phase }) => phase)).toEqual([
    "staged",
    "admitted",
    "committed_cutover",
  ]);

  const failed = must(await upgrade("u-2", ["dee-phone"]));
  expect(failed.upgrade).toMatchObject({ ok: false, epoch: 2, before: ["bea-phone", "chan-laptop"] });
  expect(failed.upgrade.reason).toContain("no present member");
  expect(failed.upgrade.artifacts.map(({ phase }) => phase)).toEqual(["staged", "failed"]);
  expect(failed.bundle.runtime).toMatchObject({ epoch: 2, active_members: ["bea-phone", "chan-laptop"] });

  const before = await host.reconfiguration();
  expect(before.upgrades.map(({ upgrade_id, ok }) => [upgrade_id, ok])).toEqual([
    ["u-1", true],
    ["u-2", false],
  ]);
  await host.close();
  const again = await hostFixture({ store, seed: linkedCatalogue });
  expect(await again.host.reconfiguration()).toEqual(before);
});

test("an upgrade that goes with a handoff is in its receipt and in the bundle's history", async () => {
  const { host } = await hostFixture({ seed: linkedCatalogue });
  must(await host.seedBundle(operator, "moving", ["ada-phone"]));
  const seats = [
    { role: "Giver", authority: "ada", device: "ada-phone" },
    { role: "Taker", authority: "bea", device: "bea-phone" },
  ];
  const { session } = must(await host.openSession(operator, { protocol: "moving", seats, clock: "manual" }));
  const asked = {
    presented: { owner: "ada", generation: 1 },
    to: "chan",
    bundle: "moving",
    upgrade: upgradeTo("u-1", ["ada-phone", "chan-laptop"]),
  };
  const preview = must(await host.previewDelegation(session.id, asked));
  expect(preview).toMatchObject({ allowed: true, joins: ["chan"], upgrade: { upgrade_id: "u-1" } });
  expect((await host.reconfiguration()).upgrades).toEqual([]);
  const { handoff } = must(
    await host.delegateSession(operator, session.id, { ...asked, expectedHead: preview.head }),
  );
  expect(handoff.upgrade?.artifacts.map(({ phase }) => phase)).toEqual([
    "staged",
    "admitted",
    "committed_cutover",
  ]);
  const { upgrades, delegations, bundles } = await host.reconfiguration();
  expect(upgrades).toMatchObject([
    { upgrade_id: "u-1", session: session.id, after: ["ada-phone", "chan-laptop"] },
  ]);
  expect(delegations).toMatchObject([{ session: session.id, from: "ada", to: "chan", verified: true }]);
  expect(bundles.find(({ id }) => id === "moving")?.sessions).toEqual([session.id]);
});

test("a handed over session is exported and taken in elsewhere, with the marks of its handoffs", async () => {
  const here = await hostFixture({ seed: linkedCatalogue });
  const seats = [
    { role: "Giver", authority: "ada", device: "ada-phone" },
    { role: "Taker", authority: "bea", device: "bea-phone" },
  ];
  const { session } = must(
    await here.host.openSession(operator, { protocol: "moving", seats, clock: "manual" }),
  );
  const asked = { presented: { owner: "ada", generation: 1 }, to: "chan", bundle: "moving", expectedHead: 0 };
  must(await here.host.delegateSession(operator, session.id, asked));
  const file = must(await here.host.exportSession(session.id));
  const there = await hostFixture({ seed: linkedCatalogue });
  const taken = must(await there.host.importSession(operator, file));
  expect(taken.head).toBe(1);
  expect(must(await there.host.replay(taken.id)).ok).toBe(true);
  const { items } = must(await there.host.log(taken.id, 1, 1));
  expect(items[0]?.input).toMatchObject({ kind: "delegate", detail: { from: "ada", to: "chan" } });
  // Who owns it there is that workspace's own matter: it begins anew.
  expect(must(await there.host.ownership(taken.id))).toMatchObject({
    owner: { owner: "ada", generation: 1 },
    delegated: false,
  });
});
