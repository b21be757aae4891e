import { analyse } from "@parley/core";
import { automaton } from "@parley/core/diagram";
import { expect, test } from "vitest";
import { automatonMarks } from "./automaton-marks.ts";
import { entry, sent, view } from "./test-session.ts";

const local = analyse(`protocol Pay =
  roles A, B
  A -> B : Order
  choice A at
    | card =>
      A -> B : Card
    | cash =>
      A -> B : Cash
`).samples![0]!.locals.A!;

test("current is where the server says the role may go on from, visited where the log has been", () => {
  const picture = automaton(local);
  const [order, card] = picture.transitions;
  const session = view({
    roles: [
      {
        role: "A",
        endpoints: [{ possible: [{ kind: "send", peer: "B", label: "Card", edgeId: card!.edge }] }],
      },
    ],
  });
  const marks = automatonMarks(picture, session.roles[0]!, [
    entry(1, [sent("A", "B", 0, "Order", order!.edge)]),
  ]);
  expect([...marks.visited]).toEqual([order!.from, order!.to]);
  expect([...marks.current]).toEqual([order!.to]);
});

test("a role that is done is in the final state it has reached", () => {
  const picture = automaton(local);
  const session = view({ roles: [{ role: "A", endpoints: [{ status: "done" }] }] });
  const log = picture.transitions.map(({ label, edge }, index) =>
    entry(index, [sent("A", "B", index, label, edge)]),
  );
  const final = picture.states.find((state) => state.final)!.id;
  expect([...automatonMarks(picture, session.roles[0]!, log).current]).toEqual([final]);
});
