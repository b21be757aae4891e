import { analyse } from "@parley/core";
import { createHost, memoryStore, operator } from "@parley/runtime/host";
import { describe, expect, it } from "vitest";
import { catalogue } from "./catalogue.ts";
import { playScenario } from "./play-scenario.ts";

const pieces = catalogue();
const simulated = () => {
  let now = 0;
  let byte = 0;
  return {
    clock: { now: () => (now += 1) },
    random: {
      bytes: (count: number) => Uint8Array.from({ length: count }, () => (byte = (byte * 5 + 17) % 256)),
    },
  };
};

describe("the shipped catalogue", () => {
  it("holds the fourteen protocols", () => {
    expect(pieces.map(({ namespace }) => namespace).sort()).toEqual([
      "amp_transport",
      "aura_consensus",
      "device_epoch_rotation",
      "epoch_rotation",
      "guardian_ceremony",
      "guardian_membership_change",
      "guardian_setup",
      "invitation",
      "invitation_device_enrollment",
      "ota_activation",
      "recovery_protocol",
      "rendezvous",
      "secure_request",
      "session_coordination",
    ]);
  });

  describe.each(pieces)("$namespace", (piece) => {
    it("is sound, without a single error", () => {
      const { verdict, diagnostics } = analyse(piece.source);
      expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
      expect(verdict).toBe("sound");
    });

    it("uses no legacy spelling and names only live bundles", () => {
      expect(piece.source).not.toMatch(/journal_merge|leakage_budget/);
      expect(piece.source).not.toMatch(/--.*\bphase\b/i);
      const bundles = [...piece.source.matchAll(/bundle=(\w+)/g)].map((match) => match[1]);
      expect(
        bundles.filter(
          (name) => !/^(device_migration|guardian_handoff|epoch_rotation_transfer)$/.test(name ?? ""),
        ),
      ).toEqual([]);
    });

    it("carries a guard capability on every send", () => {
      const sends = [...piece.source.matchAll(/->/g)].length;
      expect([...piece.source.matchAll(/guard_capability/g)]).toHaveLength(sends);
    });

    it("is admitted and its scenario runs to the end", async () => {
      const store = memoryStore();
      const host = await createHost({ store, drafts: store, ...simulated() });
      const created = await host.createProtocol(operator, { name: piece.title, source: piece.source });
      if (!created.ok) throw new Error(created.error.kind);
      const saved = await host.saveVersion(operator, created.value.id, { source: piece.source });
      expect(saved.ok).toBe(true);
      const opened = await host.openSession(operator, {
        protocol: created.value.id,
        families: { ...piece.scenario.families },
      });
      if (!opened.ok) throw new Error(JSON.stringify(opened.error));
      expect(opened.value.admission.admitted).toBe(true);
      const played = await playScenario(host, opened.value.session.id, piece.scenario);
      expect(played).toMatchObject({ ok: true, view: { status: "completed" } });
      expect(await host.replay(opened.value.session.id)).toMatchObject({
        ok: true,
        value: { ok: true, findings: [] },
      });
    });
  });

  it("gives the guardian ceremony metadata on every edge and one decision named finalize or cancel", () => {
    const { source } = pieces.find(({ namespace }) => namespace === "guardian_ceremony") ?? { source: "" };
    const sends = [...source.matchAll(/->/g)].length;
    for (const key of ["guard_capability", "flow_cost", "journal_facts"]) {
      expect([...source.matchAll(new RegExp(key, "g"))]).toHaveLength(sends);
    }
    expect([...source.matchAll(/^ {4}\| (\w+) =>/gm)].map((match) => match[1])).toEqual([
      "finalize",
      "cancel",
    ]);
  });
});
