import { describe, expect, it } from "vitest";
import { corrupt, tampered, valueFor, valueLike } from "./tamper.ts";

const str = (value: string) => ({ kind: "str", value }) as const;

describe("corruption", () => {
  it("changes a value as the reference's adversary does", () => {
    expect(tampered(str("q32:10"))).toEqual(str("q32:-10"));
    expect(tampered(str("q32vec:3,4"))).toEqual(str("q32vec:-3,4"));
    expect(tampered(str("q32vec:"))).toEqual(str("corrupt:q32vec:"));
    expect(tampered(str("hi"))).toEqual(str("corrupt:hi"));
    expect(tampered({ kind: "nat", value: 7 })).toEqual({ kind: "nat", value: 8n });
    expect(tampered({ kind: "nat", value: 2n ** 64n - 1n })).toEqual({ kind: "nat", value: 0n });
    expect(tampered({ kind: "bool", value: true })).toEqual({ kind: "bool", value: false });
    expect(tampered({ kind: "unit" })).toEqual({ kind: "unit" });
    const pair = { kind: "prod", left: str("a"), right: str("b") } as const;
    expect(tampered(pair)).toEqual({ ...pair, left: str("corrupt:a") });
    expect(tampered({ kind: "opaque", type: "T", json: "{}" })).toMatchObject({ json: '"corrupt:{}"' });
  });

  it("can be the machine's own", () => {
    expect(corrupt(str("abcd"), "truncation")).toEqual(str("ab"));
    expect(corrupt(str("abcd"), "payloadErase")).toEqual({ kind: "unit" });
  });
});

describe("a scenario's value", () => {
  it("becomes what the message declares, or nothing", () => {
    expect(valueFor({ kind: "nat" }, "7")).toEqual({ kind: "nat", value: 7n });
    expect(valueFor({ kind: "nat" }, "-7")).toBeUndefined();
    expect(valueFor({ kind: "bool" }, true)).toEqual({ kind: "bool", value: true });
    expect(valueFor({ kind: "bool" }, "yes")).toBeUndefined();
    expect(valueFor({ kind: "opaque", name: "T" }, "{}")).toEqual({ kind: "opaque", type: "T", json: "{}" });
    expect(valueLike({ kind: "nat", value: 1 }, "many")).toEqual(str("many"));
    expect(valueLike({ kind: "nat", value: 1 }, 5n)).toEqual({ kind: "nat", value: 5n });
  });
});
