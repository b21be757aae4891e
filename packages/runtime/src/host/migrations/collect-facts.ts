import type { ContextInput, Fact, StoredEntry, StreamInput, StreamKind } from "@parley/wire";
import { factId } from "../../journal/fact-id.ts";
import { readTypedPayload } from "../../journal/fact-registry.ts";
import { recordedFact } from "../../journal/recorded-fact.ts";
import type { FactPayload, ReadFact } from "../../services/index.ts";
import { factTypes } from "../authority/fact-types.ts";
import type { HostCore } from "../core.ts";

const PAGE = 1_024;

/** A journal that holds facts of the type asked for. */
export interface FactJournal {
  readonly id: string;
  readonly kind: "context" | "authority";
  readonly title: string;
}

/** Facts of one type as they were written, and those whose payload does not read. */
export interface CollectedFacts {
  readonly facts: readonly ReadFact[];
  readonly journals: ReadonlyMap<string, FactJournal>;
  readonly unreadable: number;
}

const titleOf = (input: StreamInput): string | undefined => {
  if (input.kind === "context.created") return input.title;
  return input.kind === "authority.created" ? input.name : undefined;
};

/** Facts an entry brought; `untyped` says how many came before facts had types. */
const factsOf = ({ stream, entry }: StoredEntry, untyped: number): readonly Fact[] => {
  const input = entry.input as
    | ContextInput
    | { readonly kind: "authority.facts"; readonly facts: readonly Fact[] };
  if (input.kind === "facts.added" || input.kind === "authority.facts") return input.facts;
  return input.kind === "fact.recorded" ? [recordedFact(stream, input, untyped)] : [];
};

const readFact = (journal: string, id: string, fact: Fact): ReadFact | undefined => {
  if (fact.content.kind !== "generic") return undefined;
  const { envelope } = fact.content;
  const read = readTypedPayload(factTypes, envelope);
  if (!read.ok) return undefined;
  return { id, journal, by: fact.by, version: envelope.version, payload: read.value as FactPayload };
};

/** The facts of one journal, each once, up to a commit. */
const collectOf = async (
  core: Pick<HostCore, "store">,
  { stream, type, before }: { readonly stream: string; readonly type: string; readonly before: number },
): Promise<{ readonly facts: readonly ReadFact[]; readonly unreadable: number; readonly title: string }> => {
  const facts = new Map<string, ReadFact>();
  const broken = new Set<string>();
  let title = stream;
  let untyped = 0;
  for (let from = 0; ; from += PAGE) {
    const page = await core.store.read(stream, from, PAGE);
    for (const stored of page) {
      if (stored.commit > before) return { facts: [...facts.values()], unreadable: broken.size, title };
      title = titleOf(stored.entry.input) ?? title;
      for (const fact of factsOf(stored, untyped)) {
        if (fact.content.kind !== "generic" || fact.content.envelope.type !== type) continue;
        const id = factId(fact);
        const read = readFact(stream, id, fact);
        if (read === undefined) broken.add(id);
        else facts.set(id, read);
      }
      if (stored.entry.input.kind === "fact.recorded") untyped += 1;
    }
    if (page.length < PAGE) return { facts: [...facts.values()], unreadable: broken.size, title };
  }
};

/**
 * Every fact of a type in the journals of contexts and authorities, as
 * written, up to a commit: by journal, then by id, whatever the order of arrival.
 */
export const collectFacts = async (
  core: Pick<HostCore, "store" | "yield">,
  type: string,
  before: number,
): Promise<CollectedFacts> => {
  const facts: ReadFact[] = [];
  const journals = new Map<string, FactJournal>();
  let unreadable = 0;
  const kinds = ["authority", "context"] as const satisfies readonly StreamKind[];
  for (const kind of kinds) {
    const streams = [...(await core.store.streams(kind))].map(({ stream }) => stream).sort();
    for (const stream of streams) {
      const found = await collectOf(core, { stream, type, before });
      unreadable += found.unreadable;
      if (found.facts.length === 0) continue;
      journals.set(stream, { id: stream, kind, title: found.title });
      for (const fact of [...found.facts].sort((a, b) => (a.id < b.id ? -1 : 1))) facts.push(fact);
      await core.yield();
    }
  }
  return { facts, journals, unreadable };
};
