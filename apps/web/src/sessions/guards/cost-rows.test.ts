import { liveSequence, messageRows } from "@parley/core/diagram";
import { expect, test } from "vitest";
import { withCosts } from "./cost-rows.ts";

test("beside each message stands what it took, beside a free one nothing", () => {
  const event = { from: "A", to: "B", label: "Ask", edge: "ask", state: "received" } as const;
  const model = liveSequence({
    name: "s",
    roles: ["A", "B"],
    history: [0, 1].map((occurrence) => ({ ...event, occurrence, position: occurrence + 1, state: "sent" })),
    enabled: [],
  });
  const judged = [
    { seq: 1, index: 0, role: "A", edge: "ask", label: "Ask", allow: true, cost: 40 },
    { seq: 2, index: 0, role: "A", edge: "ask", label: "Ask", allow: true, cost: 0 },
  ];
  expect(messageRows(withCosts(model, judged)).map(({ cost }) => cost)).toEqual(["40", undefined]);
  expect(withCosts(model, [])).toBe(model);
});
