import { packPolicies, packPolicy } from "@parley/core";
import { expect, test } from "vitest";
import { neverPacked, packTaxonomy, taxonomyOf } from "./pack-taxonomy.ts";
import { protocolAudit } from "./protocol-audit.ts";
import { consensusDeployment } from "./reserved-pack.ts";
import { startupDefaultsTable } from "./startup-defaults.ts";

test("every built-in protocol has one standing, under its own id", () => {
  for (const [qualifiedName, { protocolId }] of Object.entries(startupDefaultsTable)) {
    const rows = packTaxonomy.filter((row) => row.qualifiedName === qualifiedName);
    expect(rows.map(({ id }) => id)).toEqual([protocolId]);
  }
  expect(new Set(packTaxonomy.map(({ id }) => id)).size).toBe(packTaxonomy.length);
});

test("five protocols have adopted a pack, four of them in the first wave", () => {
  const adopted = packTaxonomy.filter(({ standing }) => standing === "adopted");
  expect(adopted.map(({ wave }) => wave)).toEqual(["first", "first", "first", "first", "second"]);
  for (const { pack } of adopted) expect(packPolicy(pack ?? "")).toBeDefined();
  for (const { name } of packPolicies) expect(adopted.some(({ pack }) => pack === name)).toBe(true);
});

test("what is pack-free names no pack, and only consensus waits for the reserved one", () => {
  for (const { standing, pack, reason } of packTaxonomy) {
    expect(reason.length).toBeGreaterThan(20);
    if (standing === "pack-free") expect(pack).toBeNull();
  }
  const waiting = packTaxonomy.filter(({ pack }) => pack === consensusDeployment.name);
  expect(waiting.map(({ id }) => id)).toEqual(consensusDeployment.candidateFor);
});

test("a protocol is found by its id or its qualified name", () => {
  expect(taxonomyOf("ota_activation.OTAActivationProtocol")).toBe(taxonomyOf("aura.sync.ota_activation"));
  expect(taxonomyOf("shop.Checkout")).toBeUndefined();
});

test("the audit speaks of built-in protocols only, fourteen of them with a ticket", () => {
  expect(protocolAudit.filter(({ ticket }) => ticket !== null)).toHaveLength(14);
  for (const { id } of protocolAudit) expect(taxonomyOf(id)).toBeDefined();
  expect(protocolAudit).toHaveLength(Object.keys(startupDefaultsTable).length);
});

test("what stays inside one runtime is never asked for a pack", () => {
  const what = neverPacked.map((row) => row.what).join("; ");
  expect(what).toContain("hints");
  expect(what).toContain("Move envelopes");
  expect(neverPacked.every(({ reason }) => reason.length > 10)).toBe(true);
});
