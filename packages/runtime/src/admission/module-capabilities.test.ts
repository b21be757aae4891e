import { expect, test } from "vitest";
import { capabilityNameError } from "./capability-name.ts";
import { admittedModule } from "./module-capabilities.ts";

const errorOf = (id: string, ...declared: string[]) => {
  const made = admittedModule(id, declared);
  return made.ok ? undefined : made.error;
};

test("a module is admitted with capabilities of its own", () => {
  const made = admittedModule("notes", ["module:notes:page:send"]);
  expect(made).toMatchObject({ ok: true, module: { module_id: "notes" } });
  const modules = made.ok ? [made.module] : [];
  expect(capabilityNameError("module:notes:page:send", modules)).toBeUndefined();
  expect(capabilityNameError("module:notes:page:erase", modules)).toMatchObject({
    kind: "UndeclaredModuleCapability",
    module: "notes",
  });
  expect(capabilityNameError("module:other:page:send", modules)).toMatchObject({ kind: "UnadmittedModule" });
});

test("where only the first party is admitted, any module capability is refused", () => {
  expect(capabilityNameError("module:notes:page:send")).toMatchObject({ kind: "UnadmittedModule" });
  expect(capabilityNameError("module:notes")).toMatchObject({ kind: "InvalidModuleCapabilityShape" });
});

test.each([
  ["a:b", "InvalidModuleId", []],
  ["", "InvalidModuleId", []],
  ["Notes", "InvalidModuleId", []],
  ["notes", "InvalidCapability", ["module:notes:"]],
  ["notes", "InvalidCapability", ["Send"]],
  ["notes", "ModuleIdMismatch", ["module:other:page:send"]],
  ["notes", "ModuleIdMismatch", ["page:send"]],
  ["notes", "ReservedFirstPartyNamespace", ["module:notes:amp:send"]],
  ["notes", "ReservedHostCapabilityRoot", ["module:notes:flow_charge"]],
] as const)("the module %j is refused: %s", (id, variant, declared) => {
  expect(errorOf(id, ...declared)).toMatchObject({ variant });
});
