import { type Host, operator, type Result } from "@parley/runtime/host";
import { type HostFixture, hostFixture, linkedCatalogue, openText } from "@parley/runtime/testing";
import fc from "fast-check";

const people = ["ada", "bea", "chan"] as const;

const paid = `module paid exposing (Paid)
protocol Paid =
  roles A, B
  rec Loop
    A { guard_capability : "chat:message:send", flow_cost : 90, journal_facts : "x" } -> B : Ask
    B { flow_cost : 40, leak : "external" } -> A : Back
    continue Loop
`;

const amount = fc.nat({ max: 900 });
const person = fc.constantFrom(...people);

/** Deeds that say nothing more. */
const plain = (
  [
    "epoch",
    "rotate",
    "narrow",
    "revoke",
    "part",
    "heal",
    "note",
    "join",
    "sync",
    "leakage",
    "seed",
    "upgrade",
    "link",
    "ceremony",
    "abort",
    "wait",
    "close",
  ] as const
).map((kind) => ({ kind }));

/** Something a person does; what is refused is refused. */
const deed = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant("advance" as const), times: fc.integer({ min: 1, max: 6 }) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("delegate" as const), to: person }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        "replenished" as const,
        "limited" as const,
        "allotted" as const,
        "removed" as const,
      ),
      amount,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("answer" as const), by: person, accept: fc.boolean() }),
  },
  { weight: 4, arbitrary: fc.constantFrom(...plain) },
);
export type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

/** A history in which everything was tried, in whatever order, after something else. */
export const deeds: fc.Arbitrary<readonly Deed[]> = fc
  .tuple(
    fc.array(deed, { maxLength: 20 }),
    fc.shuffledSubarray(plain, { minLength: plain.length }),
    fc.array(deed, { maxLength: 10 }),
  )
  .map((parts) => parts.flat());

/** A workspace that something is done in. */
export interface History extends HostFixture {
  /** A session that pays, and one that can be handed over. */
  readonly sessions: readonly [paying: string, moving: string];
  epoch: number;
}

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

const seat = (role: string, authority: string) => ({ role, authority, device: `${authority}-phone` });

/** A workspace in memory with both sessions open. */
export const beginHistory = async (): Promise<History> => {
  const fixture = await hostFixture({ seed: linkedCatalogue });
  const paying = await openText(fixture.host, paid, { seats: [seat("A", "ada"), seat("B", "bea")] });
  const moving = must(
    await fixture.host.openSession(operator, {
      protocol: "moving",
      seats: [seat("Giver", "ada"), seat("Taker", "bea")],
      grant: "declared",
      clock: "manual",
    }),
  );
  return { ...fixture, sessions: [paying.id, moving.session.id], epoch: 0 };
};

const delegate = async (host: Host, id: string, to: string): Promise<void> => {
  const { owner, head } = must(await host.ownership(id));
  if (owner === null) return;
  const presented = { owner: owner.owner, generation: owner.generation };
  await host.delegateSession(operator, id, { presented, to, bundle: "moving", expectedHead: head });
};

/** A token of ada's phone made narrower, or the last one revoked. */
const changeToken = async (host: Host, kind: "narrow" | "revoke"): Promise<void> => {
  const { tokens } = must(await host.authority("ada"));
  const last = tokens.at(-1);
  if (last === undefined) return;
  if (kind === "revoke") await host.revokeToken(operator, "ada", last.id, "lost");
  else
    await host.attenuateToken(operator, "ada", last.id, {
      checks: [{ kind: "expires", at: 9_000_000_000_000 }],
      present: true,
    });
};

const startCeremony = (host: Host, context: string) =>
  host.startCeremony(operator, {
    kind: "GuardianRotation",
    initiator: "ada",
    context,
    participants: people.slice(1).map((authority) => ({ kind: "guardian", authority })),
    threshold: 2,
  });

const upgrade = (id: number) => ({
  upgrade_id: `u${id}`,
  plan: { plan_id: `p${id}`, steps: [{ step_id: "one", next_members: id % 2 === 0 ? ["bea"] : ["ada"] }] },
  compatibility: {},
});

/** Does one thing. */
export const act = async (history: History, one: Deed): Promise<void> => {
  const { host, clock, sessions } = history;
  const [paying, moving] = sessions;
  const context = `ctx:${paying}`;
  const pair = { context, peer: "bea" };
  const [open] = host.ceremonies().filter(({ endedAt }) => endedAt === null);
  switch (one.kind) {
    case "advance":
      await host.inputs(operator, paying, {
        inputs: Array.from({ length: one.times }, () => ({ kind: "advance" as const })),
      });
      return;
    case "delegate":
      return delegate(host, moving, one.to);
    case "replenished":
      await host.changeBudget(operator, "ada", { kind: "budget.replenished", ...pair, amount: one.amount });
      return;
    case "limited":
      await host.changeBudget(operator, "ada", { kind: "budget.limited", ...pair, limit: one.amount });
      return;
    case "allotted":
      await host.changeBudget(operator, "ada", {
        kind: "budget.allotted",
        ...pair,
        device: "ada-phone",
        amount: one.amount,
      });
      return;
    case "removed":
      await host.changeBudget(operator, "ada", { kind: "budget.removed", ...pair });
      return;
    case "answer": {
      const participant = { kind: "guardian", authority: one.by } as const;
      if (open !== undefined)
        await host.answerCeremony(operator, open.id, { participant, accept: one.accept });
      return;
    }
    case "epoch":
      history.epoch += 1;
      await host.startEpoch(operator, "ada", history.epoch);
      return;
    case "rotate":
      history.epoch += 1;
      await host.rotateKey(operator, "ada", "ada-phone", {});
      return;
    case "narrow":
    case "revoke":
      return changeToken(host, one.kind);
    case "part":
      await host.partition(operator, context, [["ada"], ["bea"]]);
      return;
    case "heal":
      await host.heal(operator, context);
      return;
    case "note":
      await host.addFacts(operator, context, {
        replica: "bea",
        facts: [{ type: "context.note", payload: { text: `note ${clock.now()}` } }],
      });
      return;
    case "join":
      await host.joinReplicas(operator, context, ["chan"]);
      return;
    case "sync":
      await host.sync(operator, context, { requester: "ada", responder: "bea" });
      return;
    case "leakage":
      await host.changeLeakage(operator, "bea", { kind: "leakage.reset", context });
      return;
    case "seed":
      await host.seedBundle(operator, "moving", ["ada"]);
      return;
    case "upgrade":
      await host.upgradeBundle(operator, "moving", upgrade(clock.now()));
      return;
    case "link":
      await host.linkBundles(operator, { left: "moving", right: "other", linked: "both" });
      return;
    case "ceremony":
      await startCeremony(host, context);
      return;
    case "abort":
      if (open !== undefined) await host.abortCeremony(operator, open.id, "no more");
      return;
    case "wait":
      clock.advance(61_000);
      await host.fireTimers(clock.now());
      return;
    case "close":
      await host.inputs(operator, moving, {
        inputs: [{ kind: "close" }],
        expectedHead: must(await host.view(moving)).head,
      });
  }
};
