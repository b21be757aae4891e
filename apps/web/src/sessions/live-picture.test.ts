import { messageRows } from "@parley/core/diagram";
import { expect, test } from "vitest";
import { historyOf, livePicture, rowOfSelection } from "./live-picture.ts";
import { entry, received, sent, view } from "./test-session.ts";

test("a receipt belongs to the send with its frame, also on the next lap of a loop", () => {
  const history = historyOf([
    entry(1, [sent("A", "B", 0, "Ping", "0.0")]),
    entry(2, [sent("A", "B", 1, "Ping", "0.0")]),
    entry(3, [received("A", "B", 0, "Ping", "0.0")]),
    entry(4, [received("A", "B", 1, "Ping", "0.0")]),
  ]);
  expect(history.map(({ state, occurrence, position }) => [state, occurrence, position])).toEqual([
    ["sent", 0, 1],
    ["sent", 1, 2],
    ["received", 0, 3],
    ["received", 1, 4],
  ]);
});

test("a receipt whose send lies before the stretch that is drawn never completes another message", () => {
  const history = historyOf([
    entry(700, [received("A", "B", 6, "Ping", "0.0")]),
    entry(701, [sent("A", "B", 7, "Ping", "0.0")]),
  ]);
  expect(history.map(({ occurrence }) => occurrence)).toEqual([0, 1]);
});

test("the picture of a position: what happened above now, what may follow below it", () => {
  const model = livePicture(
    view({
      roles: [
        {
          role: "A",
          endpoints: [{ possible: [{ kind: "send", peer: "B", label: "Pay", edgeId: "1" }] }],
        },
        {
          role: "B",
          endpoints: [{ possible: [{ kind: "receive", peer: "A", label: "Ping", edgeId: "0" }] }],
        },
      ],
    }),
    ["A", "B"],
    [entry(0), entry(1, [sent("A", "B", 0, "Ping", "0")])],
  );
  expect(model.rows.map((row) => row.kind)).toEqual(["message", "now", "message"]);
  const [ping, pay] = messageRows(model);
  expect(ping?.live).toMatchObject({ state: "sent", sentAt: 1 });
  expect(pay?.live?.state).toBe("next");
});

test("nothing is possible in a session that has ended", () => {
  const ended = view({
    status: "completed",
    roles: [
      { role: "A", endpoints: [{ possible: [{ kind: "send", peer: "B", label: "Pay", edgeId: "1" }] }] },
    ],
  });
  expect(messageRows(livePicture(ended, ["A", "B"], [entry(0)]))).toEqual([]);
});

test("a long past says how much of it is not drawn", () => {
  const model = livePicture(view({}), ["A", "B"], [entry(412, [sent("A", "B", 9, "Ping", "0")])]);
  expect(model.rows[0]).toMatchObject({ kind: "note", text: expect.stringContaining("412 earlier entries") });
});

test("a selection means the row made at its position, without one the last of its statement", () => {
  const model = livePicture(
    view({}),
    ["A", "B"],
    [entry(1, [sent("A", "B", 0, "Ping", "0")]), entry(2, [sent("A", "B", 1, "Ping", "0")])],
  );
  expect(rowOfSelection(model, "0", 1)?.id).toBe("0@0");
  expect(rowOfSelection(model, undefined, 2)?.id).toBe("0@1");
  expect(rowOfSelection(model, "0", undefined)?.id).toBe("0@1");
  expect(rowOfSelection(model, "9", undefined)).toBeUndefined();
});
