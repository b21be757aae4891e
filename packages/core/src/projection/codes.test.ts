import { expect, it } from "vitest";
import { codes } from "../diagnostics/codes.ts";
import { projectionCodes } from "./codes.ts";

it("gives every finding an id of its own", () => {
  const ids = [...Object.values(codes), ...Object.values(projectionCodes)].map((entry) => entry.id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { id } of Object.values(projectionCodes)) expect(id).toMatch(/^PAR2[12]\d\d$/);
});
