import { concatBytes, hexToBytes } from "@noble/hashes/utils.js";
import type { Fact, PublicKey, TimeStamp } from "@parley/wire";
import { idBytes } from "../identity/id-bytes.ts";
import { verify } from "../identity/verify-signature.ts";
import { isHash } from "./byte-order.ts";
import type { EnvelopeError } from "./fact-envelope.ts";
import { factId } from "./fact-id.ts";
import { type FactRegistry, type RegistryError, readTypedPayload } from "./fact-registry.ts";
import type { FieldMismatch } from "./fact-type.ts";
import type { JournalNamespace } from "./journal.ts";
import { protocolFactFault, protocolVariants } from "./protocol-variants.ts";
import { type TimeFault, timeBytes, timeFault } from "./time-stamp.ts";

/** Why a fact does not get into a journal. */
export type FactFault =
  | TimeFault
  | RegistryError
  | EnvelopeError
  | FieldMismatch
  | { readonly code: "PAR7716"; readonly error: "malformed-fact"; readonly why: string }
  | {
      readonly code: "PAR7717";
      readonly error: "foreign-fact";
      readonly expected: string;
      readonly actual: string;
    }
  | {
      readonly code: "PAR7718";
      readonly error: "fact-not-authorized";
      readonly operation: string;
      readonly by: string;
    }
  | { readonly code: "PAR7719"; readonly error: "receipt-signature"; readonly authority: string };

/** What a fact is authorised as: its kind decides the operation, the journal the scope (spec/aura-state.md §4.3). */
export interface FactQuestion {
  readonly factType: "journal_fact";
  readonly scope: JournalNamespace;
  readonly operation: "update_tree" | "update_params" | "rotate" | "add_guardian";
  readonly by: string;
}

/** What judging a fact needs beside the fact. */
export interface FactChecks {
  readonly registry: FactRegistry;
  readonly authorize: (question: FactQuestion) => boolean;
  /** Keys that may sign for an authority. */
  readonly keysOf: (authority: string) => readonly PublicKey[];
}

const operations = {
  attested: "update_tree",
  protocol: "update_params",
  generic: "update_params",
  snapshot: "rotate",
  rendezvous: "add_guardian",
} as const satisfies Record<Fact["content"]["kind"], FactQuestion["operation"]>;

const malformed = (why: string): FactFault => ({ code: "PAR7716", error: "malformed-fact", why });

/** The context a fact says it is of; undefined where it names none. */
const contextOf = ({ content }: Fact): string | undefined => {
  if (content.kind === "generic") return content.context;
  if (content.kind !== "protocol") return undefined;
  const known = Object.hasOwn(protocolVariants, content.variant);
  const field = known ? (protocolVariants[content.variant]?.context ?? "context") : undefined;
  const named = field === undefined ? undefined : content.fields[field];
  return typeof named === "string" ? named : undefined;
};

const contentFault = ({ content }: Fact, registry: FactRegistry): FactFault | undefined => {
  if (content.kind === "generic") {
    const read = readTypedPayload(registry, content.envelope);
    return read.ok ? undefined : read.error;
  }
  if (content.kind !== "protocol") return undefined;
  const fault = protocolFactFault(content.variant, content.fields);
  if (fault === undefined) return undefined;
  return malformed(
    fault.why === "unknown-variant"
      ? `there is no protocol fact ${fault.variant}`
      : `${fault.variant} lacks ${fault.field}`,
  );
};

/** Whether a fact can be told apart from others at all: whole numbers only, in what is hashed. */
const hashable = (fact: Fact): boolean => {
  try {
    return isHash(factId(fact));
  } catch {
    return false;
  }
};

/** What the signature of a rendezvous receipt covers: envelope ‖ authority ‖ time. */
export const receiptMessage = (envelope: string, authority: string, time: TimeStamp): Uint8Array =>
  concatBytes(hexToBytes(envelope), idBytes(authority), timeBytes(time));

const receiptFault = ({ content }: Fact, keysOf: FactChecks["keysOf"]): FactFault | undefined => {
  if (content.kind !== "rendezvous") return undefined;
  const { envelope, authority, time, signature } = content;
  const signed =
    isHash(envelope) &&
    /^[0-9a-f]{128}$/.test(signature) &&
    keysOf(authority).some((key) =>
      verify(key, receiptMessage(envelope, authority, time), hexToBytes(signature)),
    );
  return signed ? undefined : { code: "PAR7719", error: "receipt-signature", authority };
};

/**
 * What keeps a fact out of a journal, before anything is merged; undefined for
 * a good one. In this order: its form, the journal it belongs to, its type and
 * payload, the right to add it, the signature of a receipt.
 */
export const factFault = (
  fact: Fact,
  namespace: JournalNamespace,
  checks: FactChecks,
): FactFault | undefined => {
  if (!isHash(fact.order)) return malformed("the order is not 32 bytes in lower-case hex");
  const time = timeFault(fact.time);
  if (time !== undefined) return time;
  if (!hashable(fact)) return malformed("it holds a number that has no canonical bytes");
  const actual = contextOf(fact);
  if (namespace.kind === "context" && actual !== undefined && actual !== namespace.id)
    return { code: "PAR7717", error: "foreign-fact", expected: namespace.id, actual };
  const content = contentFault(fact, checks.registry);
  if (content !== undefined) return content;
  const operation = operations[fact.content.kind];
  if (!checks.authorize({ factType: "journal_fact", scope: namespace, operation, by: fact.by }))
    return { code: "PAR7718", error: "fact-not-authorized", operation, by: fact.by };
  return receiptFault(fact, checks.keysOf);
};
