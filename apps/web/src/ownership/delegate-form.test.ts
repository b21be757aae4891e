import { describe, expect, test } from "vitest";
import { delegationOf, initialDelegation, presentedKey } from "./delegate-form.ts";

const view = {
  owner: { owner: "ada", generation: 3, scope: { kind: "session" } },
  generation: 3,
  bundles: ["device_migration"],
  handBack: {
    to: "eli",
    bundle: "device_migration",
    boundary: { bundle: "device_migration", protocols: ["p"], fragments: [], scope: { kind: "session" } },
  },
  fragments: [{ key: "bundle:device_migration", owner: "ada", protocol: "p", bundle: "device_migration" }],
} as never;

describe("the form that hands a session over", () => {
  test("it presents the present owner's generation, at the bundle that holds the protocol", () => {
    expect(delegationOf(initialDelegation(view, "bea"))).toEqual({
      presented: { owner: "ada", generation: 3 },
      to: "bea",
      bundle: "device_migration",
    });
  });

  test("a former owner presents what they held", () => {
    const form = initialDelegation(view, "chan", presentedKey({ owner: "bea", generation: 2 }));
    expect(delegationOf(form).presented).toEqual({ owner: "bea", generation: 2 });
  });

  test("to whom it was whole it goes back whole, at the boundary that says so", () => {
    expect(delegationOf(initialDelegation(view, "eli"))).toMatchObject({
      boundary: { fragments: [], scope: { kind: "session" } },
      scope: { kind: "session" },
    });
    expect(delegationOf(initialDelegation(view, "bea"))).not.toHaveProperty("boundary");
  });

  test("a scope and a context are sent only where they are chosen", () => {
    const form = {
      ...initialDelegation(view, "bea"),
      scope: "fragments" as const,
      keys: " a , ,b",
      context: "ctx:x",
    };
    expect(delegationOf(form)).toMatchObject({
      scope: { kind: "fragments", keys: ["a", "b"] },
      context: "ctx:x",
    });
    expect(delegationOf({ ...form, scope: "session" }).scope).toEqual({ kind: "session" });
  });
});
