import type { FactEnvelope } from "@parley/wire";
import { type CeremonyFact, ceremonyId, type OwnCeremonyFact, readCeremonyFact } from "./ceremony-fact.ts";
import {
  type CeremonyStatus,
  ceremonyOrder,
  ceremonyStatus,
  type FactOfCeremony,
} from "./ceremony-status.ts";
import {
  decodeFactPayload,
  type EnvelopeError,
  type EnvelopeResult,
  encodeFactPayload,
} from "./fact-envelope.ts";
import type { FactField, FactTypeDefinition } from "./fact-type.ts";

/** A protocol's own reading of a ceremony, beside the standard status. */
export interface StatusView<S> {
  readonly initial: S;
  readonly step: (state: S, fact: FactOfCeremony) => S;
}

/** What a protocol says to get its ceremony facts. */
export interface CeremonyFamilyOptions<S> {
  readonly type: string;
  readonly owner: string;
  /** 1 unless told. */
  readonly version?: number;
  readonly minVersion?: number;
  /** Variants beside the five, by name, with their fields. */
  readonly variants?: { readonly [kind: string]: { readonly [field: string]: FactField } };
  readonly view?: StatusView<S>;
}

/** The ceremony facts of one protocol: its type, how they are written and read, and what they amount to. */
export interface CeremonyFamily<S> {
  readonly definition: FactTypeDefinition;
  readonly encode: (fact: FactOfCeremony) => EnvelopeResult<{ readonly envelope: FactEnvelope }>;
  readonly decode: (
    envelope: FactEnvelope,
  ) =>
    | { readonly ok: true; readonly fact: FactOfCeremony }
    | { readonly ok: false; readonly error: EnvelopeError };
  /** The standard status by ceremony. */
  readonly status: (facts: readonly FactOfCeremony[]) => ReadonlyMap<string, CeremonyStatus>;
  /** The protocol's own status by ceremony; undefined when it has none. */
  readonly view: ((facts: readonly FactOfCeremony[]) => ReadonlyMap<string, S>) | undefined;
}

/** Fields that every variant may be asked for; the rest depends on the variant. */
const commonFields: { readonly [name: string]: FactField } = {
  kind: { kind: "text" },
  ceremony_id: { kind: "text", optional: true },
  agreement_mode: { kind: "text", optional: true },
  trace_id: { kind: "text", optional: true },
  timestamp_ms: { kind: "integer", optional: true },
};

const byCeremony = (facts: readonly FactOfCeremony[]): ReadonlyMap<string, readonly FactOfCeremony[]> => {
  const own = facts.filter((fact) => ceremonyId(fact as OwnCeremonyFact) !== undefined).sort(ceremonyOrder);
  return Map.groupBy(own, (fact) => ceremonyId(fact as OwnCeremonyFact) ?? "");
};

const mapped = <T>(
  facts: readonly FactOfCeremony[],
  make: (own: readonly FactOfCeremony[]) => T | undefined,
): ReadonlyMap<string, T> => {
  const result = new Map<string, T>();
  for (const [id, own] of byCeremony(facts)) {
    const made = make(own);
    if (made !== undefined) result.set(id, made);
  }
  return result;
};

const standard = (facts: readonly FactOfCeremony[]): readonly CeremonyFact[] =>
  facts.flatMap((fact) => readCeremonyFact(fact) ?? []);

/** An own variant has every field it declares. */
const readOwn = (
  value: unknown,
  variants: CeremonyFamilyOptions<unknown>["variants"],
): OwnCeremonyFact | undefined => {
  if (typeof value !== "object" || value === null) return undefined;
  const fields = value as OwnCeremonyFact;
  const declared = Object.hasOwn(variants ?? {}, fields.kind) ? variants?.[fields.kind] : undefined;
  if (declared === undefined) return undefined;
  return Object.entries(declared).every(
    ([name, { optional }]) => optional === true || fields[name] !== undefined,
  )
    ? fields
    : undefined;
};

/**
 * Makes the ceremony facts of a protocol: the five standard variants with their
 * meta, variants of its own beside them, the standard status and, where it
 * gives one, its own view (spec/aura-protocols.md §2.6).
 *
 * @example ceremonyFamily({ type: "acme.onboarding", owner: "acme.Onboarding" })
 */
export const ceremonyFamily = <S = never>(options: CeremonyFamilyOptions<S>): CeremonyFamily<S> => {
  const { type, owner, version = 1, minVersion = version, variants, view } = options;
  const definition: FactTypeDefinition = {
    type,
    version,
    minVersion,
    owner,
    fields: commonFields,
    time: { need: "instant", domain: "physical" },
    reducer: "ceremony",
  };
  const known = (value: unknown): FactOfCeremony | undefined =>
    readCeremonyFact(value) ?? readOwn(value, variants);
  const unknownFact = {
    ok: false,
    error: { code: "PAR7705", error: "invalid-envelope", why: "the payload is no fact of this ceremony" },
  } as const;
  return {
    definition,
    encode: (fact) => (known(fact) === undefined ? unknownFact : encodeFactPayload(type, version, fact)),
    decode: (envelope) => {
      const decoded = decodeFactPayload(envelope, definition);
      if (!decoded.ok) return decoded;
      const fact = known(decoded.value);
      return fact === undefined ? unknownFact : { ok: true, fact };
    },
    status: (facts) => mapped(facts, (own) => ceremonyStatus(standard(own))),
    view: view && ((facts) => mapped(facts, (own) => own.reduce(view.step, view.initial))),
  };
};
