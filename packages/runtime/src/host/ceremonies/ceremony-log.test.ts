import { bytesToHex } from "@noble/hashes/utils.js";
import type { CeremonyInput } from "@parley/wire";
import fc from "fast-check";
import { expect, test } from "vitest";
import { commitProblem } from "../../consensus/index.ts";
import { seededRandom } from "../../testing/fixed-ports.ts";
import { type HostFixture, hostFixture } from "../../testing/host-fixture.ts";
import { memoryKeys } from "../../testing/memory-keys.ts";
import { decodeNonces, decodeShare } from "../../threshold/index.ts";
import { operator } from "../caller.ts";
import type { Host } from "../host-api.ts";
import type { Result } from "../host-error.ts";

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

const guardians = ["bea", "chan", "dee"];
const guardian = (authority: string) => ({ kind: "guardian", authority }) as const;

/** What of a ceremony is read again from the log: all but the clock. */
const recorded = async (host: Host) =>
  Promise.all(
    host.ceremonies().map(async ({ id }) => {
      const { now: _, ...view } = must(await host.ceremony(id));
      return view;
    }),
  );

const inputsOf = async ({ store }: Pick<HostFixture, "store">) =>
  (await store.readCommits(0, 100_000)).map(({ entry }) => entry.input);

/** Every commit of the log, checked by itself. */
const commitsOf = async (fixture: Pick<HostFixture, "store">) =>
  (await inputsOf(fixture)).flatMap((input) =>
    input.kind === "ceremony.committed"
      ? [input as Extract<CeremonyInput, { readonly kind: "ceremony.committed" }>]
      : [],
  );

type Step =
  | { readonly do: "start"; readonly threshold: number; readonly supersede: boolean }
  | { readonly do: "answer"; readonly which: number; readonly who: number; readonly accept: boolean }
  | { readonly do: "commit" | "abort" | "supersede"; readonly which: number }
  | { readonly do: "note" }
  | { readonly do: "wait"; readonly ms: number };

const nth = fc.nat(3);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("start" as const),
      threshold: fc.constant(1),
      supersede: fc.boolean(),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("answer" as const),
      which: nth,
      who: fc.nat(2),
      accept: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom("commit" as const, "abort" as const, "supersede" as const),
      which: nth,
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: "note" } as const) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.integer({ min: 1, max: 40_000 }) }),
  },
);

/** Takes a step; whether it was refused is not what counts. */
const take = async (fixture: HostFixture, context: string, one: Step): Promise<void> => {
  const { host, clock } = fixture;
  const all = [...host.ceremonies({ context })].reverse();
  const of = (which: number) => all[which % Math.max(all.length, 1)]?.id ?? "none";
  switch (one.do) {
    case "start":
      await host.startCeremony(operator, {
        kind: "GuardianRotation",
        context,
        initiator: "ada",
        participants: guardians.map(guardian),
        threshold: one.threshold,
        supersede: one.supersede ? all.filter(({ endedAt }) => endedAt === null).map(({ id }) => id) : [],
      });
      return;
    case "answer": {
      const participant = guardian(guardians[one.who] ?? "");
      await host.answerCeremony(operator, of(one.which), { participant, accept: one.accept });
      return;
    }
    case "commit":
      await host.commitCeremony(operator, of(one.which));
      return;
    case "abort":
      await host.abortCeremony(operator, of(one.which), "enough");
      return;
    case "supersede":
      await host.supersedeCeremony(operator, of(one.which), {});
      return;
    case "note":
      await host.addFacts(operator, context, {
        replica: "ada",
        facts: [{ type: "context.note", payload: { text: "decided" } }],
      });
      return;
    case "wait":
      clock.advance(one.ms);
      await host.fireTimers(clock.now());
  }
};

test("whatever is asked at the same time, a prestate is committed upon once, every commit verifies, and the log says the same again", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { maxLength: 6 }),
      async (rounds) => {
        const keys = memoryKeys();
        const fixture = await hostFixture({ keys });
        const { host, store } = fixture;
        const first = must(
          await host.startCeremony(operator, {
            kind: "GuardianRotation",
            initiator: "ada",
            participants: guardians.map(guardian),
            threshold: 1,
          }),
        );
        // Steps of a round are under way together.
        for (const steps of rounds) await Promise.all(steps.map((one) => take(fixture, first.context, one)));
        const commits = await commitsOf(fixture);
        expect(new Set(commits.map(({ ceremony }) => ceremony)).size).toBe(commits.length);
        expect(new Set(commits.map(({ prestate }) => prestate)).size).toBe(commits.length);
        expect(commits.flatMap(({ commit }) => commitProblem(commit) ?? [])).toEqual([]);
        const before = await recorded(host);
        const again = await hostFixture({ keys, store, random: seededRandom(99) });
        expect(await recorded(again.host)).toEqual(before);
      },
    ),
    {
      numRuns: 12,
      // A read of a context while something was on its way once hid what came next.
      examples: [[[[{ do: "note" }, { do: "supersede", which: 0 }, { do: "abort", which: 0 }]]]],
    },
  );
});

test("nothing that signs is in any stream, in the log of a session or in its export", async () => {
  const keys = memoryKeys();
  const secrets: Uint8Array[] = [];
  const watched = {
    ...keys,
    putSecret: (name: string, bytes: Uint8Array) => {
      if (name.startsWith("share:")) secrets.push(decodeShare(bytes).share);
      if (name.startsWith("nonce:")) secrets.push(...Object.values(decodeNonces(bytes)));
      keys.putSecret(name, bytes);
    },
  };
  const fixture = await hostFixture({ keys: watched });
  const { host, store } = fixture;
  const { id, context } = must(
    await host.startCeremony(operator, {
      kind: "GuardianRotation",
      participants: guardians.map(guardian),
      threshold: 2,
    }),
  );
  const opened = must(
    await host.createProtocol(operator, {
      name: "Talk",
      source: "module talk exposing (Talk)\nprotocol Talk =\n  roles A, B\n  A -> B : Hello\n",
    }),
  );
  const { session } = must(await host.openSession(operator, { protocol: opened.id, ceremony: id }));
  expect(session.ceremony).toEqual({ id, state: "Preparing" });
  for (const name of ["bea", "chan"])
    must(await host.answerCeremony(operator, id, { participant: guardian(name), accept: true }));
  expect(secrets).toHaveLength(3 + 2 * 2);
  const entries = await store.readCommits(0, 100_000);
  expect(new Set(entries.map(({ stream }) => stream))).toContain(context);
  const exported = must(await host.exportSession(session.id));
  const shown = must(await host.ceremony(id));
  expect(shown.sessions.map((one) => one.id)).toEqual([session.id]);
  const everything = [
    ...entries.map(({ bytes }) => bytes),
    exported,
    new TextEncoder().encode(JSON.stringify(shown)),
  ];
  const texts = everything.map((bytes) => Buffer.from(bytes));
  for (const secret of secrets)
    for (const text of texts) {
      expect(text.includes(Buffer.from(secret))).toBe(false);
      expect(text.includes(bytesToHex(secret))).toBe(false);
    }
});

test("an opening that names a ceremony that has ended, or none, is refused with its code", async () => {
  const { host } = await hostFixture();
  const source = "module talk exposing (Talk)\nprotocol Talk =\n  roles A, B\n  A -> B : Hello\n";
  const { id: protocol } = must(await host.createProtocol(operator, { name: "Talk", source }));
  const { id } = must(
    await host.startCeremony(operator, { kind: "Recovery", participants: [guardian("bea")], threshold: 1 }),
  );
  must(await host.abortCeremony(operator, id, "no"));
  const ended = await host.openSession(operator, { protocol, ceremony: id });
  expect(ended).toMatchObject({ ok: false, error: { code: "PAR8506", state: "Aborted" } });
  const nowhere = await host.openSession(operator, { protocol, ceremony: "none" });
  expect(nowhere).toMatchObject({ ok: false, error: { code: "PAR8501" } });
  expect(await host.listSessions()).toEqual([]);
});
