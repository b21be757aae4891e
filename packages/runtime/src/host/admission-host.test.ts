import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { CompositionManifest } from "../admission/manifest.ts";
import { noSignals } from "../admission/scheduler-choice.ts";
import {
  type GlobalArtifact,
  type LocalsArtifact,
  openManifestVmSessionAdmitted,
  readGlobalArtifact,
  readLocalsArtifact,
} from "../engine/index.ts";
import { hostFixture, openText } from "../testing/host-fixture.ts";
import { loopSource, pingSource, shopSource } from "../testing/sample-sources.ts";
import { operator } from "./caller.ts";
import type { Host } from "./host-api.ts";
import type { Result } from "./host-error.ts";
import type { SeedProtocol } from "./host-options.ts";

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const folder = join(import.meta.dirname, "../../../../protocols");
const shipped = (id: string, families: SeedProtocol["scenario"] = null): SeedProtocol => ({
  id,
  name: id,
  namespace: id,
  source: readFileSync(join(folder, id, `${id}.tell`), "utf8"),
  page: null,
  scenario: families,
});
const sizes = (families: { readonly [name: string]: number }): SeedProtocol["scenario"] => ({
  title: "t",
  families,
  names: {},
});
const seed: readonly SeedProtocol[] = [
  shipped("ota_activation", sizes({ Devices: 3 })),
  shipped("recovery_protocol"),
  shipped("amp_transport"),
];
const save = (host: Host, name: string, keys: { readonly [key: string]: boolean }, baseRevision = 0) =>
  host.putRuntimeProfile(operator, name, { base: "full", keys, baseRevision });

describe("runtime profiles", () => {
  test("every workspace has three, and keeps others beside them", async () => {
    const { host, store } = await hostFixture();
    expect(host.runtimeProfiles().map(({ name, shipped: of }) => [name, of])).toEqual([
      ["full", true],
      ["no-reconfiguration", true],
      ["none", true],
    ]);
    const saved = must(await save(host, "cautious", { byzantine_envelope: false }));
    expect(saved).toMatchObject({ revision: 1, shipped: false, inventory: { byzantine_envelope: false } });
    expect(must(await save(host, "cautious", {}, 1)).revision).toBe(2);
    await host.close();
    const again = await hostFixture({ store });
    expect(again.host.runtimeProfiles().at(-1)).toMatchObject({ name: "cautious", revision: 2 });
    must(await again.host.deleteRuntimeProfile(operator, "cautious"));
    expect(again.host.runtimeProfiles()).toHaveLength(3);
  });

  test.each([
    ["under a name that is none", () => ["a b", {}, 0] as const, "PAR7110"],
    ["over one of every workspace", () => ["full", {}, 0] as const, "PAR7122"],
    ["with a key nobody knows", () => ["x", { levitation: true }, 0] as const, "PAR7123"],
    [
      "with a surface, which follows from other keys",
      () => ["x", { ownership_receipt: true }, 0] as const,
      "PAR7123",
    ],
    ["from a revision that is not the present one", () => ["x", {}, 4] as const, "PAR7124"],
  ])("one saved %s is refused, and nothing is kept", async (_what, make, code) => {
    const { host } = await hostFixture();
    const [name, keys, revision] = make();
    expect(await save(host, name, keys, revision)).toMatchObject({ ok: false, error: { code } });
    expect(host.runtimeProfiles()).toHaveLength(3);
  });

  test("one that is not there cannot be forgotten, nor one of every workspace", async () => {
    const { host } = await hostFixture();
    expect(await host.deleteRuntimeProfile(operator, "x")).toMatchObject({ error: { code: "PAR7121" } });
    expect(await host.deleteRuntimeProfile(operator, "none")).toMatchObject({ error: { code: "PAR7122" } });
  });
});

describe("an opening names its runtime", () => {
  test("and is refused there before any message, and admitted on another", async () => {
    const { host } = await hostFixture({ seed });
    const ota = { protocol: "ota_activation", families: { Devices: 3 } };
    const refused = await host.openSession(operator, { ...ota, runtime: "no-reconfiguration" });
    expect(refused).toMatchObject({ ok: false, error: { code: "PAR7101" } });
    expect(await host.listSessions()).toEqual([]);
    const report = must(await host.admission({ ...ota, runtime: "no-reconfiguration" }));
    expect(
      report.rules.filter(({ outcome }) => outcome !== "passed").map(({ rule, reason }) => [rule, reason]),
    ).toEqual([
      [
        "theorem-pack-capabilities",
        "AuraTransitionSafety needs ownership_receipt, which the runtime does not provide",
      ],
    ]);
    expect((await host.openSession(operator, ota)).ok).toBe(true);
    const grant = { protocol: "recovery_protocol", runtime: "no-reconfiguration" };
    expect((await host.openSession(operator, grant)).ok).toBe(true);
  });

  test("and an unknown one is refused by name", async () => {
    const { host } = await hostFixture({ seed });
    expect(await host.admission({ protocol: "amp_transport", runtime: "gone" })).toMatchObject({
      error: { code: "PAR7121", name: "gone" },
    });
  });

  test("which its first entry keeps, whatever becomes of the profile", async () => {
    const { host } = await hostFixture({ backend: "native" });
    must(await save(host, "cautious", { mixed_determinism: false }));
    const session = await openText(host, shopSource, {
      runtime: "cautious",
      policy: "aura.vm.recovery_grant.prod",
    });
    must(await host.deleteRuntimeProfile(operator, "cautious"));
    const view = must(await host.view(session.id));
    expect(view.runsOn).toEqual({
      profile: "cautious",
      lacks: ["mixed_determinism"],
      backend: { asked: "native", ran: "parley.hosted" },
      mode: { asked: "cooperative", ran: "cooperative" },
      policy: {
        asked: "aura.vm.recovery_grant.prod",
        named: "aura.vm.prod.default",
        ran: "aura.vm.recovery_grant.prod",
      },
      parity: { asked: null, met: ["native_cooperative", "wasm_cooperative", "runtime_default"] },
    });
    expect(host.runsOn.backend).toEqual({ asked: "native", ran: "parley.hosted" });
    expect(must(await host.replay(session.id)).ok).toBe(true);
    const { host: other } = await hostFixture();
    const bytes = must(await host.exportSession(session.id));
    const imported = must(await other.importSession(operator, bytes));
    expect(imported.runsOn).toEqual(view.runsOn);
  });

  test("and one that names none runs on everything", async () => {
    const { host } = await hostFixture();
    const { runsOn } = await openText(host, pingSource);
    expect(runsOn).toMatchObject({
      profile: "full",
      lacks: [],
      backend: { asked: null },
      policy: { asked: null, named: "aura.vm.prod.default" },
    });
  });
});

describe("what a runtime would refuse", () => {
  test("is asked of every protocol by every rule", async () => {
    const { host } = await hostFixture({ seed });
    const admitted = (request: Parameters<Host["admissionMatrix"]>[0]) =>
      must(host.admissionMatrix(request)).rows.map(({ protocol, admitted: is }) => [protocol, is]);
    expect(admitted({ runtime: "full" })).toEqual([
      ["ota_activation", true],
      ["recovery_protocol", true],
      ["amp_transport", true],
    ]);
    expect(admitted({ runtime: "no-reconfiguration" })).toEqual([
      ["ota_activation", false],
      ["recovery_protocol", true],
      ["amp_transport", true],
    ]);
    expect(admitted({ runtime: "none" })).toEqual([
      ["ota_activation", false],
      ["recovery_protocol", false],
      ["amp_transport", true],
    ]);
    const { rules, rows } = must(
      host.admissionMatrix({ base: "full", keys: { termination_bounded: false } }),
    );
    expect(rows.map(({ cells }) => cells.length)).toEqual(rows.map(() => rules.length));
    expect(rows[1]?.cells.find(({ rule }) => rule === "required-capabilities")).toEqual({
      rule: "required-capabilities",
      outcome: "needs",
      reason: "the runtime does not provide termination_bounded",
      needs: "a runtime whose contracts include termination_bounded",
    });
  });

  test("and a text with errors is said not to be judged", async () => {
    const { host } = await hostFixture();
    must(await host.createProtocol(operator, { name: "Broken", source: "protocol" }));
    const [row] = must(host.admissionMatrix({ runtime: "full" })).rows;
    expect(row).toMatchObject({ name: "Broken", admitted: false, cells: [] });
    expect(row?.unjudged).toBeTruthy();
    expect(host.admissionMatrix({ base: "full", keys: { x: true } })).toMatchObject({
      error: { code: "PAR7123" },
    });
  });
});

describe("artifacts of a version", () => {
  const taken = async (source: string) => {
    const { host } = await hostFixture();
    const { id, latestVersion } = must(await host.createProtocol(operator, { name: "Test", source }));
    const artifact = (kind: "manifest" | "global" | "locals") =>
      // Through JSON, as a download.
      JSON.parse(JSON.stringify(must(host.artifact(id, latestVersion ?? "", kind)))) as unknown;
    return {
      host,
      id,
      manifest: artifact("manifest") as CompositionManifest,
      globalType: readGlobalArtifact(artifact("global") as GlobalArtifact),
      localTypes: readLocalsArtifact(artifact("locals") as LocalsArtifact),
    };
  };

  test.each([pingSource, shopSource, loopSource])(
    "open an admitted session of a role elsewhere",
    async (source) => {
      const { manifest, globalType, localTypes } = await taken(source);
      if (globalType === undefined || localTypes === undefined) throw new Error("an artifact is damaged");
      const registered = {
        protocolId: manifest.protocol_id,
        class: "RecoveryGrant",
        budget: 0,
        policy: manifest.determinism_policy_ref,
      };
      for (const role of globalType.roles) {
        const opened = openManifestVmSessionAdmitted(manifest, role, globalType, localTypes, noSignals, {
          registered,
        });
        expect(opened.ok).toBe(true);
      }
    },
  );

  test("of a version that is not there are refused", async () => {
    const { host, id } = await taken(pingSource);
    expect(host.artifact(id, "0".repeat(64), "manifest")).toMatchObject({ error: { code: "PAR7102" } });
    expect(host.artifact("gone", "0".repeat(64), "manifest")).toMatchObject({ error: { code: "PAR7001" } });
  });

  test("that are damaged, or of another format, are not read", async () => {
    const { localTypes } = await taken(pingSource);
    expect(localTypes).toBeDefined();
    const table = (nodes: object[]) => ({ root: 0, nodes: nodes as { [key: string]: unknown }[] });
    const of = (nodes: object[], format = "parley.locals/1") =>
      readLocalsArtifact({
        format: format as "parley.locals/1",
        version: "",
        bindings: { families: {}, names: {} },
        roles: { A: table(nodes) },
      });
    expect(of([{ kind: "end" }])).toEqual({ A: { kind: "end" } });
    expect(of([{ kind: "end" }], "parley.locals/2")).toBeUndefined();
    expect(of([{ kind: "mu", var: "x", body: 3 }])).toBeUndefined();
    expect(of([{ kind: "mu", var: "x", body: 0 }])).toBeUndefined();
    expect(of([])).toBeUndefined();
  });
});
