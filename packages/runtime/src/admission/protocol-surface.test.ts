import fc from "fast-check";
import { expect, test } from "vitest";
import { protocolSurfaces, type SurfaceState, surfaceStep } from "./protocol-surface.ts";

const all: readonly SurfaceState[] = [
  "Issued",
  "Consumed",
  "Committed",
  "RolledBack",
  "Rejected",
  "Invalidated",
  "Expired",
];
const names = protocolSurfaces.map(({ name }) => name);

test("there are ten surfaces: two of admission, one of ownership, four of evidence, three transitions", () => {
  expect(names).toHaveLength(10);
  expect(new Set(names).size).toBe(10);
  const count = (of: string) => protocolSurfaces.filter((surface) => surface.class === of).length;
  expect(["admission", "ownership", "evidence", "transition"].map(count)).toEqual([2, 1, 4, 3]);
});

test("a witness is issued and consumed once", () => {
  expect(surfaceStep("readiness_witness", null, "Issued")).toEqual({ ok: true, state: "Issued" });
  expect(surfaceStep("readiness_witness", "Issued", "Consumed")).toEqual({ ok: true, state: "Consumed" });
  expect(surfaceStep("readiness_witness", "Consumed", "Consumed")).toEqual({
    ok: false,
    error: {
      code: "PAR8233",
      variant: "IllegalTransition",
      surface: "readiness_witness",
      from: "Consumed",
      to: "Consumed",
      allowed: [],
    },
  });
});

test("a handoff begins with its outcome, and a committed one may be invalidated", () => {
  expect(surfaceStep("semantic_handoff", null, "Committed").ok).toBe(true);
  expect(surfaceStep("semantic_handoff", null, "Invalidated").ok).toBe(false);
  expect(surfaceStep("semantic_handoff", "Committed", "Invalidated").ok).toBe(true);
});

test("a state that is none of the surface's, and an unknown surface, are refused by name", () => {
  expect(surfaceStep("canonical_handle", "Issued", "Expired")).toMatchObject({
    error: { code: "PAR8232", state: "Expired" },
  });
  expect(surfaceStep("levitation", null, "Issued")).toMatchObject({ error: { code: "PAR8231" } });
});

test("whatever is asked, a surface stays within its states and never leaves a final one", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...protocolSurfaces),
      fc.array(fc.constantFrom(...all), { maxLength: 12 }),
      ({ name, states }, steps) => {
        let at: SurfaceState | null = null;
        for (const to of steps) {
          const step = surfaceStep(name, at, to);
          if (!step.ok) continue;
          expect(at === null || at === "Issued" || (at === "Committed" && to === "Invalidated")).toBe(true);
          at = step.state;
          expect(states).toContain(at);
        }
      },
    ),
  );
});

test.each(protocolSurfaces)("$name can come to every state it has", ({ name, states }) => {
  const reached = new Set<SurfaceState>();
  const visit = (from: SurfaceState | null): void => {
    for (const to of all) {
      if (reached.has(to) || !surfaceStep(name, from, to).ok) continue;
      reached.add(to);
      visit(to);
    }
  };
  visit(null);
  expect([...reached].sort()).toEqual([...states].sort());
});
