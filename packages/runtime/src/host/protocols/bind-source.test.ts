import { analyse } from "@parley/core";
import { describe, expect, it } from "vitest";
import { compileSource, type Numbers } from "./bind-source.ts";

const crew = analyse("protocol Crew =\n  roles Lead, Hand[N]\n  Lead -> Hand[*] : Go\n");
const compile = (families: Numbers["families"]) =>
  compileSource(crew, "crew", "0".repeat(64), { families, names: {} });

describe("numbers given at open", () => {
  it("bind a family by its own name or by that of its size", () => {
    for (const family of ["Hand", "N"]) {
      const result = compile({ [family]: 2 });
      expect(result.ok && result.compiled.roles).toEqual(["Lead", "Hand[0]", "Hand[1]"]);
    }
  });

  it("are refused for a family that the protocol does not have, and for a plain role", () => {
    for (const stranger of ["Hnad", "Lead"]) {
      const result = compile({ Hand: 2, [stranger]: 3 });
      expect(result).toMatchObject({
        ok: false,
        error: { kind: "bad-bindings", reason: expect.stringContaining(stranger) },
      });
    }
  });

  it("are refused when one is missing or beyond the limit", () => {
    expect(compile({})).toMatchObject({ ok: false, error: { kind: "bad-bindings" } });
    expect(compile({ Hand: 10_001 })).toMatchObject({ ok: false, error: { kind: "bad-bindings" } });
  });
});
