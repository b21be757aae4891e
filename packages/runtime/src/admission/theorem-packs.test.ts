import { analyse, bind, packAcceptance, projectAll } from "@parley/core";
import { describe, expect, test } from "vitest";
import { compileImage } from "../machine/code/image.ts";
import { admit } from "./admit.ts";
import { fullContracts, inventoryOf } from "./capability-inventory.ts";
import { manifestOf } from "./manifest.ts";
import { registryEntry } from "./registry.ts";
import type { AdmissionCase } from "./rule.ts";

const envelope =
  "protocol_machine_envelope_adherence, protocol_machine_envelope_admission, protocol_envelope_bridge";
const packs = {
  AuraTransitionSafety: `${envelope}, reconfiguration_safety`,
  AuraAuthorityEvidence: envelope,
} as const;

const sourceOf = (pack: keyof typeof packs): string =>
  `module vault exposing (Rotate)\nproof_bundle ${pack} version "1.0.0" requires [${packs[pack]}]\nprotocol Rotate requires ${pack} =\n  roles A, B\n  A { flow_cost : 1, journal_facts : "rotated" } -> B : Key\n`;

const caseOf = (source: string): AdmissionCase => {
  const { kernel, diagnostics } = analyse(source);
  if (kernel === undefined) throw new Error(JSON.stringify(diagnostics));
  const bound = bind(kernel, { families: {}, names: {} });
  if (!bound.ok) throw new Error("the source does not bind");
  const image = compileImage({
    version: "0".repeat(64),
    locals: new Map(Object.entries(projectAll(bound.protocol).locals)),
  });
  const manifest = manifestOf(kernel);
  const { roles } = bound.protocol;
  return {
    manifest,
    image,
    registered: registryEntry(manifest, image, undefined),
    seats: roles.map((role) => ({ role, authority: "ada", device: "ada-phone" })),
    roles,
    inventory: inventoryOf(fullContracts),
  };
};

describe.each(["AuraTransitionSafety", "AuraAuthorityEvidence"] as const)(
  "a protocol that requires a pack",
  (pack) => {
    test(`${pack} is admitted with its surfaces`, () => {
      expect(admit(caseOf(sourceOf(pack))).admitted).toBe(true);
    });

    test(`${pack} fails closed without its surfaces`, () => {
      const asked = caseOf(sourceOf(pack));
      const report = admit(asked, inventoryOf({ ...fullContracts, envelopes: [] }));
      expect(report.admitted).toBe(false);
      expect(report.rules.find(({ rule }) => rule === "theorem-pack-capabilities")?.outcome).not.toBe(
        "passed",
      );
    });

    test(`${pack} is accepted, and names these two tests as evidence`, () => {
      const [found] = packAcceptance(analyse(sourceOf(pack)).file);
      const titles = found?.conditions
        .filter(({ condition }) => condition.endsWith("Test"))
        .flatMap(({ evidence }) => evidence);
      expect([found?.accepted, titles]).toEqual([
        true,
        [`${pack} fails closed without its surfaces`, `${pack} is admitted with its surfaces`],
      ]);
    });
  },
);
