import { expect, test } from "vitest";
import { allotBudget, allotmentOf, budgetView, newBudget } from "./budget.ts";
import { denialText, denyingGuard } from "./denial.ts";
import { edgeRequest } from "./edge-request.ts";
import { evaluateGuards } from "./evaluate-guards.ts";
import type { GuardRequest, GuardSnapshot } from "./guard-snapshot.ts";
import { noLeakage } from "./observer-class.ts";

const ask = (...annotations: readonly (readonly [string, string])[]): GuardRequest => ({
  ...edgeRequest(annotations.map(([key, value]) => ({ key, value }))),
  context: "ctx:s",
  authority: "ada",
  device: "ada-phone",
  peer: "bob",
});

const sendRequest = ask(["guard_capability", "chat:message:send"], ["flow_cost", "50"]);

const open: GuardSnapshot = {
  capabilities: ["chat:message:send", "amp:send"],
  flowBudget: { limit: 100, spent: 0, epoch: 0 },
  leakage: { limits: { external: 2, neighbor: 2, inGroup: 2 }, consumed: noLeakage },
  versions: { capability: { token: 3 }, flow: { "budget:ctx:s:bob": 4 }, leakage: { "leakage:ctx:s": 5 } },
  now: 1_000,
};

test("cap guard denies unauthorized", () => {
  const outcome = evaluateGuards(
    { capabilities: [], flowBudget: { limit: 100, spent: 0, epoch: 0 } },
    sendRequest,
  );
  expect(outcome).toMatchObject({
    allow: false,
    effects: [],
    denial: { code: "PAR7610", capability: "chat:message:send" },
  });
});

test("an allowed send has a verdict of every guard it asks, with what each read, and pays first", () => {
  const request = ask(
    ["guard_capability", "amp:send"],
    ["flow_cost", "50"],
    ["journal_facts", "sent, noted"],
    ["leak", "(External, InGroup)"],
  );
  const leakage = { guard: "leakage", allow: true, read: { "leakage:ctx:s": 5 }, before: 2, after: 1 };
  const fact = { kind: "appendJournal", context: "ctx:s", authority: "ada", at: 1_000 };
  expect(evaluateGuards(open, request)).toEqual({
    allow: true,
    verdicts: [
      { guard: "capability", allow: true, subject: "amp:send", read: { token: 3 } },
      { guard: "flow", allow: true, subject: "50", read: { "budget:ctx:s:bob": 4 }, before: 100, after: 50 },
      { guard: "journal", allow: true, subject: "sent,noted", read: {} },
      { ...leakage, subject: "external" },
      { ...leakage, subject: "inGroup" },
    ],
    effects: [
      {
        kind: "chargeBudget",
        context: "ctx:s",
        authority: "ada",
        device: "ada-phone",
        peer: "bob",
        amount: 50,
      },
      { ...fact, fact: "sent" },
      { ...fact, fact: "noted" },
      { kind: "recordLeakage", context: "ctx:s", leakage: { external: 1, neighbor: 0, inGroup: 1 } },
    ],
  });
});

const operation = (cost: number, external = 0): GuardRequest => ({
  ...ask(),
  operation: "amp:send",
  cost,
  leakage: { ...noLeakage, external },
});
const decided: GuardSnapshot = {
  ...open,
  flowBudget: { limit: 10, spent: 0, epoch: 0 },
  leakage: { limits: { external: 100, neighbor: 0, inGroup: 0 }, consumed: noLeakage },
  decisions: { "amp:send": "allow" },
};

test("an operation that is denied, or that nobody decided on, has no effects", () => {
  expect(evaluateGuards({ ...decided, decisions: { "amp:send": "deny" } }, operation(1))).toMatchObject({
    effects: [],
    denial: { code: "PAR7611", kind: "authorization-denied", operation: "amp:send" },
  });
  for (const decisions of [{}, { "amp:receive": "allow" } as const])
    expect(evaluateGuards({ ...decided, decisions }, operation(1))).toMatchObject({
      effects: [],
      denial: { code: "PAR7612", kind: "authorization-missing" },
    });
});

test("an operation pays exactly what is left and notes that it ran; one unit more is denied", () => {
  expect(evaluateGuards(decided, operation(11))).toMatchObject({
    effects: [],
    denial: { code: "PAR7614", kind: "budget-short", cost: 11, headroom: 10 },
  });
  expect(evaluateGuards(decided, operation(10)).effects).toMatchObject([
    { kind: "chargeBudget", amount: 10 },
    { kind: "appendJournal", fact: "operation_executed:ada:amp:send" },
  ]);
  expect(evaluateGuards(decided, operation(10, 8)).effects[2]).toMatchObject({
    kind: "recordLeakage",
    leakage: { external: 8 },
  });
});

test("an operation needs a budget even when it costs nothing", () => {
  const { flowBudget: _, ...none } = decided;
  expect(evaluateGuards(none, operation(0))).toMatchObject({ denial: { code: "PAR7613" } });
});

test("the first denial ends the chain: guards after it are not asked", () => {
  const { verdicts } = evaluateGuards(
    { capabilities: [], flowBudget: { limit: 0, spent: 0, epoch: 0 } },
    ask(["guard_capability", "amp:send"], ["leak", "External"]),
  );
  expect(verdicts.map(({ guard }) => guard)).toEqual(["capability"]);
});

test("a denial names the block of the token that refuses", () => {
  const refusal = { kind: "check-failed", token: "t1", block: 2, check: "expires", why: "at 900" } as const;
  const outcome = evaluateGuards(
    { ...open, capabilities: [], refusals: { "amp:send": refusal } },
    ask(["guard_capability", "amp:send"]),
  );
  expect(outcome).toMatchObject({ denial: { refusal } });
  expect(outcome.verdicts[0]?.reason).toBe(
    "The capability amp:send is not admitted: block 2 of token t1 checks expires (at 900).",
  );
});

test("a denial names the charge after which the budget no longer sufficed", () => {
  const lastCharge = { receipt: "ab", cost: 60, session: "s" };
  const snapshot = { ...open, flowBudget: { limit: 100, spent: 60, epoch: 0 }, lastCharge };
  expect(evaluateGuards(snapshot, sendRequest)).toMatchObject({
    verdicts: [{ allow: true }, { allow: false, before: 40, after: 40 }],
    denial: { kind: "budget-short", cost: 50, headroom: 40, last: lastCharge },
  });
});

test("a device out of reach is denied by its own escrow, though the budget has enough", () => {
  const allotted = allotBudget(newBudget(100), "ada-phone", 30, true);
  if (!allotted.ok) throw new Error("escrow");
  const shares = (reaches: boolean): GuardSnapshot => ({
    ...open,
    flowBudget: budgetView(allotted.budget),
    allotment: allotmentOf(allotted.budget, "ada-phone", reaches),
  });
  expect(evaluateGuards(shares(true), sendRequest).allow).toBe(true);
  expect(evaluateGuards(shares(false), sendRequest)).toMatchObject({
    denial: { code: "PAR7615", device: "ada-phone", left: 30, unallotted: 70 },
  });
});

test("the legs still to come are checked with the first and not yet charged", () => {
  const legs = (ahead: number) => evaluateGuards(open, { ...sendRequest, ahead });
  expect(legs(50)).toMatchObject({ allow: true, effects: [{ amount: 50 }] });
  expect(legs(51)).toMatchObject({ denial: { cost: 101 } });
});

test("leakage beyond a class's window is denied for that class, after those that fit", () => {
  const leakage = {
    limits: { external: 2, neighbor: 0, inGroup: 2 },
    consumed: { external: 0, neighbor: 9, inGroup: 2 },
    freeAt: 77,
  };
  expect(
    evaluateGuards({ ...open, leakage }, ask(["flow_cost", "0"], ["leak", "(External, InGroup)"])),
  ).toMatchObject({
    verdicts: [
      { subject: "external", allow: true },
      { subject: "inGroup", allow: false },
    ],
    denial: { code: "PAR7618", observer: "inGroup", amount: 1, consumed: 2, limit: 2, freeAt: 77 },
  });
});

test("what no guard can read is denied, not passed over", () => {
  expect(evaluateGuards(open, ask(["flow_cost", "much"]))).toMatchObject({
    effects: [],
    denial: { code: "PAR7619", key: "flow_cost", value: "much" },
  });
  expect(evaluateGuards(open, ask(["leak", "()"]))).toMatchObject({
    denial: { kind: "annotation-malformed" },
  });
});

test("a capability the token port could not decide in time is neither allowed nor denied", () => {
  const outcome = evaluateGuards({ ...open, undecided: ["amp:send"] }, ask(["guard_capability", "amp:send"]));
  expect(outcome).toEqual({ allow: false, verdicts: [], effects: [], undecided: "amp:send" });
});

test.each(["constructor", "toString", "__proto__"])("%s of a plain object is no decision", (name) => {
  expect(evaluateGuards({ ...open, refusals: {} }, { ...ask(), capabilities: [name] })).toMatchObject({
    denial: { kind: "capability-missing", capability: name },
  });
  expect(evaluateGuards(decided, { ...operation(1), operation: name })).toMatchObject({
    denial: { kind: "authorization-missing" },
  });
});

test("every denial says something of its own and belongs to the guard that denied", () => {
  const denials = [
    { code: "PAR7610", kind: "capability-missing", capability: "x" },
    { code: "PAR7611", kind: "authorization-denied", operation: "x" },
    { code: "PAR7612", kind: "authorization-missing", operation: "x" },
    { code: "PAR7613", kind: "budget-missing", cost: 1 },
    {
      code: "PAR7614",
      kind: "budget-short",
      cost: 1,
      headroom: 0,
      limit: 1,
      spent: 1,
      epoch: 0,
      reserved: 3,
    },
    { code: "PAR7615", kind: "allotment-short", device: "d", cost: 1, left: 0, unallotted: 9 },
    { code: "PAR7616", kind: "budget-overflow", spent: 1, cost: 1 },
    { code: "PAR7617", kind: "leakage-missing", observer: "external" },
    { code: "PAR7618", kind: "leakage-exceeded", observer: "external", amount: 1, consumed: 1, limit: 1 },
    { code: "PAR7619", kind: "annotation-malformed", key: "leak", value: "" },
  ] as const;
  expect(new Set(denials.map(denialText)).size).toBe(denials.length);
  const of = (guard: string, count: number) => Array.from({ length: count }, () => guard);
  expect(denials.map(denyingGuard)).toEqual([...of("capability", 3), ...of("flow", 4), ...of("leakage", 3)]);
});

test.each([
  { kind: "no-token", device: "d" },
  { kind: "not-granted", token: "t", why: "w" },
  { kind: "revoked", token: "t", reason: "lost" },
  { kind: "invalid", token: "t", code: "signature" },
] as const)("that the token is refused ($kind) is told in the denial", (refusal) => {
  const plain = { code: "PAR7610", kind: "capability-missing", capability: "x" } as const;
  expect(denialText({ ...plain, refusal })).not.toBe(denialText(plain));
});
