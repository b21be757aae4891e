import { readCeremonyFact } from "./ceremony-fact.ts";
import { ceremonyOrder, ceremonyStatus } from "./ceremony-status.ts";

/** How facts of one type become a view: a fold over their payloads in canonical order. */
export interface FactReducer {
  readonly name: string;
  /** What the view holds, for people. */
  readonly says: string;
  readonly reduce: (payloads: readonly unknown[]) => unknown;
}

const field = (payload: unknown, name: string): unknown =>
  typeof payload === "object" && payload !== null ? (payload as Record<string, unknown>)[name] : undefined;

const tally = (payloads: readonly unknown[]): Readonly<Record<string, number>> => {
  const counts = new Map<string, number>();
  for (const payload of payloads) {
    // Facts of edges are told by their name, which the first two versions called the fact.
    const fact = field(payload, "name") ?? field(payload, "fact");
    if (typeof fact === "string") counts.set(fact, (counts.get(fact) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
};

const ceremonies = (payloads: readonly unknown[]): Readonly<Record<string, unknown>> => {
  const facts = payloads.flatMap((payload) => readCeremonyFact(payload) ?? []).sort(ceremonyOrder);
  const byId = Map.groupBy(facts, ({ ceremony_id }) => ceremony_id);
  return Object.fromEntries([...byId].map(([id, own]) => [id, ceremonyStatus(own)]));
};

const reducers: readonly FactReducer[] = [
  { name: "all", says: "every payload, in canonical order", reduce: (payloads) => payloads },
  {
    name: "latest",
    says: "the last payload in canonical order",
    reduce: (payloads) => payloads.at(-1) ?? null,
  },
  { name: "count", says: "how many there are", reduce: (payloads) => payloads.length },
  { name: "tally", says: "how often each name was recorded", reduce: tally },
  { name: "ceremony", says: "the standard status of each ceremony", reduce: ceremonies },
  {
    name: "relational",
    says: "the state of a context or authority, by its own reduction",
    reduce: (payloads) => payloads.length,
  },
];

/** Reducers by name: what a declared type may choose from. */
export const factReducers: ReadonlyMap<string, FactReducer> = new Map(
  reducers.map((reducer) => [reducer.name, reducer]),
);
