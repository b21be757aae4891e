import { expect, test } from "vitest";
import type { DeltaFact } from "./delta-fact.ts";
import { noLeakage } from "./observer-class.ts";
import { type GuardedOperation, runGuarded } from "./protocol-guard.ts";

const delta = (type: string): DeltaFact => ({ type, fields: { id: type } });
const ok = { ok: true, value: undefined } as const;

const operation = (more: Partial<GuardedOperation<string>> = {}): GuardedOperation<string> => ({
  authority: { kind: "tokens", tokens: ["t1", "t2"] },
  authorize: () => ok,
  run: () => ({ ok: true, value: { result: "done", deltas: [delta("device_registration")] } }),
  apply: () => ok,
  leakage: { ...noLeakage, external: 1 },
  ...more,
});

const running = (...types: readonly string[]): Partial<GuardedOperation<string>> => ({
  run: () => ({ ok: true, value: { result: "done", deltas: types.map(delta) } }),
});

test("tokens, operation, deltas, leakage: in this order", () => {
  expect(runGuarded(operation())).toEqual({
    ok: true,
    result: "done",
    facts: [delta("device_registration")],
    leakage: { external: 1, neighbor: 0, inGroup: 0 },
    phases: ["tokens", "operation", "deltas", "leakage"],
  });
});

test("without a token nothing runs, unless the exception says its reason, scope and source", () => {
  const exception = {
    kind: "unauthenticated",
    reasonCode: "bootstrap",
    scope: "open",
    docRef: "§1",
  } as const;
  expect(runGuarded(operation({ authority: { kind: "tokens", tokens: [] } }))).toMatchObject({
    error: { code: "PAR7670" },
    phases: [],
  });
  expect(runGuarded(operation({ authority: exception })).ok).toBe(true);
  for (const field of ["reasonCode", "scope", "docRef"])
    expect(runGuarded(operation({ authority: { ...exception, [field]: "  " } }))).toMatchObject({
      error: { code: "PAR7670", detail: expect.stringContaining(field) },
    });
});

test("every token must be admitted; one that is not keeps the operation from running", () => {
  let ran = false;
  const outcome = runGuarded(
    operation({
      authorize: (token) => (token === "t2" ? { ok: false, why: "expired" } : ok),
      run: () => {
        ran = true;
        return { ok: false, why: "" };
      },
    }),
  );
  expect(outcome).toMatchObject({ error: { code: "PAR7671", token: "t2", why: "expired" }, facts: [] });
  expect(ran).toBe(false);
});

test("an operation that fails leaves no facts", () => {
  expect(runGuarded(operation({ run: () => ({ ok: false, why: "no" }) }))).toEqual({
    ok: false,
    error: { code: "PAR7674", kind: "operation-failed", why: "no" },
    facts: [],
    phases: ["tokens", "operation"],
  });
});

test.each([
  ["device_removal", "PAR7672"],
  ["capability_revocation", "PAR7672"],
  ["unheard_of", "PAR7672"],
  ["guardian_enrollment", "PAR7673"],
])("a delta of the type %s is refused before any is applied", (type, code) => {
  const applied: string[] = [];
  const outcome = runGuarded(
    operation({
      ...running("capability_grant", type),
      apply: (one) => {
        applied.push(one.type);
        return ok;
      },
    }),
  );
  expect(outcome).toMatchObject({ error: { code, index: 1, type }, facts: [] });
  expect(applied).toEqual([]);
});

test("a delta that fails is made up for by facts against those before it, the last first", () => {
  const outcome = runGuarded(
    operation({
      ...running("device_registration", "capability_grant", "intent_finalization"),
      apply: ({ type }) => (type === "intent_finalization" ? { ok: false, why: "full" } : ok),
    }),
  );
  expect(outcome).toMatchObject({
    ok: false,
    error: { code: "PAR7675", index: 2, why: "full" },
    facts: [{ type: "capability_revocation" }, { type: "device_deactivation" }],
  });
});
