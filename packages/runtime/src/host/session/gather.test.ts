import type { Read } from "@parley/wire";
import { expect, test } from "vitest";
import { chainVerdict, recordedGather } from "./gather.ts";
import type { SessionState } from "./session-state.ts";

const state = {} as SessionState;
const decisionAt = (step: number): Read => ({
  kind: "decision",
  role: "A",
  endpoint: "",
  step,
  label: "X",
  source: { kind: "policy", policy: "first" },
});
const ask = (step: number) => ({ kind: "decision" as const, role: "A", endpoint: "", step, options: [] });

test("recorded reads are taken in order, each once", () => {
  const gather = recordedGather([decisionAt(0), decisionAt(1)]);
  expect(gather.decision(state, ask(0))).toMatchObject({ step: 0 });
  expect(gather.decision(state, ask(0))).toBeUndefined();
  expect(gather.rest()).toHaveLength(1);
  expect(gather.decision(state, ask(1))).toMatchObject({ step: 1 });
  expect(gather.rest()).toEqual([]);
});

test("a request that was not met is not met again", () => {
  const gather = recordedGather([decisionAt(4)]);
  expect(gather.decision(state, { ...ask(4), role: "B" })).toBeUndefined();
  expect(gather.decision(state, { ...ask(4), endpoint: "0" })).toBeUndefined();
  expect(gather.decision(state, ask(4))).toBeDefined();
});

test("the chain denies with the first guard that denies", () => {
  const verdict = (guard: "capability" | "flow", allow: boolean) => ({ guard, allow, read: {} });
  expect(chainVerdict([])).toEqual({ allow: true });
  expect(chainVerdict([verdict("capability", true), verdict("flow", false)])).toEqual({
    allow: false,
    reason: "flow",
  });
});
