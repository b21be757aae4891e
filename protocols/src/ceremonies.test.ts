import { commitProblem, commitTranscript } from "@parley/runtime/consensus";
import { createHost, type Host, memoryStore, operator, type Result } from "@parley/runtime/host";
import { hostFixture } from "@parley/runtime/testing";
import { verifyGroupSignature } from "@parley/runtime/threshold";
import { expect, test } from "vitest";
import { catalogue } from "./catalogue.ts";
import { playScenario } from "./play-scenario.ts";

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const pieces = catalogue();
const seed = pieces.map(({ namespace, title, source, page }) => ({
  id: namespace,
  name: title,
  namespace,
  source,
  page,
  scenario: null,
}));
const guardian = (authority: string) => ({ kind: "guardian", authority }) as const;

const open = async (host: Host, protocol: string, more = {}) =>
  must(await host.openSession(operator, { protocol, ...more })).session;

test("a guardian setup opens inside a ceremony of its three guardians, two approve while it runs, and it commits signed", async () => {
  const { host } = await hostFixture({ seed });
  const session = await open(host, "guardian_setup");
  const { id, state } = session.ceremony ?? { id: "", state: "none" };
  expect(state).toBe("Preparing");
  const begun = must(await host.ceremony(id));
  expect(begun).toMatchObject({
    kind: "GuardianRotation",
    initiator: "ada",
    context: `ctx:${session.id}`,
    progress: { required: 2, total: 3 },
    sessions: [{ id: session.id, protocol: "guardian_setup" }],
    group: null,
  });
  must(await host.answerCeremony(operator, id, { participant: guardian("bea"), accept: true }));
  const piece = pieces.find(({ namespace }) => namespace === "guardian_setup");
  if (piece === undefined) throw new Error("it does not ship");
  // What the session records is the ceremony's own and does not move what it stands on.
  expect(await playScenario(host, session.id, piece.scenario)).toMatchObject({ ok: true });
  const done = must(await host.answerCeremony(operator, id, { participant: guardian("dee"), accept: true }));
  expect(done).toMatchObject({ state: "Committed", group: { state: "active" } });
  if (done.commit === null) throw new Error("nothing was committed");
  expect(commitProblem(done.commit)).toBeUndefined();
  const { group_public_key: key, threshold_signature: signed } = done.commit;
  expect(verifyGroupSignature(key ?? "", commitTranscript(done.commit), signed.signature)).toBe(true);
  expect(must(await host.view(session.id)).ceremony).toEqual({ id, state: "Committed" });
  const facts = must(await host.facts(done.context, { type: "GuardianBinding" }));
  expect(facts.items.map(({ payload }) => (payload as { guardian_id: string }).guardian_id).sort()).toEqual([
    "bea",
    "dee",
  ]);
  expect(must(await host.replay(session.id))).toMatchObject({ ok: true });
});

test("every shipped protocol of category C opens inside a ceremony, no other does, and a host without keys opens them too", async () => {
  const { host } = await hostFixture({ seed });
  for (const { namespace, page, scenario } of pieces) {
    const { families, names } = scenario;
    const { ceremony } = await open(host, namespace, { families, names });
    expect([namespace, ceremony !== undefined]).toEqual([namespace, /^category: C$/m.test(page)]);
  }
  const store = memoryStore();
  const plain = await createHost({
    store,
    drafts: store,
    clock: { now: () => 1 },
    random: { bytes: (count) => new Uint8Array(count).fill(7) },
    seed,
  });
  const { ceremony } = await open(plain, "guardian_setup", { threshold: 3 });
  const id = ceremony?.id ?? "";
  expect(must(await plain.ceremony(id)).progress.required).toBe(3);
  const answered = await plain.answerCeremony(operator, id, { participant: guardian("bea"), accept: true });
  expect(answered.ok).toBe(false);
});

test("the session of a ceremony that was given up is marked and goes on", async () => {
  const { host } = await hostFixture({ seed });
  const session = await open(host, "guardian_setup");
  must(await host.abortCeremony(operator, session.ceremony?.id ?? "", "not now"));
  const seen = must(await host.view(session.id));
  expect(seen).toMatchObject({ status: "active", ceremony: { state: "Aborted" } });
});
