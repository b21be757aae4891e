import type { CeremonyView, StartCeremonyRequest } from "@parley/wire/http";
import { describe, expect, test } from "vitest";
import { commitProblem, commitTranscript } from "../../consensus/index.ts";
import { failingStore } from "../../testing/failing-store.ts";
import { seededRandom } from "../../testing/fixed-ports.ts";
import { hostFixture } from "../../testing/host-fixture.ts";
import { memoryKeys } from "../../testing/memory-keys.ts";
import { verifyGroupSignature, verifyThresholdProof } from "../../threshold/index.ts";
import { operator } from "../caller.ts";
import type { Host } from "../host-api.ts";
import type { Result } from "../host-error.ts";
import { memoryStore } from "../memory-store.ts";

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const code = (result: Result<unknown>): string => (result.ok ? "accepted" : result.error.code);

const guardian = (authority: string) => ({ kind: "guardian", authority }) as const;
const three = ["bea", "chan", "dee"].map(guardian);

const start = async (host: Host, request: Partial<StartCeremonyRequest> = {}) =>
  must(
    await host.startCeremony(operator, {
      kind: "GuardianRotation",
      initiator: "ada",
      participants: three,
      threshold: 2,
      ...request,
    }),
  );

/** What its facts say happened. */
const steps = ({ facts }: CeremonyView): string[] =>
  facts.map(({ type, payload }) => (payload as { readonly kind?: string }).kind ?? type);

const noteIn = (host: Host, context: string, text: string) =>
  host.addFacts(operator, context, { replica: "ada", facts: [{ type: "context.note", payload: { text } }] });

const answer = (host: Host, id: string, authority: string, accept = true) =>
  host.answerCeremony(operator, id, { participant: guardian(authority), accept });

describe("a ceremony of three guardians with a threshold of two", () => {
  test("commits with the second acceptance, with a signature that anybody can verify", async () => {
    const { host } = await hostFixture();
    const begun = await start(host);
    expect(begun).toMatchObject({
      state: "Preparing",
      progress: { required: 2, accepted: 0, total: 3 },
      pendingEpoch: 1,
      group: { state: "prepared", epoch: 1 },
      prestateMoved: false,
    });
    expect(begun.handshakes.map(({ participant }) => participant)).toEqual([
      "guardian:bea",
      "guardian:chan",
      "guardian:dee",
    ]);
    const first = must(await answer(host, begun.id, "bea"));
    expect(first).toMatchObject({ state: "PendingEpoch", progress: { accepted: 1 }, commit: null });
    const done = must(await answer(host, begun.id, "dee"));
    expect(done).toMatchObject({
      state: "Committed",
      agreement: "ConsensusFinalized",
      group: { state: "active" },
      refusals: [],
    });
    const { commit, group } = done;
    if (commit === null || group === null) throw new Error("nothing was committed");
    expect(commitProblem(commit)).toBeUndefined();
    expect(commit).toMatchObject({ prestate_hash: begun.prestate, operation_hash: begun.operation });
    const { signature } = commit.threshold_signature;
    expect(verifyGroupSignature(group.key.publicKey, commitTranscript(commit), signature)).toBe(true);
    expect(
      verifyGroupSignature(group.key.publicKey, commitTranscript({ ...commit, threshold: 1 }), signature),
    ).toBe(false);
    const trusted = begun.participants.map(({ key }) => key);
    expect(
      verifyThresholdProof(group.key, trusted, commitTranscript(commit), commit.threshold_signature).ok,
    ).toBe(true);
    expect(steps(done).sort()).toEqual([
      "CeremonyAcceptanceReceived",
      "CeremonyAcceptanceReceived",
      "CeremonyCommitted",
      "CeremonyInitiated",
      "Consensus",
    ]);
    const types = must(await host.context(done.context)).types;
    expect(types).toContainEqual({ type: "GuardianBinding", facts: 2 });
    expect(types).toContainEqual({ type: "DkgTranscriptCommit", facts: 1 });
  });

  test("is as it was after an answer that was given before, and refuses every other second word, kept as evidence", async () => {
    const { host } = await hostFixture();
    const { id } = await start(host);
    must(await answer(host, id, "bea"));
    const again = must(await answer(host, id, "bea"));
    expect(again.progress.accepted).toBe(1);
    expect(again.commitments).toHaveLength(1);
    expect(code(await answer(host, id, "bea", false))).toBe("PAR8508");
    const other = "7".repeat(64);
    const elsewhere = await host.answerCeremony(operator, id, {
      participant: guardian("bea"),
      accept: true,
      operation: other,
    });
    expect(code(elsewhere)).toBe("PAR8513");
    expect(code(await answer(host, id, "eli"))).toBe("PAR8504");
    const foreign = await host.answerCeremony(operator, id, {
      participant: guardian("chan"),
      accept: true,
      source: { kind: "authority", authority: "bea" },
    });
    expect(code(foreign)).toBe("PAR8505");
    const seen = must(await host.ceremony(id));
    expect(seen).toMatchObject({ state: "PendingEpoch", progress: { accepted: 1, refused: 0 } });
    expect(seen.refusals.map((one) => one.code)).toEqual(["PAR8505", "PAR8504", "PAR8513", "PAR8508"]);
    expect(seen.evidence).toHaveLength(2);
    expect(seen.evidence).toMatchObject([
      { witness: "guardian:bea", prestate: seen.prestate, first: seen.operation, second: other },
      { witness: "guardian:bea", prestate: seen.prestate, first: seen.operation },
    ]);
  });

  test("ends when so many refuse that it cannot pass, and its key with it", async () => {
    const keys = memoryKeys();
    const { host } = await hostFixture({ keys });
    const { id } = await start(host);
    must(await answer(host, id, "bea"));
    expect(keys.secret(`nonce:${id}:guardian:bea`)).toBeDefined();
    must(await answer(host, id, "chan", false));
    const seen = must(await answer(host, id, "dee", false));
    expect(seen).toMatchObject({
      state: "Aborted",
      reason: "1 of the 2 that are needed could still accept",
      group: { state: "forgotten" },
    });
    for (const name of ["bea", "chan", "dee"]) {
      expect(keys.secret(`share:${id}:guardian:${name}`)).toBeUndefined();
      expect(keys.secret(`nonce:${id}:guardian:${name}`)).toBeUndefined();
    }
    expect(code(await answer(host, id, "chan"))).toBe("PAR8508");
    expect(code(await host.abortCeremony(operator, id, "again"))).toBe("PAR8506");
  });
});

describe("what a ceremony stands on", () => {
  test("having moved, it does not commit; another can take its place, and the whole chain can be read", async () => {
    const { host } = await hostFixture();
    const { id, context } = await start(host);
    must(await answer(host, id, "bea"));
    must(await noteIn(host, context, "something was decided"));
    expect(must(await host.ceremony(id)).prestateMoved).toBe(true);
    const stuck = must(await answer(host, id, "dee"));
    expect(stuck).toMatchObject({ state: "Committing", commit: null, group: { state: "forgotten" } });
    expect(stuck.refusals).toMatchObject([{ code: "PAR8510", what: "commit-ceremony" }]);
    expect(code(await host.commitCeremony(operator, id))).toBe("PAR8510");

    const candidates = must(
      await host.ceremonyCandidates({
        kind: "GuardianRotation",
        context,
        initiator: "ada",
        participants: stuck.participants.map(({ key }) => key),
      }),
    );
    expect(candidates.items).toMatchObject([{ ceremony: { id }, reason: { code: "prestate_stale" } }]);
    expect(candidates.prestate.hash).toBe(stuck.prestateNow.hash);
    const second = must(await host.supersedeCeremony(operator, id, {}));
    expect(second).toMatchObject({
      supersedes: [id],
      state: "Preparing",
      prestate: candidates.prestate.hash,
    });
    const third = must(
      await host.supersedeCeremony(operator, second.id, { reason: { code: "explicit_cancel" } }),
    );
    expect(third.chain.map(({ old, by, reason }) => [old, by, reason.code])).toEqual([
      [id, second.id, "prestate_stale"],
      [second.id, third.id, "explicit_cancel"],
    ]);
    const first = must(await host.ceremony(id));
    expect(first).toMatchObject({ state: "Superseded", supersededBy: second.id, chain: third.chain });
    expect(steps(first)).toContain("CeremonySuperseded");
    expect(code(await host.supersedeCeremony(operator, third.id, { by: third.id }))).toBe("PAR8512");
    must(await answer(host, third.id, "bea"));
    expect(must(await answer(host, third.id, "chan")).state).toBe("Committed");
    expect(code(await host.supersedeCeremony(operator, third.id, {}))).toBe("PAR8506");
  });

  test("is used once: of two ceremonies upon one prestate the second is refused, whoever could see the first", async () => {
    const { host } = await hostFixture();
    const one = await start(host, { threshold: 1 });
    const other = await start(host, { threshold: 1, context: one.context, initiator: "eli" });
    const same = await start(host, { threshold: 1, context: one.context });
    expect(same.prestate).toBe(one.prestate);
    expect(same.id).not.toBe(one.id);
    expect(must(await answer(host, one.id, "bea")).state).toBe("Committed");
    const late = must(await answer(host, same.id, "bea"));
    expect(late).toMatchObject({ state: "Committing", refusals: [{ code: "PAR8510" }] });
    expect(other.prestate).not.toBe(one.prestate);
  });

  test("is used once even where replicas do not reach each other", async () => {
    const { host } = await hostFixture();
    const participants = [guardian("ada"), guardian("bea")];
    const one = await start(host, { threshold: 1, participants });
    must(await host.partition(operator, one.context, [["ada"], ["bea"]]));
    const other = await start(host, { threshold: 1, participants, context: one.context, initiator: "bea" });
    expect(other.prestate).toBe(one.prestate);
    expect(must(await answer(host, one.id, "ada")).state).toBe("Committed");
    const refused = must(await answer(host, other.id, "bea"));
    expect(refused).toMatchObject({
      state: "Committing",
      prestateMoved: false,
      refusals: [{ code: "PAR8511" }],
    });
    expect(refused.facts.every(({ replicas }) => !replicas.includes("ada"))).toBe(true);
    must(await host.heal(operator, one.context));
    must(await host.sync(operator, one.context, { requester: "ada", responder: "bea" }));
    const travelled = must(await host.ceremony(other.id));
    expect(travelled.facts.every(({ replicas }) => replicas.includes("ada"))).toBe(true);
    expect(travelled.prestateMoved).toBe(true);
  });
});

describe("before anything begins", () => {
  test("a nonce that was said, a peer of another version and participants that cannot be are refused, and there is no ceremony", async () => {
    const v9 = { major: 9, minor: 0, patch: 0 };
    const testing = { peers: { eli: { version: v9, minVersion: v9, capabilities: {} } } };
    const { host, store } = await hostFixture({ testing });
    const nonce = "ab".repeat(32);
    await start(host, { nonce, threshold: 1 });
    const before = host.ceremonies().length;
    const ask = (request: Partial<StartCeremonyRequest>) =>
      host.startCeremony(operator, { kind: "Recovery", participants: three, threshold: 1, ...request });
    expect(code(await ask({ nonce }))).toBe("PAR8603");
    expect(code(await ask({ participants: [guardian("bea"), guardian("eli")] }))).toBe("PAR8602");
    expect(code(await ask({ participants: [guardian("bea"), guardian("bea")] }))).toBe("PAR8503");
    expect(code(await ask({ threshold: 4 }))).toBe("PAR8503");
    expect(code(await ask({ participants: [guardian("nobody")] }))).toBe("PAR7001");
    expect(code(await ask({ context: "ctx:nowhere" }))).toBe("PAR7001");
    expect(host.ceremonies()).toHaveLength(before);
    const entries = await store.readCommits(0, 10_000);
    const refused = entries.flatMap(({ entry: { input } }) =>
      input.kind === "audit.refused" ? [input.code] : [],
    );
    expect(refused).toEqual(["PAR8603", "PAR8602", "PAR8503", "PAR8503"]);
  });
});

describe("time", () => {
  test("what is overdue ends by (deadline, id), after a restart first of all, and nobody can answer any more", async () => {
    const keys = memoryKeys();
    const { host, store, clock } = await hostFixture({ keys });
    const long = await start(host, { kind: "Recovery", threshold: 1 });
    const short = await start(host, { kind: "Invitation" });
    expect(host.nextDeadline()).toBe(short.deadline + 1);
    clock.advance(short.deadline - clock.now());
    expect(await host.fireTimers(clock.now())).toBe(0);
    clock.advance(1);
    expect(code(await answer(host, short.id, "bea"))).toBe("PAR8507");
    await host.close();

    const again = await hostFixture({ keys, store, random: seededRandom(2) });
    expect(again.host.nextDeadline()).toBe(short.deadline + 1);
    again.clock.advance(long.deadline + 1 - again.clock.now());
    expect(await again.host.fireTimers(again.clock.now())).toBe(2);
    expect(again.host.nextDeadline()).toBeUndefined();
    const [, ended] = again.host.ceremonies();
    expect(ended).toMatchObject({ id: long.id, state: "Aborted", reason: "Ceremony timed out" });
    const shown = must(await again.host.ceremony(short.id));
    expect(shown).toMatchObject({ state: "Aborted", group: { state: "forgotten" } });
    expect(steps(shown)).toEqual(["CeremonyInitiated", "CeremonyAborted"]);
    expect(keys.secret(`share:${short.id}:guardian:bea`)).toBeUndefined();
  });

  test("killed between the last answer and the commit it resumes to the same state", async () => {
    const keys = memoryKeys();
    const inner = memoryStore();
    const { store, fail } = failingStore(inner);
    const { host } = await hostFixture({ keys, store });
    const { id } = await start(host);
    must(await answer(host, id, "bea"));
    // The answer is written; the process dies before the commit is.
    const stop = host.subscribe(({ entry }) => {
      if (entry.input.kind === "ceremony.answered") fail({ kind: "failed", reason: "killed" });
    });
    const cut = must(await answer(host, id, "dee"));
    stop();
    expect(cut.state).toBe("Committing");

    const again = await hostFixture({ keys, store: inner, random: seededRandom(2) });
    const resumed = must(await again.host.ceremony(id));
    expect(resumed).toMatchObject({ state: "Committed", group: { state: "active" } });
    expect(resumed.commit && commitProblem(resumed.commit)).toBeUndefined();
    expect(resumed.commit?.participants).toEqual(["guardian:bea", "guardian:dee"]);
    const third = await hostFixture({ keys, store: inner, random: seededRandom(3) });
    expect(must(await third.host.ceremony(id)).commit).toEqual(resumed.commit);
    expect(keys.secret(`nonce:${id}:guardian:bea`)).toBeUndefined();
  });
});
