import type { Hash } from "@parley/wire";
import { bloomHas, bloomOf, bloomWithin } from "./bloom-filter.ts";
import type { FactChecks } from "./fact-fault.ts";
import { factOf, type Journal, journalRoot, journalSize } from "./journal.ts";
import { entriesOf, nodeHash, nodeSize } from "./root-tree.ts";
import { subtreeAt } from "./subtree.ts";
import { mergeBatch } from "./sync-batch.ts";
import type { SyncConfig } from "./sync-config.ts";
import {
  digestFault,
  type HeldFilter,
  heldElement,
  type PartDigest,
  type SyncDigest,
  type SyncError,
  type SyncMessage,
  type SyncRefusal,
  syncSchema,
} from "./sync-message.ts";

/** Who runs anti-entropy, and how. */
export interface SyncSide {
  readonly authority: string;
  readonly config: SyncConfig;
  readonly checks: FactChecks;
  /** Whether a peer may ask what is held here: capability `sync:request_digest`. All may unless told. */
  readonly allows?: (peer: string) => boolean;
}

const headerOf = (journal: Journal, side: SyncSide) =>
  ({ schema: syncSchema, namespace: journal.namespace, from: side.authority }) as const;

/** What a journal holds below a prefix. */
export const partOf = (journal: Journal, prefix: string): PartDigest => {
  const node = subtreeAt(journal.facts, prefix);
  return { prefix, size: nodeSize(node), hash: nodeHash(node) };
};

/** Ids below the prefixes, in their order. */
export function* idsBelow(journal: Journal, prefixes: Iterable<string>): Generator<Hash> {
  for (const prefix of prefixes) for (const [id] of entriesOf(subtreeAt(journal.facts, prefix))) yield id;
}

/** The filter of what is held below some parts. */
export const heldBelow = (
  journal: Journal,
  parts: readonly PartDigest[],
  errorRate: number,
  salt: number,
): HeldFilter => {
  const ids = [
    ...idsBelow(
      journal,
      parts.map(({ prefix }) => prefix),
    ),
  ];
  const shape = bloomWithin(ids.length, errorRate);
  return {
    filter: bloomOf(
      shape,
      ids.map((id) => heldElement(salt, id)),
    ),
    errorRate: String(errorRate),
    salt,
  };
};

/** The first ids below some parts that a filter surely does not hold. */
export const lackedBy = (
  held: HeldFilter,
  journal: Journal,
  parts: readonly PartDigest[],
  limit: number,
): readonly Hash[] => {
  const lacked: Hash[] = [];
  for (const id of idsBelow(
    journal,
    parts.map(({ prefix }) => prefix),
  )) {
    if (lacked.length === limit) break;
    if (!bloomHas(held.filter, heldElement(held.salt, id))) lacked.push(id);
  }
  return lacked;
};

export const digestOf = (
  journal: Journal,
  side: SyncSide,
  parts: readonly PartDigest[],
  held?: HeldFilter,
  offers?: readonly Hash[],
): SyncDigest => ({
  ...headerOf(journal, side),
  kind: "digest",
  root: journalRoot(journal),
  size: journalSize(journal),
  parts,
  ...(held === undefined ? {} : { held }),
  ...(offers === undefined ? {} : { offers }),
});

/** The message that says a message was refused. */
export const refusalOf = (journal: Journal, side: SyncSide, error: SyncError): SyncRefusal => ({
  ...headerOf(journal, side),
  kind: "refusal",
  error,
});

/** A digest is answered by ours of the parts that differ; one with a filter also by ours and by what it lacks. */
const answerDigest = (journal: Journal, digest: SyncDigest, side: SyncSide): SyncMessage => {
  const parts = digest.parts
    .map((theirs) => ({ theirs, ours: partOf(journal, theirs.prefix) }))
    .filter(({ theirs, ours }) => theirs.hash !== ours.hash)
    .map(({ ours }) => ours);
  if (digest.held === undefined) return digestOf(journal, side, parts);
  const { errorRate, offerLimit } = side.config;
  return digestOf(
    journal,
    side,
    parts,
    heldBelow(journal, parts, errorRate, digest.held.salt),
    lackedBy(digest.held, journal, parts, offerLimit),
  );
};

const mismatch = (journal: Journal, message: SyncMessage): SyncError | undefined => {
  const { namespace } = message;
  return namespace.kind === journal.namespace.kind && namespace.id === journal.namespace.id
    ? undefined
    : { code: "PAR7701", error: "namespace-mismatch", left: journal.namespace, right: namespace };
};

/** What comes back to a message, and the journal after it. */
export interface Answered {
  readonly journal: Journal;
  readonly reply: SyncMessage;
}

/**
 * The responder: answers one message from the journal it has now and keeps
 * nothing between messages. Refused messages change nothing.
 */
export const answerSync = (journal: Journal, message: SyncMessage, side: SyncSide): Answered => {
  const refused = (error: SyncError): Answered => ({ journal, reply: refusalOf(journal, side, error) });
  if (side.allows?.(message.from) === false)
    return refused({ code: "PAR7727", error: "unauthorized", peer: message.from });
  const foreign = mismatch(journal, message);
  if (foreign !== undefined) return refused(foreign);
  switch (message.kind) {
    case "digest": {
      const fault = digestFault(message);
      return fault === undefined ? { journal, reply: answerDigest(journal, message, side) } : refused(fault);
    }
    case "request": {
      const missing = message.ids.filter((id) => factOf(journal, id) === undefined);
      if (missing.length > 0) return refused({ code: "PAR7726", error: "not_found", ids: missing });
      const facts = message.ids.slice(0, side.config.batchSize).flatMap((id) => factOf(journal, id) ?? []);
      return { journal, reply: { ...headerOf(journal, side), kind: "batch", facts } };
    }
    case "batch": {
      const merged = mergeBatch(journal, message.facts, undefined, side.checks);
      if (!merged.ok) return refused(merged.error);
      return { journal: merged.journal, reply: digestOf(merged.journal, side, []) };
    }
    case "refusal":
      return { journal, reply: message };
  }
};
