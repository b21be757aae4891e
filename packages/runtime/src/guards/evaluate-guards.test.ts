import { expect, test } from "vitest";
import { edgeRequest } from "./edge-request.ts";
import { evaluateGuards } from "./evaluate-guards.ts";
import type { GuardRequest, GuardSnapshot } from "./guard-snapshot.ts";

const sendRequest: GuardRequest = {
  ...edgeRequest([
    { key: "guard_capability", value: "chat:message:send" },
    { key: "flow_cost", value: "50" },
  ]),
  context: "ctx:s",
  authority: "ada",
  device: "ada-phone",
  peer: "bob",
};

const open: GuardSnapshot = {
  capabilities: ["chat:message:send"],
  flowBudget: { limit: 100, spent: 0, epoch: 0 },
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

test("an allowed send charges what it costs", () => {
  expect(evaluateGuards(open, sendRequest)).toMatchObject({
    allow: true,
    verdicts: [
      { guard: "capability", allow: true },
      { guard: "flow", allow: true, before: 100, after: 50 },
    ],
    effects: [{ kind: "chargeBudget", amount: 50, peer: "bob", device: "ada-phone" }],
  });
});
