import { expect, test } from "vitest";
import { readFields } from "./read-fields.ts";

test("fields are read one a line, with or without a colon", () => {
  expect(readFields("patient: text\n\nminutes integer optional")).toEqual({
    ok: true,
    fields: { patient: { kind: "text" }, minutes: { kind: "integer", optional: true } },
  });
  expect(readFields("")).toEqual({ ok: true, fields: {} });
});

test("a time says what it is for; its domain is the narrowest unless another is named", () => {
  expect(readFields("seen time instant\nopen time instant range optional")).toEqual({
    ok: true,
    fields: {
      seen: { kind: "time", need: "instant", domain: "physical" },
      open: { kind: "time", need: "instant", domain: "range", optional: true },
    },
  });
});

test("what cannot be is refused with its line", () => {
  for (const line of ["a time", "a time soon", "a time instant lunar", "a time instant range now"])
    expect(readFields(line)).toMatchObject({ ok: false, line: 1 });
  expect(readFields("a text\nb number")).toMatchObject({ ok: false, line: 2 });
  expect(readFields("a text\na text")).toMatchObject({ ok: false, line: 2 });
  expect(readFields("a text maybe")).toMatchObject({ ok: false, line: 1 });
});
