import type { Fact } from "@parley/wire";
import { edgeFact } from "../journal/edge-fact.ts";
import type { FactChecks } from "../journal/fact-fault.ts";
import { buildFactRegistry } from "../journal/fact-registry.ts";
import { firstPartyFactTypes } from "../journal/fact-types.ts";
import { addFacts, emptyJournal, type Journal } from "../journal/journal.ts";

/** The context that the fixture's facts are of. */
export const fixtureContext = "ctx:s";

const made = new Map<number, Fact>();

/** The n-th of any number of different facts; asked for again, the same object. */
export const fixtureFact = (n: number): Fact => {
  const known = made.get(n);
  if (known !== undefined) return known;
  const fact = makeFact(n);
  made.set(n, fact);
  return fact;
};

const makeFact = (n: number): Fact =>
  edgeFact({
    context: fixtureContext,
    by: "ada",
    at: n,
    fact: `fact-${n % 7}`,
    session: "s",
    edgeId: `e${n % 3}`,
    role: "Client",
    label: "Request",
    seq: n,
  });

/** A journal that holds the facts of these numbers. */
export const journalFixture = (numbers: Iterable<number> = []): Journal =>
  addFacts(
    emptyJournal({ kind: "context", id: fixtureContext }),
    Array.from(numbers, (n) => fixtureFact(n)),
  );

/** Checks that let every well-formed fact of a registered type in. */
export const openChecks = (): FactChecks => {
  const built = buildFactRegistry(firstPartyFactTypes);
  if (!built.ok) throw new Error(`the first-party fact types make no registry: ${built.error.error}`);
  return { registry: built.registry, authorize: () => true, keysOf: () => [] };
};
