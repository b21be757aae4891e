import { type MessageRow, messageRows } from "@parley/core/diagram";
import { expect, test } from "vitest";
import { livePicture } from "./live-picture.ts";
import { previewArm } from "./preview-arm.ts";
import { entry, view } from "./test-session.ts";

const option = (label: string, edgeId: string) => ({ kind: "send", peer: "B", label, edgeId }) as const;
const model = livePicture(
  view({
    roles: [
      { role: "A", endpoints: [{ possible: [option("Card", "1.card.0"), option("Cash", "1.cash.0")] }] },
      { role: "B", endpoints: [{}] },
    ],
  }),
  ["A", "B"],
  [entry(0)],
);

const row = (edge: string, to: string): MessageRow => ({
  kind: "message",
  id: edge,
  edge,
  label: `after ${edge}`,
  payload: "",
  legs: [{ edge, from: "A", to }],
  broadcast: false,
  control: false,
  facts: [],
  annotations: [],
});

test("what follows an arm stands under that arm, dotted, and under no other", () => {
  const shown = previewArm(model, "1.cash.0", [row("1.cash.1", "B")]);
  const labels = messageRows(shown).map(({ label, live }) => `${label} ${live?.state}`);
  expect(labels).toEqual(["Card next", "Cash next", "after 1.cash.1 awaited"]);
});

test("messages on lanes the picture does not have are left out, and then nothing is drawn anew", () => {
  expect(previewArm(model, "1.cash.0", [row("1.cash.1", "Workers")])).toBe(model);
});
