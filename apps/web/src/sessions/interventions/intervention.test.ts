import type { MessageRow } from "@parley/core/diagram";
import { messageRows } from "@parley/core/diagram";
import type { SessionView } from "@parley/wire/http";
import { describe, expect, test } from "vitest";
import { livePicture } from "../live-picture.ts";
import { entry, received, sent, view } from "../test-session.ts";
import { beforeSending, flyingOf, injectedCopy, onFrame, onRole } from "./intervention.ts";
import { markWords, outsideDeeds, outsideMark } from "./marks-of.ts";

const edge = (from: string, to: string, ...seqs: readonly number[]): SessionView["edges"][number] => ({
  from,
  to,
  capacity: 4,
  queue: seqs.map((seq) => ({
    seq,
    label: "Ping",
    payload: { kind: "unit" as const },
    edgeId: "0",
    control: null,
  })),
});

const roles = ["A", "B", "C"].map((role) => ({ role, endpoints: [{}] }));
const here = (part: Partial<SessionView> = {}): SessionView => ({
  ...view({ roles, edges: [edge("A", "B", 0), edge("B", "C")] }),
  ...part,
});
const labels = (groups: ReturnType<typeof onRole>): readonly string[] =>
  groups.flatMap(({ items }) => items.map(({ label }) => label));

describe("what can be done to a role", () => {
  test("is to hold, crash, cut off and garble it", () => {
    expect(labels(onRole(here(), "B"))).toEqual([
      "Pause",
      "Crash",
      "Cut off from A",
      "Cut off from C",
      "Cut off from everybody",
      "Garble what goes to C",
    ]);
  });

  test("is to undo what was done", () => {
    const broken = {
      crashed: ["B"],
      cut: [{ from: "A", to: "B" }],
      garbled: [{ from: "B", to: "C", corruption: "bitFlip" }],
    };
    const paused = here().roles.map((role) => ({ ...role, paused: role.role === "B" }));
    const groups = onRole(here({ broken, roles: paused }), "B");
    expect(labels(groups)).toEqual([
      "Resume",
      "Restart",
      "Mend the way to A",
      "Cut off from C",
      "Stop garbling what goes to C",
    ]);
    const gentle = groups.flatMap(({ items }) => items.filter((one) => one.gentle).map(({ label }) => label));
    expect(gentle).toEqual(["Resume", "Restart", "Mend the way to A", "Stop garbling what goes to C"]);
  });
});

const rowsOf = (seen: SessionView, entries: Parameters<typeof flyingOf>[2]): readonly MessageRow[] =>
  messageRows(livePicture(seen, ["A", "B", "C"], entries));

describe("what can be done to a message", () => {
  test("on its way names its frame; one that has arrived has none", () => {
    const entries = [entry(1, [sent("A", "B", 0, "Ping", "0")])];
    const [row] = rowsOf(here(), entries);
    if (row === undefined) throw new Error("no row");
    expect(flyingOf(row, here(), entries)).toEqual([{ from: "A", to: "B", seq: 0, label: "Ping" }]);
    const lost = onFrame({ from: "A", to: "B", seq: 0, label: "Ping" }).items[0];
    expect(lost?.inputs).toEqual([
      { kind: "topology", event: { kind: "frame", from: "A", to: "B", seq: 0, fault: "drop" } },
    ]);
    const all = [...entries, entry(2, [received("A", "B", 0, "Ping", "0")])];
    const arrived = here({ edges: [edge("A", "B"), edge("B", "C")] });
    const [after] = rowsOf(arrived, all);
    expect(after && flyingOf(after, arrived, all)).toEqual([]);
    expect(after && beforeSending(after).map(({ label }) => label)).toHaveLength(3);
    expect(after && injectedCopy(after, all)?.change.inputs).toMatchObject([
      { kind: "inject", label: "Ping" },
    ]);
  });

  test("of a lap is not that of another lap", () => {
    const entries = [
      entry(1, [sent("A", "B", 0, "Ping", "0")]),
      entry(2, [received("A", "B", 0, "Ping", "0")]),
      entry(3, [sent("A", "B", 1, "Ping", "0")]),
    ];
    const seen = here({ edges: [edge("A", "B", 1), edge("B", "C")] });
    const flying = rowsOf(seen, entries).map((row) => flyingOf(row, seen, entries).map(({ seq }) => seq));
    expect(flying).toEqual([[], [1]]);
  });
});

describe("what was done", () => {
  const input = (event: Record<string, unknown>) => ({ kind: "topology", event });

  test("is marked on the lane it concerns and told in words", () => {
    const entries = [
      entry(1, [], input({ kind: "crash", site: "B" })),
      entry(2, [], input({ kind: "restart", site: "B" })),
      entry(
        3,
        [{ kind: "discarded", label: "Ping" }],
        input({ kind: "frame", from: "A", to: "B", fault: "drop" }),
      ),
      entry(4, [], { kind: "close" }),
      entry(5),
    ];
    expect(entries.flatMap((one) => outsideMark(one) ?? []).map(markWords)).toEqual([
      "B crashed",
      "B restarted",
      "A Ping lost",
      "Session closed",
    ]);
    expect(outsideDeeds(entries).map(({ role, deed, target }) => [role, deed, target])).toEqual([
      ["B", "fault", undefined],
      ["B", "mended", undefined],
      ["A", "fault", "B"],
    ]);
  });

  test("a lost message is crossed out where it was sent", () => {
    const lost = {
      kind: "discarded",
      edge: { sid: 0, from: "A", to: "B" },
      seq: 0,
      label: "Ping",
      why: "lost on its way",
    };
    const [row, ...others] = rowsOf(here({ edges: [] }), [
      entry(1, [sent("A", "B", 0, "Ping", "0")]),
      entry(2, [lost], input({ kind: "frame", from: "A", to: "B", seq: 0, fault: "drop" })),
    ]);
    expect(row?.live?.state).toBe("discarded");
    expect(others).toEqual([]);
  });
});
