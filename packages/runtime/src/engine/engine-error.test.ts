import { expect, test } from "vitest";
import { capabilityRef } from "../admission/capability-ref.ts";
import { engineErrorOfAdmission } from "./engine-error.ts";

test("every refusal of admission has its error of the engine", () => {
  const variants = [
    engineErrorOfAdmission({ code: "PAR8201", variant: "MissingCapability", capability: "x" }),
    engineErrorOfAdmission({
      code: "PAR8202",
      variant: "MissingTheoremPack",
      theorem_pack: "P",
      why: "unknown",
    }),
    engineErrorOfAdmission({
      code: "PAR8203",
      variant: "MissingTheoremPackCapability",
      theorem_pack: "P",
      capability: "x",
    }),
    engineErrorOfAdmission({ code: "PAR8204", variant: "InventoryUnavailable", reason: "r" }),
    engineErrorOfAdmission({ code: "PAR8205", variant: "MissingRuntimeContracts" }),
    engineErrorOfAdmission({ code: "PAR8206", variant: "Internal", reason: "drifted" }),
  ];
  expect(variants).toMatchObject([
    { variant: "MissingRuntimeCapability", capability: capabilityRef("x") },
    { variant: "MissingTheoremPack", theorem_pack: "P" },
    { variant: "MissingTheoremPackCapability", theorem_pack: "P", capability: capabilityRef("x") },
    { variant: "Interpreter" },
    { variant: "MissingRuntimeContracts" },
    { variant: "Interpreter", message: "drifted" },
  ]);
});
