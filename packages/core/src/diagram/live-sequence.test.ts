import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type LiveEvent, type LiveOption, liveSequence } from "./live-sequence.ts";
import { sequenceLayout } from "./sequence-layout.ts";
import { messageRows } from "./sequence-model.ts";

const roles = ["I", "G[0]", "G[1]"];
const event = (
  edge: string,
  from: string,
  to: string,
  position: number,
  state: LiveEvent["state"],
): LiveEvent => ({
  edge,
  occurrence: 0,
  position,
  from,
  to,
  label: "M",
  state,
});
const option = (
  role: string,
  kind: LiveOption["kind"],
  peer: string,
  edge: string,
  label = "M",
): LiveOption => ({
  role,
  kind,
  peer,
  label,
  edge,
});

describe("past, now, future", () => {
  test("stand in this order, in order of sending, pending until received", () => {
    const history = [
      event("0#0", "I", "G[0]", 1, "sent"),
      event("0#1", "I", "G[1]", 2, "sent"),
      event("0#1", "I", "G[1]", 3, "received"),
    ];
    const enabled = [
      option("G[0]", "recv", "I", "0#0"),
      option("G[1]", "send", "I", "1#1"),
      option("I", "recv", "G[1]", "1#1"),
    ];
    const model = liveSequence({ name: "P", roles, history, enabled });
    expect(model.rows.map((row) => row.id)).toEqual(["0#0@0", "0#1@0", "now", "next:1#1:G[1]>I:M"]);
    expect(
      messageRows(model).map((row) => [row.live?.state, row.live?.sentAt, row.live?.receivedAt]),
    ).toEqual([
      ["sent", 1, undefined],
      ["received", 2, 3],
      ["next", undefined, undefined],
    ]);
  });

  test("the same edge of another lap is another row", () => {
    const lap = (occurrence: number): LiveEvent => ({
      ...event("0.body.0", "I", "G[0]", occurrence + 1, "received"),
      occurrence,
    });
    const model = liveSequence({ name: "P", roles, history: [lap(0), lap(1)], enabled: [] });
    expect(model.rows.map((row) => row.id)).toEqual(["0.body.0@0", "0.body.0@1", "now"]);
  });

  test("a receiver waiting for one who cannot send yet is awaited, once", () => {
    const enabled = [option("I", "recv", "G[0]", "1#0"), option("I", "recv", "G[0]", "1#0")];
    const [row] = messageRows(liveSequence({ name: "P", roles, history: [], enabled }));
    expect(row?.live?.state).toBe("awaited");
    expect(row?.legs[0]).toMatchObject({ from: "G[0]", to: "I" });
  });

  test("the order in which send and receive of one message are given does not matter", () => {
    const enabled = [option("I", "recv", "G[0]", "1#0"), option("G[0]", "send", "I", "1#0")];
    const build = (list: readonly LiveOption[]) =>
      liveSequence({ name: "P", roles, history: [], enabled: list }).rows;
    expect(build(enabled)).toEqual(build([...enabled].reverse()));
  });
});

describe("alternatives", () => {
  test("of one choice stand in one frame", () => {
    const enabled = [
      option("I", "send", "G[0]", "2.Yes.0", "Ok"),
      option("I", "send", "G[1]", "2.No.0", "Sorry"),
    ];
    const [, frame] = liveSequence({ name: "P", roles, history: [], enabled }).rows;
    if (frame?.kind !== "frame") throw new Error("expected a frame");
    expect(frame.title).toBe("choice · I decides");
    expect(frame.sections.map((section) => section.label)).toEqual(["Yes", "No"]);
  });

  test("parallel sends, and a lap or what follows it, are not alternatives of a choice", () => {
    const parallel = [option("I", "send", "G[0]", "2.0.0"), option("I", "send", "G[1]", "2.1.0")];
    const hidden = [option("I", "send", "G[0]", "0.body.0"), option("I", "send", "G[0]", "1")];
    for (const enabled of [parallel, hidden]) {
      const { rows } = liveSequence({ name: "P", roles, history: [], enabled });
      expect(rows.map((row) => row.kind)).toEqual(["now", "message", "message"]);
    }
  });
});

describe("folded families", () => {
  test("take one lane, and legs that follow each other one row that counts arrivals", () => {
    const history = [
      event("0#0", "I", "G[0]", 1, "sent"),
      event("0#1", "I", "G[1]", 2, "sent"),
      event("0#1", "I", "G[1]", 3, "received"),
      event("1", "G[0]", "I", 4, "received"),
    ];
    const model = liveSequence({ name: "P", roles, history, enabled: [], folded: ["G"] });
    expect(model.lanes.map((lane) => [lane.id, lane.size])).toEqual([
      ["I", undefined],
      ["G", "2"],
    ]);
    const [ask, answer] = messageRows(model);
    expect(ask?.legs.map((leg) => [leg.edge, leg.toNote])).toEqual([
      ["0#0", "[0]"],
      ["0#1", "[1]"],
    ]);
    expect(ask?.live).toMatchObject({ state: "sent", legs: 2, received: 1, sentAt: 1 });
    expect(answer?.legs[0]).toMatchObject({ from: "G", fromNote: "[0]", to: "I" });
  });
});

test("every message of any history is drawn once, on lanes that exist, with ids that are unique", () => {
  const events = fc.array(
    fc.record({
      edge: fc.constantFrom("0", "1#0", "1#1", "2.X.0"),
      occurrence: fc.nat(3),
      position: fc.nat(50),
      from: fc.constantFrom(...roles),
      to: fc.constantFrom(...roles),
      state: fc.constantFrom<LiveEvent["state"]>("sent", "received"),
    }),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(events, fc.boolean(), (list, fold) => {
      // An edge joins one pair of bound roles; keep the first pair seen.
      const pairs = new Map<string, LiveEvent>();
      const history = list.map((item) => {
        const full: LiveEvent = { ...item, label: "M" };
        const first = pairs.get(item.edge) ?? full;
        pairs.set(item.edge, first);
        return { ...full, from: first.from, to: first.to };
      });
      const model = liveSequence({ name: "P", roles, history, enabled: [], folded: fold ? ["G"] : [] });
      const layout = sequenceLayout(model);
      const ids = layout.rows.map((row) => row.id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(layout.arrows).toHaveLength(
        new Set(history.map((item) => `${item.edge}@${item.occurrence}`)).size,
      );
      expect(layout.now).toBeDefined();
    }),
  );
});
