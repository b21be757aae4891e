import { type ContextInput, type Fact, hashText } from "@parley/wire";
import { array, assert, constantFrom, integer, oneof, property, record, subarray } from "fast-check";
import { expect, test } from "vitest";
import { edgeFact } from "./edge-fact.ts";
import { factId } from "./fact-id.ts";
import { factsInOrder, journalRoot, journalSize } from "./journal.ts";
import {
  foldReplicas,
  noReplicas,
  type Replicas,
  reachable,
  replicaJournal,
  replicaSummaries,
  replicasAgree,
} from "./replicas.ts";
import { difference } from "./tree-difference.ts";

const names = ["ada", "bo", "cy"] as const;
const fact = (n: number): Fact =>
  edgeFact({
    context: "ctx:s",
    by: "ada",
    at: n,
    fact: `f${n}`,
    session: "s",
    edgeId: "e1",
    role: "A",
    label: "L",
    seq: n,
  });
const fold = (state: Replicas, ...inputs: ContextInput[]): Replicas => inputs.reduce(foldReplicas, state);
const opened = fold(
  noReplicas("x"),
  { kind: "context.created", stream: "ctx:s", title: "S" },
  { kind: "replica.joined", authorities: [...names] },
);
const add = (replica: string, ...ns: number[]): ContextInput => ({
  kind: "facts.added",
  replica,
  facts: ns.map(fact),
});
const sync = (state: Replicas, requester: string, responder: string): ContextInput => {
  const { onlyA, onlyB } = difference(
    replicaJournal(state, requester).facts,
    replicaJournal(state, responder).facts,
  );
  return {
    kind: "replicas.synced",
    requester,
    responder,
    toRequester: onlyB,
    toResponder: onlyA,
    rounds: 1,
    bytes: 0,
  };
};

test("what is added at one replica is held at once by all it reaches", () => {
  const state = fold(opened, add("ada", 1, 2), add("bo", 3));
  expect(replicaSummaries(state).map(({ facts }) => facts)).toEqual([3, 3, 3]);
  expect(replicasAgree(state)).toBe(true);
});

test("a partition keeps facts apart by group; one in no group is alone", () => {
  const parted = fold(opened, { kind: "replicas.parted", groups: [["ada", "bo"]] });
  expect(reachable(parted, "ada")).toEqual(["ada", "bo"]);
  expect(reachable(parted, "cy")).toEqual(["cy"]);
  const state = fold(parted, add("ada", 1), add("cy", 2, 3));
  expect(replicaSummaries(state).map(({ facts }) => facts)).toEqual([1, 1, 2]);
  expect(replicasAgree(state)).toBe(false);
});

test("healing lets new facts through, and a run of anti-entropy brings the old ones", () => {
  const parted = fold(
    opened,
    { kind: "replicas.parted", groups: [["ada", "bo"]] },
    add("ada", 1),
    add("cy", 2),
  );
  const healed = fold(parted, { kind: "replicas.healed" }, add("bo", 3));
  expect(replicaSummaries(healed).map(({ facts }) => facts)).toEqual([2, 2, 2]);
  const once = fold(healed, sync(healed, "ada", "cy"));
  const twice = fold(once, sync(once, "bo", "cy"));
  expect(replicasAgree(twice)).toBe(true);
  expect(factsInOrder(replicaJournal(twice, "bo")).map(factId).sort()).toEqual(
    [1, 2, 3].map((n) => factId(fact(n))).sort(),
  );
});

test("a replica that joins starts with what the replicas it reaches hold", () => {
  const state = fold(opened, add("ada", 1), { kind: "replica.joined", authorities: ["dee"] });
  expect(journalSize(replicaJournal(state, "dee"))).toBe(1);
  const alone = fold(
    opened,
    add("ada", 1),
    { kind: "replicas.parted", groups: [["ada", "bo"]] },
    { kind: "replica.joined", authorities: ["dee"] },
  );
  expect(journalSize(replicaJournal(alone, "dee"))).toBe(0);
});

test("facts recorded before facts had types read as session.edge, one for each", () => {
  const old: ContextInput = { kind: "fact.recorded", fact: "asked", by: "ada", session: "s", edgeId: "e1" };
  const state = fold(noReplicas("ctx:s"), old, old);
  const facts = factsInOrder(replicaJournal(state, "ada"));
  expect(facts.map(({ content }) => content.kind === "generic" && content.envelope.type)).toEqual([
    "session.edge",
    "session.edge",
  ]);
});

test("an id that nobody holds is passed over", () => {
  const state = fold(opened, {
    ...(sync(opened, "ada", "bo") as Extract<ContextInput, { kind: "replicas.synced" }>),
    toRequester: [hashText("none")],
  });
  expect(replicasAgree(state)).toBe(true);
});

test("after any partitions and writes, syncing every pair twice leaves one root", () => {
  const step = oneof(
    record({ kind: constantFrom("add"), at: constantFrom(...names), n: integer({ min: 0, max: 40 }) }),
    record({ kind: constantFrom("part"), group: subarray([...names]) }),
    record({ kind: constantFrom("heal") }),
  );
  assert(
    property(array(step, { maxLength: 30 }), (steps) => {
      let state = opened;
      const written = new Set<number>();
      for (const one of steps) {
        if ("n" in one) {
          written.add(one.n);
          state = fold(state, add(one.at, one.n));
        } else if ("group" in one) state = fold(state, { kind: "replicas.parted", groups: [one.group] });
        else state = fold(state, { kind: "replicas.healed" });
      }
      for (let round = 0; round < 2; round += 1)
        for (const a of names) for (const b of names) if (a !== b) state = fold(state, sync(state, a, b));
      expect(replicasAgree(state)).toBe(true);
      expect(journalSize(replicaJournal(state, "ada"))).toBe(written.size);
      expect(journalRoot(replicaJournal(state, "ada"))).toBe(
        journalRoot(replicaJournal(fold(opened, add("bo", ...[...written].reverse())), "cy")),
      );
    }),
  );
});
