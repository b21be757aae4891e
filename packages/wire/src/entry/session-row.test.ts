import { expect, test } from "vitest";
import type { MachineEvent } from "./event.ts";
import { statusAfter } from "./session-row.ts";

const end = (kind: "completed" | "closed" | "cancelled", sid = 0): MachineEvent => ({ kind, tick: 1, sid });
const fault: MachineEvent = {
  kind: "faulted",
  tick: 1,
  coroutine: 0,
  role: "A",
  fault: { code: "x", variant: "X", message: "", fields: {} },
};

test("the status of a session is what its last telling event says", () => {
  expect(statusAfter([])).toBeUndefined();
  expect(statusAfter([{ kind: "halted", tick: 1, coroutine: 0, role: "A" }])).toBeUndefined();
  expect(statusAfter([fault])).toBe("faulted");
  expect(statusAfter([end("completed")])).toBe("completed");
  expect(statusAfter([fault, end("cancelled")])).toBe("cancelled");
  expect(statusAfter([end("completed"), end("closed")])).toBe("closed");
});

test("the end of a session nested in the hosted one is not its own end", () => {
  expect(statusAfter([end("completed", 1)])).toBeUndefined();
  expect(statusAfter([end("completed"), end("closed", 2)])).toBe("completed");
});
