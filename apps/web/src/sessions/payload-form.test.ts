import { expect, test } from "vitest";
import { defaultText, type PayloadSort, readPayload, rememberedText, rememberText } from "./payload-form.ts";

const memory = () => {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
};

test("the default of every sort can be sent as it stands", () => {
  const sorts: readonly PayloadSort[] = ["Unit", "Nat", "Bool", "String", "Opaque"];
  for (const sort of sorts) expect(readPayload(sort, "T", defaultText(sort)).ok).toBe(true);
});

test("text becomes a value of the declared sort", () => {
  expect(readPayload("Nat", "Nat", " 12 ")).toEqual({ ok: true, value: { kind: "nat", value: 12 } });
  expect(readPayload("Bool", "Bool", "false")).toEqual({ ok: true, value: { kind: "bool", value: false } });
  expect(readPayload("String", "String", "a b")).toEqual({ ok: true, value: { kind: "str", value: "a b" } });
  expect(readPayload("Opaque", "m.T", '{ "a": [1] }')).toEqual({
    ok: true,
    value: { kind: "opaque", type: "m.T", json: '{"a":[1]}' },
  });
});

test("a natural beyond 2^53 keeps its digits", () => {
  const big = "9007199254740993";
  expect(readPayload("Nat", "Nat", big)).toEqual({ ok: true, value: { kind: "nat", value: big } });
});

test("what is no value of the sort is refused with a sentence", () => {
  for (const [sort, text] of [
    ["Nat", "-1"],
    ["Nat", "1.5"],
    ["Nat", ""],
    ["Bool", "yes"],
    ["Opaque", "{ a: 1 }"],
    ["Opaque", ""],
  ] as const)
    expect(readPayload(sort, "T", text)).toMatchObject({ ok: false, why: expect.stringMatching(/\w/) });
});

test("the last value of a type comes back; one the sort refuses does not", () => {
  const storage = memory();
  rememberText(storage, "Nat", "7");
  expect(rememberedText(storage, "Nat", "Nat")).toBe("7");
  expect(rememberedText(storage, "Nat", "Other")).toBe("0");
  rememberText(storage, "m.T", "not json");
  expect(rememberedText(storage, "Opaque", "m.T")).toBe("{}");
});

test("a browser without storage still gives the default", () => {
  const denied = {
    getItem: () => {
      throw new Error("denied");
    },
    setItem: () => {
      throw new Error("full");
    },
  };
  expect(rememberedText(denied, "Opaque", "T")).toBe("{}");
  expect(() => rememberText(denied, "T", "1")).not.toThrow();
});
