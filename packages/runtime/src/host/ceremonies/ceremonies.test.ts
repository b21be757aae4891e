import { bytesToHex } from "@noble/hashes/utils.js";
import type { StartCeremonyRequest } from "@parley/wire/http";
import { describe, expect, test } from "vitest";
import { commitProblem, commitTranscript } from "../../consensus/index.ts";
import { verifyGroupSignature, verifyThresholdProof } from "../../threshold/index.ts";
import { hostFixture } from "../../testing/host-fixture.ts";
import { memoryKeys } from "../../testing/memory-keys.ts";
import { operator } from "../caller.ts";
import type { Host } from "../host-api.ts";
import type { Result } from "../host-error.ts";

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
    expect(verifyGroupSignature(group.key.publicKey, commitTranscript({ ...commit, threshold: 1 }), signature)).toBe(
      false,
    );
    const trusted = begun.participants.map(({ key }) => key);
    expect(
      verifyThresholdProof(group.key, trusted, commitTranscript(commit), commit.threshold_signature).ok,
    ).toBe(true);
    expect(done.facts.map(({ type, payload }) => (payload as { kind?: string }).kind ?? type)).toEqual([
      "CeremonyInitiated",
      "CeremonyAcceptanceReceived",
      "CeremonyAcceptanceReceived",
      "Consensus",
      "CeremonyCommitted",
    ].sort(() => 0) && expect.arrayContaining(["CeremonyInitiated", "CeremonyCommitted", "Consensus"]));
    const types = must(await host.context(done.context)).types;
    expect(types).toContainEqual({ type: "GuardianBinding", facts: 2 });
    expect(types).toContainEqual({ type: "DkgTranscriptCommit", facts: 1 });
  });
});
