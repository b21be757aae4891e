import { array, assert, integer, property, record, uniqueArray } from "fast-check";
import { expect, test } from "vitest";
import { fixtureContext, fixtureFact, journalFixture, openChecks } from "../testing/journal-fixture.ts";
import {
  executeAntiEntropy,
  journalCoordinator,
  localPeer,
  type SyncEffects,
  syncReplicas,
} from "./anti-entropy.ts";
import { factId } from "./fact-id.ts";
import { emptyJournal, type Journal, journalRoot, journalSize } from "./journal.ts";
import { foldReplicas, noReplicas, replicaJournal, replicasAgree } from "./replicas.ts";
import { defaultSyncConfig } from "./sync-config.ts";
import type { SyncMessage } from "./sync-message.ts";
import { nextMessage, onReply, resumeSync, startSync } from "./sync-requester.ts";
import { answerSync } from "./sync-responder.ts";

const checks = openChecks();
const numbers = (max: number) => uniqueArray(integer({ min: 0, max: 2000 }), { maxLength: max });
const run = (a: Journal, b: Journal, config = {}) => {
  const peer = localPeer("bo", b, checks, config);
  const [result, updated] = executeAntiEntropy("ada", config, true, peer.effects, journalCoordinator(a));
  return { result, a: updated.cvHandler().getState(), b: peer.journal() };
};

test("sync protocol", () => {
  const peer = localPeer("bo", journalFixture([1, 2, 3]), checks);
  const coordinator = journalCoordinator(journalFixture([3, 4]));
  const [result, updated] = executeAntiEntropy("ada", {}, true, peer.effects, coordinator);
  expect(result.isSuccess()).toBe(true);
  expect(journalSize(updated.cvHandler().getState())).toBe(4);
  expect(journalRoot(updated.cvHandler().getState())).toBe(journalRoot(peer.journal()));
  expect(journalSize(coordinator.cvHandler().getState())).toBe(2);
});

test("the responder gives back a coordinator with what it was sent", () => {
  const asked: SyncMessage[] = [];
  const recorded = localPeer("bo", journalFixture([1]), checks);
  const tee: SyncEffects = {
    ...recorded.effects,
    send: (message) => {
      asked.push(message);
      recorded.effects.send(message);
    },
  };
  executeAntiEntropy("ada", {}, true, tee, journalCoordinator(journalFixture([2, 3])));
  const replies: SyncMessage[] = [];
  const [result, updated] = executeAntiEntropy(
    "bo",
    {},
    false,
    { checks, send: (message) => replies.push(message), receive: () => asked.shift() },
    journalCoordinator(journalFixture([1])),
  );
  expect(result).toMatchObject({ status: "served", messages: 2 * replies.length });
  expect([...result.received].sort()).toEqual([2, 3].map((n) => factId(fixtureFact(n))).sort());
  expect(journalRoot(updated.cvHandler().getState())).toBe(journalRoot(journalFixture([1, 2, 3])));
});

test("any two replicas come to one root, and each side is told exactly what it lacked", () => {
  assert(
    property(numbers(300), numbers(300), integer({ min: 1, max: 40 }), (left, right, batchSize) => {
      const { result, a, b } = run(journalFixture(left), journalFixture(right), { batchSize, partSize: 8 });
      expect(result.status).toBe("equal");
      expect(journalRoot(a)).toBe(journalRoot(journalFixture([...new Set([...left, ...right])])));
      expect(journalRoot(b)).toBe(journalRoot(a));
      const ids = (ns: readonly number[]) => ns.map((n) => factId(fixtureFact(n))).sort();
      expect([...result.received].sort()).toEqual(ids(right.filter((n) => !left.includes(n))));
      expect([...result.sent].sort()).toEqual(ids(left.filter((n) => !right.includes(n))));
    }),
    { numRuns: 40 },
  );
});

test("a filter that errs often costs rounds and loses nothing", () => {
  const { result, a, b } = run(
    journalFixture(Array.from({ length: 300 }, (_, n) => n)),
    journalFixture(Array.from({ length: 300 }, (_, n) => n + 150)),
    { errorRate: 0.5, maxRounds: 40 },
  );
  expect(result.status).toBe("equal");
  expect(result.rounds).toBeGreaterThan(2);
  expect(journalSize(a)).toBe(450);
  expect(journalRoot(b)).toBe(journalRoot(a));
});

test("a run that has no round left keeps what it merged, and the next goes on from there", () => {
  const far = journalFixture(Array.from({ length: 100 }, (_, n) => n));
  const first = run(journalFixture([]), far, { maxRounds: 1, offerLimit: 30 });
  expect(first.result).toMatchObject({ status: "unfinished", rounds: 1 });
  expect(journalSize(first.a)).toBe(30);
  const second = run(first.a, first.b);
  expect(second.result.status).toBe("equal");
  expect(second.result.received).toHaveLength(70);
});

/** Runs to the end with the line cut once: before the n-th message arrives, or after it was handled. */
const cutOnce = (left: readonly number[], right: readonly number[], cut: number, handled: boolean) => {
  const side = { authority: "ada", checks, config: { ...defaultSyncConfig, batchSize: 3, partSize: 4 } };
  let state = startSync(journalFixture(left));
  let peer = journalFixture(right);
  for (let at = 0; ; at += 1) {
    const message = nextMessage(state, side);
    if (message === undefined) return { state, peer, messages: at };
    if (at === cut) {
      if (handled) peer = answerSync(peer, message, side).journal;
      state = resumeSync(state);
      continue;
    }
    const answered = answerSync(peer, message, side);
    peer = answered.journal;
    state = onReply(state, answered.reply, side);
  }
};

test("a run that is cut at any message, before or after it arrived, goes on to one root", () => {
  const left = Array.from({ length: 40 }, (_, n) => n);
  const right = Array.from({ length: 40 }, (_, n) => n + 20);
  const { messages } = cutOnce(left, right, -1, false);
  expect(messages).toBeGreaterThan(15);
  for (let cut = 0; cut < messages; cut += 1)
    for (const handled of [false, true]) {
      const { state, peer } = cutOnce(left, right, cut, handled);
      expect(state.phase).toEqual({ kind: "ended", status: "equal" });
      expect(journalRoot(peer)).toBe(journalRoot(state.journal));
      expect(journalSize(peer)).toBe(60);
    }
});

test("a peer that goes silent leaves a run cut, with what it merged", () => {
  const peer = localPeer("bo", journalFixture(Array.from({ length: 20 }, (_, n) => n)), checks);
  let left = 4;
  const silent: SyncEffects = {
    ...peer.effects,
    receive: () => {
      left -= 1;
      return left < 0 ? undefined : peer.effects.receive();
    },
  };
  const [result, updated] = executeAntiEntropy(
    "ada",
    { batchSize: 5 },
    true,
    silent,
    journalCoordinator(journalFixture([])),
  );
  expect(result).toMatchObject({ status: "cut", error: { code: "PAR7725", error: "network" } });
  expect(result.isSuccess()).toBe(false);
  expect(journalSize(updated.cvHandler().getState())).toBe(10);
});

test("a peer that may not ask learns nothing; a journal of another namespace is refused", () => {
  const side = {
    authority: "bo",
    checks,
    config: defaultSyncConfig,
    allows: (peer: string) => peer !== "mallory",
  };
  const journal = journalFixture([1]);
  const message = nextMessage(startSync(journalFixture([2])), { ...side, authority: "mallory" });
  expect(answerSync(journal, message as SyncMessage, side).reply).toMatchObject({
    kind: "refusal",
    error: { code: "PAR7727", error: "unauthorized", peer: "mallory" },
  });
  const other = run(emptyJournal({ kind: "context", id: "ctx:other" }), journal).result;
  expect(other).toMatchObject({ status: "refused", error: { code: "PAR7701" } });
});

test("replicas of a context come to one root after any partitions and writes, by the inputs their runs record", () => {
  const names = ["ada", "bo", "cy", "dee"];
  const writes = array(record({ at: integer({ min: 0, max: 3 }), n: integer({ min: 0, max: 60 }) }), {
    maxLength: 40,
  });
  assert(
    property(integer({ min: 0, max: 4 }), writes, (cut, facts) => {
      let state = foldReplicas(noReplicas(fixtureContext), { kind: "replica.joined", authorities: names });
      state = foldReplicas(state, { kind: "replicas.parted", groups: [names.slice(0, cut)] });
      for (const { at, n } of facts)
        state = foldReplicas(state, {
          kind: "facts.added",
          replica: names[at] ?? "",
          facts: [fixtureFact(n)],
        });
      state = foldReplicas(state, { kind: "replicas.healed" });
      for (const requester of [...names, ...names])
        for (const responder of names) {
          if (requester === responder) continue;
          const { result, input } = syncReplicas(state, requester, responder, checks);
          expect(result.status).toBe("equal");
          state = foldReplicas(state, input);
        }
      expect(replicasAgree(state)).toBe(true);
      expect(journalSize(replicaJournal(state, "dee"))).toBe(new Set(facts.map(({ n }) => n)).size);
    }),
    { numRuns: 40 },
  );
});
