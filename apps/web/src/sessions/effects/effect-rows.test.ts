import { expect, test } from "vitest";
import { type EffectRow, effectsCsv, effectsJson, filterEffects } from "./effect-rows.ts";

const row = (part: Partial<EffectRow>): EffectRow => ({
  seq: 1,
  index: 0,
  tick: 1,
  kind: "send",
  role: "A",
  key: "A->B#0",
  value: "Ping",
  predicate: "aura.transport.send",
  witness: "w0",
  granted: true,
  ...part,
});

const rows = [
  row({}),
  row({ seq: 2, kind: "recv", role: "B", predicate: "aura.transport.recv" }),
  row({ seq: 3, kind: "choose", role: "B", value: 'Yes, "now"' }),
];

test("a filter wants the kind and every word, whatever its case", () => {
  expect(filterEffects(rows, { kind: undefined, text: "" })).toEqual(rows);
  expect(filterEffects(rows, { kind: "recv", text: "" }).map(({ seq }) => seq)).toEqual([2]);
  expect(filterEffects(rows, { kind: undefined, text: "b YES" }).map(({ seq }) => seq)).toEqual([3]);
  expect(filterEffects(rows, { kind: "send", text: "recv" })).toEqual([]);
});

test("CSV quotes what needs it and disarms what a spreadsheet would run", () => {
  const lines = effectsCsv([...rows, row({ value: "=1+1" })]).split("\r\n");
  expect(lines[0]).toBe("seq,index,tick,kind,role,key,value,predicate,witness,granted");
  expect(lines[3]).toContain('"Yes, ""now"""');
  expect(lines[4]).toContain("'=1+1");
  expect(lines).toHaveLength(6);
});

test("JSON holds the rows as they are", () => {
  expect(JSON.parse(effectsJson("ses_1", rows))).toEqual({ session: "ses_1", effects: rows });
});
