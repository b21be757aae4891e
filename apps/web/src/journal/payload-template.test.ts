import { expect, test } from "vitest";
import { payloadTemplate } from "./payload-template.ts";

const type = {
  type: "clinic.visit",
  version: 1,
  minVersion: 1,
  owner: "operator",
  time: "physical",
  fields: [
    { name: "patient", kind: "text" },
    { name: "seen", kind: "range time" },
    { name: "minutes", kind: "integer, optional" },
  ],
  reducer: "all",
  findings: [],
} as const;

test("a payload to fill in has every field that must be there, each in the form of its kind", () => {
  expect(JSON.parse(payloadTemplate({ ...type, fields: [...type.fields], findings: [] }))).toEqual({
    patient: "",
    seen: { kind: "range", earliest: 0, latest: 0, confidence: "Unknown" },
  });
  expect(payloadTemplate(undefined)).toBe("{}");
});
