import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyse } from "../analyse.ts";
import type { LocalBranch, LocalType } from "../projection/local-type.ts";
import { arbitraryProgram } from "../testing/arbitrary-program.ts";
import { areDual, dualLocal } from "../theory/local-duality.ts";
import { localSubtype } from "../theory/local-subtype.ts";
import { decodeLocal, type LocalTypeR } from "../theory/local-type-r.ts";
import { localFlaws } from "../theory/local-well-formed.ts";
import { soundness } from "./soundness.ts";

const deviations = `${resolve(process.env.PARLEY_CONFORMANCE ?? "../shared/conformance")}/deviations`;
const localsOf = (source: string): Readonly<Record<string, LocalType>> =>
  analyse(source).samples?.at(-1)?.locals ?? {};

/** A type of the theory as one of ours. */
const ours = (type: LocalTypeR): LocalType => {
  if (type.kind === "end" || type.kind === "var") return type;
  if (type.kind === "mu") return { ...type, body: ours(type.body) };
  const branches = type.branches.map(
    ({ label, next }): LocalBranch => ({
      peer: type.partner,
      label: label.name,
      payload: { text: "", sort: "Unit" },
      annotations: [],
      edge: label.name,
      span: { start: 0, end: 0 },
      next: ours(next),
    }),
  );
  return type.kind === "send" ? { kind: "send", branches } : { kind: "recv", from: type.partner, branches };
};
const pairOf = (name: string): readonly [LocalType, LocalType] => {
  const { subtype } = JSON.parse(readFileSync(`${deviations}/${name}.json`, "utf8")) as {
    subtype: unknown[];
  };
  return [ours(decodeLocal(subtype[0])), ours(decodeLocal(subtype[1]))];
};

describe("where the reference judges wrongly", () => {
  it("a request and its reply are free of deadlocks", () => {
    const source = readFileSync(`${deviations}/request-reply-not-deadlock-free.tell`, "utf8");
    expect(soundness(localsOf(source))).toMatchObject({
      deadlockFree: "yes",
      progress: "yes",
      coherent: "yes",
      by: "exploration",
      flaws: {},
    });
  });
  it("a loop with a third role is coherent", () => {
    const source = `protocol Relay =
  roles A, B, C
  loop forever
    A -> B : Item
    B -> C : Item
`;
    const locals = localsOf(source);
    expect(Object.keys(locals)).toEqual(["A", "B", "C"]);
    expect(soundness(locals, { projected: true })).toMatchObject({ deadlockFree: "yes", coherent: "yes" });
  });
  it("to replace a program is to send less: more sends are refused, and allowed for a channel", () => {
    const [more, less] = pairOf("subtype-orientation");
    expect(localSubtype(more, less, { mode: "sync" })).toMatchObject({
      verdict: "no",
      reason: { kind: "sends", label: "b" },
    });
    expect(localSubtype(less, more, { mode: "sync" }).verdict).toBe("yes");
    expect(localSubtype(more, less, { mode: "sync", reading: "channel" }).verdict).toBe("yes");
  });
  it("a loop is a subtype of itself", () => {
    const [a, b] = pairOf("async-subtype-not-reflexive");
    expect(localSubtype(a, b)).toEqual({ verdict: "yes" });
  });
});

describe("whatever projects", () => {
  it("is well-formed role by role, and coherent together", () => {
    fc.assert(
      fc.property(arbitraryProgram({ families: true }), (source) => {
        const found = soundness(localsOf(source), { projected: true, states: 200, bound: 2, reduce: true });
        expect(found).toMatchObject({ deadlockFree: "yes", coherent: "yes", flaws: {} });
      }),
      { numRuns: 60 },
    );
  });
  it("is dual where only two talk, and has the dual of its dual", () => {
    fc.assert(
      fc.property(arbitraryProgram({ par: false, decorations: false }), (source) => {
        const roles = Object.entries(localsOf(source)).map(([role, type]) => ({ role, type }));
        const [a, b] = roles;
        if (roles.length !== 2 || a === undefined || b === undefined) return;
        expect(areDual(a, b)).toBe(true);
        const once = dualLocal(a.type, a.role, b.role);
        const twice = once.ok ? dualLocal(once.type, b.role, a.role) : once;
        expect(twice.ok && localSubtype(twice.type, a.type, { mode: "sync" }).verdict).toBe("yes");
      }),
      { numRuns: 120 },
    );
  });
});

describe("names what is wrong with a type by itself", () => {
  const end: LocalType = { kind: "end" };
  const branch = (peer: string, label: string, next: LocalType = end): LocalBranch => ({
    peer,
    label,
    payload: { text: "", sort: "Unit" },
    annotations: [],
    edge: label,
    span: { start: 0, end: 0 },
    next,
  });
  const send = (...branches: LocalBranch[]): LocalType => ({ kind: "send", branches });
  it.each<[string, LocalType, string]>([
    ["unbound", send(branch("B", "m", { kind: "var", name: "t" })), "t"],
    ["unguarded", { kind: "mu", var: "t", body: { kind: "var", name: "t" } }, "t"],
    ["empty", send(branch("B", "m", send())), "send"],
    ["duplicate", send(branch("B", "m"), branch("B", "m")), "m"],
    ["self", send(branch("A", "m")), "A"],
    ["race", { kind: "par", arms: [send(branch("B", "m")), send(branch("B", "n"))], next: end }, "!B"],
  ])("%s", (kind, type, name) => {
    expect(localFlaws(type, "A")).toEqual([{ kind, name }]);
    expect(soundness({ A: type, B: end }).coherent).toBe("no");
  });
  it("the same label to two peers is no duplicate", () =>
    expect(localFlaws(send(branch("B", "m"), branch("C", "m")), "A")).toEqual([]));
  it("a type of three, and parallel arms, have no dual", () => {
    expect(dualLocal(send(branch("B", "m", send(branch("C", "n")))), "A", "B")).toEqual({
      ok: false,
      why: "peers",
    });
    expect(dualLocal({ kind: "par", arms: [end], next: end }, "A", "B")).toEqual({
      ok: false,
      why: "construct",
    });
  });
});
