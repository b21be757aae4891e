import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import {
  addFact,
  buildFactRegistry,
  edgeFact,
  emptyJournal,
  executeAntiEntropy,
  type FactChecks,
  factId,
  firstPartyFactTypes,
  type Journal,
  journalCoordinator,
  journalRoot,
  localPeer,
  prove,
  treeOf,
  verifyProof,
} from "@parley/runtime/journal";
import { encodeCanonical, type Fact, hashText } from "@parley/wire";
import { median, rounded } from "./steady.ts";

const FACTS = 1_000_000;
const SAMPLES = 200;
const SHARED = 99_950;
const OWN = 50;

const namespace = { kind: "context", id: "ctx:s" } as const;

const fact = (n: number): Fact =>
  edgeFact({
    context: namespace.id,
    by: "ada",
    at: n,
    fact: "asked",
    session: "s",
    edgeId: "e1",
    role: "Client",
    label: "Request",
    seq: n,
  });

const timed = <T>(work: () => T): readonly [number, T] => {
  const start = performance.now();
  const result = work();
  return [performance.now() - start, result];
};

const spread = (times: readonly number[]) => ({
  firstMs: rounded(times[0] ?? 0),
  medianMs: rounded(median(times)),
  worstMs: rounded(Math.max(...times)),
});

/** What the heap holds after a full collection, MB. */
const heapMb = (): number => {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return process.memoryUsage().heapUsed / 2 ** 20;
};

/** Adding a real fact to a tree of a million ids and taking its new root; proofs from the same tree. */
const rootAndProofs = () => {
  const value = fact(-1);
  const ids = Array.from({ length: FACTS }, (_, n) => hashText(`fact ${n}`));
  // Text built digit by digit lies in pieces until it is first read: not the tree's to account for.
  for (const id of ids) if (!/^[0-9a-f]{64}$/.test(id)) throw new Error("an id is a hash");
  const before = heapMb();
  let journal: Journal = { namespace, facts: treeOf(ids.map((id) => [id, value])) };
  const [firstRootMs] = timed(() => journalRoot(journal));
  const treeMb = heapMb() - before;
  const updates = Array.from({ length: SAMPLES }, (_, n) => {
    const [ms, grown] = timed(() => {
      const next = addFact(journal, fact(n));
      journalRoot(next);
      return next;
    });
    journal = grown;
    return ms;
  });
  const root = journalRoot(journal);
  const checks: number[] = [];
  let proofBytes = 0;
  const proofs = Array.from({ length: SAMPLES }, (_, n) => {
    const [ms, proof] = timed(() => prove(journal.facts, ids[(n * 4_993) % FACTS] ?? ""));
    if (proof === undefined) throw new Error("an id that is held has a proof");
    const [checkMs, holds] = timed(() => verifyProof(root, proof));
    if (!holds) throw new Error("a proof verifies");
    checks.push(checkMs);
    proofBytes = Math.max(proofBytes, encodeCanonical(proof).length);
    return ms;
  });
  return {
    corpus: `${FACTS} ids`,
    firstRootMs: rounded(firstRootMs),
    treeMb: rounded(treeMb),
    update: spread(updates),
    proof: { ...spread(proofs), bytes: proofBytes },
    verify: spread(checks),
  };
};

const openChecks = (): FactChecks => {
  const built = buildFactRegistry(firstPartyFactTypes);
  if (!built.ok) throw new Error(built.error.error);
  return { registry: built.registry, authorize: () => true, keysOf: () => [] };
};

const journalOf = (facts: readonly Fact[]): Journal => ({
  ...emptyJournal(namespace),
  facts: treeOf(facts.map((one) => [factId(one), one])),
});

/** Two replicas of 100,000 facts, each with 50 of its own; cold before either root was ever taken. */
const antiEntropy = () => {
  const checks = openChecks();
  const shared = Array.from({ length: SHARED }, (_, n) => fact(n));
  const own = (from: number) => Array.from({ length: OWN }, (_, n) => fact(from + n));
  const run = (left: Journal, right: Journal) => {
    const peer = localPeer("bo", right, checks);
    const [ms, [result, updated]] = timed(() =>
      executeAntiEntropy("ada", {}, true, peer.effects, journalCoordinator(left)),
    );
    const root = journalRoot(updated.cvHandler().getState());
    if (result.status !== "equal" || root !== journalRoot(peer.journal())) throw new Error(result.status);
    return {
      ms: rounded(ms),
      rounds: result.rounds,
      messages: result.messages,
      kb: Math.round(result.bytes / 1024),
    };
  };
  const [left, right] = [
    journalOf([...shared, ...own(SHARED)]),
    journalOf([...shared, ...own(SHARED + OWN)]),
  ];
  const cold = run(left, right);
  return { corpus: `2 × ${SHARED + OWN} facts that differ in ${2 * OWN}`, cold, warm: run(left, right) };
};

/** The journal: one root update and a proof of a million facts, anti-entropy of a hundred thousand. */
export const journal = () => ({ tree: rootAndProofs(), antiEntropy: antiEntropy() });
