import type { Fact, FactContent, Hash } from "@parley/wire";
import { hashText } from "@parley/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { proposeOperation } from "../commitment-tree/attested-operation.ts";
import { emptyAuthorityTree } from "../commitment-tree/authority-tree.ts";
import { addFacts, emptyJournal, journalSize } from "../journal.ts";
import { type AmpFact, type AmpPolicy, ampGroups, ampTransitionId, bumpPolicy } from "./amp-transition.ts";
import { reduceAuthority } from "./authority-summary.ts";
import { channelStates, pruneBoundary } from "./channel-state.ts";
import { collectGarbage, computeSnapshot, journalStateHash } from "./journal-snapshot.ts";
import { reduceContext } from "./relational-state.ts";

let serial = 0;
const fact = (content: FactContent): Fact => {
  serial += 1;
  const order = hashText(`${serial}`);
  return { order, time: { kind: "order", bytes: order }, by: "ada", content };
};
const context = (...contents: readonly FactContent[]) =>
  addFacts(emptyJournal({ kind: "context", id: "x" }), contents.map(fact));
const authority = (...contents: readonly FactContent[]) =>
  addFacts(emptyJournal({ kind: "authority", id: "ada" }), contents.map(fact));
const protocol = (variant: string, fields: Record<string, unknown>): FactContent => ({
  kind: "protocol",
  variant,
  fields,
});

const identity = (name: string, over: { policy?: AmpPolicy; parent?: number; next?: number } = {}) => ({
  context: "x",
  channel: "c",
  parent_epoch: over.parent ?? 0,
  parent_commitment: "p",
  successor_epoch: over.next ?? (over.parent ?? 0) + 1,
  successor_commitment: name,
  membership_commitment: "m",
  transition_policy: over.policy ?? ("NormalTransition" as const),
});
const amp = (variant: string, name: string, more: Record<string, unknown> = {}, over = {}): AmpFact => {
  const said = identity(name, over);
  return { variant, fields: { ...said, transition_id: ampTransitionId(said), ...more } };
};
const proposal = (name: string) => amp("AmpProposedChannelEpochBump", name);
const certificate = (name: string, more: Record<string, unknown> = {}, over = {}) =>
  amp(
    "AmpCertifiedChannelEpochBump",
    name,
    { payload_digest: "1", threshold: 2, witnesses: ["a", "b"], ...more },
    over,
  );
const final = (name: string, over = {}) => amp("AmpFinalizedChannelEpochBump", name, {}, over);
const abort = (name: string, more: Record<string, unknown> = {}) => amp("AmpTransitionAbort", name, more);
const status = (...facts: readonly AmpFact[]) => ampGroups(facts)[0]?.status;

describe("transitions of a channel", () => {
  test("are observed, live, in conflict, final, aborted or superseded, by the first rule that fits", () => {
    expect(status(proposal("X"))).toBe("Observed");
    expect(status(certificate("X"))).toBe("A2Live");
    expect(status(certificate("X"), certificate("Y"))).toBe("A2Conflict");
    expect(status(certificate("X"), certificate("Y"), abort("Y"))).toBe("A2Live");
    expect(status(certificate("X"), certificate("Y"), abort("Y"), final("X"))).toBe("A3Finalized");
    expect(status(certificate("X"), final("Y"))).toBe("A3Conflict");
    expect(status(final("X"), final("Y"))).toBe("A3Conflict");
    expect(status(certificate("X"), abort("X", { scope: "A2LiveOnly" }))).toBe("Aborted");
    expect(status(certificate("X"), abort("X", { scope: "A2LiveOnly" }), final("X"))).toBe("A3Finalized");
    expect(status(final("X"), abort("X", { scope: "A2AndA3" }))).toBe("Aborted");
    expect(status(certificate("X"), amp("AmpTransitionSupersession", "X"))).toBe("Superseded");
    expect(status(certificate("X"), amp("AmpTransitionConflict", "X"))).toBe("A2Conflict");
  });

  test("count only when they lead one epoch on, are what their id says, and have distinct witnesses enough", () => {
    expect(status(certificate("X", {}, { next: 5 }))).toBe("Observed");
    expect(status(certificate("X", { transition_id: "forged" }))).toBe("Observed");
    expect(status(proposal("X"), certificate("X", { witnesses: ["a", "a"] }))).toBe("Observed");
    expect(status(certificate("X", { payload_digest: "000" }))).toBe("Observed");
    expect(status(certificate("X", { threshold: 0 }))).toBe("Observed");
  });

  test("name suspects, quarantined epochs and what is destroyed", () => {
    const [group] = ampGroups([
      certificate("X", { excluded: ["eve"] }, { policy: bumpPolicy.SuspiciousActivity }),
      certificate("Y", {}, { policy: bumpPolicy.ConfirmedCompromise }),
      amp("AmpEmergencyAlarm", "X", { suspect: "mal", evidence_id: "e1" }),
    ]);
    expect(group).toMatchObject({
      suspects: ["eve", "mal"],
      alarms: ["e1"],
      quarantineEpochs: [1],
      pruneBefore: [0],
    });
  });

  test("amount to the same whatever order they arrive in, with at most one live and one final", () => {
    const pool = [
      certificate("X"),
      certificate("Y"),
      final("X"),
      final("Y"),
      abort("X"),
      abort("Y", { scope: "A2AndA3" }),
      proposal("Z"),
      amp("AmpTransitionConflict", "X"),
    ];
    fc.assert(
      fc.property(
        fc
          .subarray(pool)
          .chain((some) =>
            fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })),
          ),
        ([some, order]) => {
          expect(ampGroups(order)).toEqual(ampGroups(some));
          for (const { live, finalized } of ampGroups(some))
            expect(live === null || finalized === null).toBe(true);
        },
      ),
    );
  });

  test("move a channel on one final epoch after the other, with its last checkpoint and window", () => {
    const checkpoint = (epoch: number, generation: number, window?: number): AmpFact => ({
      variant: "AmpChannelCheckpoint",
      fields: {
        channel: "c",
        chan_epoch: epoch,
        base_gen: generation,
        ck_commitment: "k",
        ...(window === undefined ? {} : { skip_window_override: window }),
      },
    });
    const policy: AmpFact = { variant: "AmpChannelPolicy", fields: { channel: "c", skip_window: 64 } };
    expect(channelStates([policy])).toMatchObject([
      { epoch: 0, skipWindow: 64, checkpointGeneration: 0, pendingBump: null },
    ]);
    const states = channelStates([
      final("X"),
      certificate("W", {}, { parent: 1 }),
      checkpoint(0, 9),
      checkpoint(1, 40, 7),
      checkpoint(2, 99),
      policy,
      { variant: "AmpChannelBootstrap", fields: { channel: "c", bootstrap_id: "b" } },
    ]);
    expect(states).toMatchObject([
      {
        channel: "c",
        epoch: 1,
        checkpointGeneration: 40,
        skipWindow: 7,
        transition: { status: "A2Live" },
        bootstrap: { bootstrap_id: "b" },
      },
    ]);
    expect(states[0]?.pendingBump).toBe(ampTransitionId(identity("W", { parent: 1 })));
    expect(channelStates([{ variant: "AmpChannelPolicy", fields: { channel: "d" } }])[0]?.skipWindow).toBe(
      1_024,
    );
    expect(pruneBoundary(10_000)).toBe(7_440);
    expect(pruneBoundary(10)).toBe(0);
  });
});

describe("a journal's reduction", () => {
  const attested = (...keys: readonly string[]) => {
    const contents: FactContent[] = [];
    let tree = emptyAuthorityTree;
    for (const key of keys) {
      const op =
        key === "rotate"
          ? ({ kind: "rotateEpoch" } as const)
          : ({ kind: "addLeaf", publicKey: key, role: key.startsWith("9") ? "Guardian" : "Device" } as const);
      const proposed = proposeOperation(tree, op);
      if (!proposed.ok) throw new Error(proposed.error.variant);
      tree = proposed.tree;
      const { parent, next } = proposed;
      contents.push({ kind: "attested", op, parent, next, threshold: 1, signature: "00" });
    }
    return contents;
  };

  test("counts devices and not guardians, and a rotation is another state", () => {
    const before = reduceAuthority(authority(...attested("aa", "bb", "99")));
    const after = reduceAuthority(authority(...attested("aa", "bb", "99", "rotate")));
    if (!before.ok || !after.ok) throw new Error("refused");
    expect(before.state).toMatchObject({ deviceCount: 2, epoch: 0, threshold: 1 });
    expect(after.state.epoch).toBe(1);
    expect(after.state.commitment).not.toBe(before.state.commitment);
  });

  test("refuses an authority's journal as a context's and the other way round", () => {
    expect(reduceAuthority(context())).toMatchObject({ error: { variant: "ContextAsAuthority" } });
    expect(reduceContext(authority())).toMatchObject({ error: { variant: "AuthorityAsContext" } });
  });

  test("sums leakage by observer and keeps what binds", () => {
    const leak = (observer: string, amount: number) => protocol("LeakageEvent", { observer, amount });
    const reduced = reduceContext(
      context(
        leak("External", 5),
        leak("External", 7),
        leak("InGroup", 1),
        protocol("SessionDelegation", { session_id: "s", from_authority: "ada", to_authority: "bea" }),
        {
          kind: "generic",
          context: "x",
          envelope: { type: "t", version: 1, encoding: "Json", payload: new Uint8Array([123, 125]) },
        },
      ),
    );
    if (!reduced.ok) throw new Error("refused");
    expect(reduced.state.leakage).toEqual({ external: 12, neighbor: 0, inGroup: 1 });
    expect(reduced.state.bindings).toMatchObject([
      { type: "session-delegation", fields: { to_authority: "bea" } },
    ]);
    expect(reduced.state.counts).toMatchObject({ "leakage-event": 3, t: 1 });
  });

  test("is one whatever the order of arrival", () => {
    const contents = [...attested("aa", "bb", "rotate")].map(fact);
    fc.assert(
      fc.property(fc.shuffledSubarray(contents, { minLength: contents.length }), (order) => {
        const journal = addFacts(emptyJournal({ kind: "authority", id: "ada" }), order);
        expect(journalStateHash(journal)).toBe(
          journalStateHash(addFacts(emptyJournal({ kind: "authority", id: "ada" }), contents)),
        );
      }),
    );
  });
});

describe("a snapshot", () => {
  const facts = context(
    protocol("LeakageEvent", { observer: "External", amount: 1 }),
    protocol("LeakageEvent", { observer: "External", amount: 2 }),
  );
  const of = (sequence: number, stateHash?: Hash) => {
    const content = computeSnapshot(facts, sequence);
    const made = fact(stateHash === undefined ? content : { ...content, stateHash });
    return made as typeof made & { readonly content: typeof content };
  };

  test("stands for every fact before it, which then may go", () => {
    const collected = collectGarbage(facts, of(1));
    if (!collected.ok) throw new Error("refused");
    expect(collected).toMatchObject({ collected: 2 });
    expect(journalSize(collected.journal)).toBe(1);
    expect(computeSnapshot(collected.journal, 2).superseded).toEqual([]);
    expect(collectGarbage(collected.journal, of(1))).toMatchObject({ error: { variant: "NotNewer" } });
  });

  test("is refused when it is of another state", () => {
    expect(collectGarbage(facts, of(1, "no"))).toMatchObject({ error: { variant: "StateMismatch" } });
  });
});
