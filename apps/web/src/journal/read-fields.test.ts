import { expect, test } from "vitest";
import { readFields } from "./read-fields.ts";

test("fields are read one a line, with or without a colon", () => {
  expect(readFields("patient: text\n\nminutes integer optional")).toEqual({
    ok: true,
    fields: { patient: { kind: "text" }, minutes: { kind: "integer", optional: true } },
  });
  expect(readFields("")).toEqual({ ok: true, fields: {} });
});

test("what cannot be is refused with its line", () => {
  expect(readFields("a text\nb number")).toMatchObject({ ok: false, line: 2 });
  expect(readFields("a text\na text")).toMatchObject({ ok: false, line: 2 });
  expect(readFields("a text maybe")).toMatchObject({ ok: false, line: 1 });
});
