/** How far agreement of a ceremony has got: its wire names. */
export type AgreementMode = "Provisional" | "CoordinatorSoftSafe" | "ConsensusFinalized";

/** What every ceremony fact carries (spec/aura-protocols.md §2.6). */
export interface CeremonyMeta {
  readonly ceremony_id: string;
  readonly agreement_mode?: AgreementMode;
  readonly trace_id?: string;
  /** Session time, ms: shown, and breaks ties between facts of one rank. */
  readonly timestamp_ms: number;
}

/** The five standard steps of a ceremony as facts. */
export type CeremonyFact =
  | ({ readonly kind: "CeremonyInitiated"; readonly required_responses?: number } & CeremonyMeta)
  | ({ readonly kind: "CeremonyAcceptanceReceived"; readonly participant?: string } & CeremonyMeta)
  | ({
      readonly kind: "CeremonyCommitted";
      readonly relationship_id: string;
      readonly consensus_id?: string;
      readonly committed_at?: number;
    } & CeremonyMeta)
  | ({ readonly kind: "CeremonyAborted"; readonly reason: string } & CeremonyMeta)
  /** `ceremony_id` is the superseded one. */
  | ({
      readonly kind: "CeremonySuperseded";
      readonly superseding_ceremony_id: string;
      readonly reason: string;
    } & CeremonyMeta);

/** A variant a protocol adds to the five; without the meta it belongs to no ceremony. */
export type OwnCeremonyFact = { readonly kind: string } & Partial<CeremonyMeta> & {
    readonly [field: string]: unknown;
  };

/** The ceremony a fact belongs to: of every standard variant, and of own ones that carry it. */
export function ceremonyId(fact: CeremonyFact): string;
export function ceremonyId(fact: OwnCeremonyFact): string | undefined;
export function ceremonyId(fact: CeremonyFact | OwnCeremonyFact): string | undefined {
  return fact.ceremony_id;
}

/** When a fact was made, session time in ms: of every standard variant, and of own ones that carry it. */
export function ceremonyTimestampMs(fact: CeremonyFact): number;
export function ceremonyTimestampMs(fact: OwnCeremonyFact): number | undefined;
export function ceremonyTimestampMs(fact: CeremonyFact | OwnCeremonyFact): number | undefined {
  return fact.timestamp_ms;
}

/** The names of the standard variants, in the order a ceremony goes through them. */
export const ceremonyVariants = [
  "CeremonyInitiated",
  "CeremonyAcceptanceReceived",
  "CeremonyAborted",
  "CeremonySuperseded",
  "CeremonyCommitted",
] as const satisfies readonly CeremonyFact["kind"][];

const modes: readonly unknown[] = ["Provisional", "CoordinatorSoftSafe", "ConsensusFinalized"];

const text = (value: unknown): boolean => typeof value === "string" && value !== "";
const natural = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const maybe = (check: (value: unknown) => boolean) => (value: unknown) => value === undefined || check(value);

const metaChecks: Record<string, (value: unknown) => boolean> = {
  ceremony_id: text,
  timestamp_ms: natural,
  trace_id: maybe(text),
  agreement_mode: maybe((value) => modes.includes(value)),
};

const ownChecks: Record<CeremonyFact["kind"], Record<string, (value: unknown) => boolean>> = {
  CeremonyInitiated: { required_responses: maybe(natural) },
  CeremonyAcceptanceReceived: { participant: maybe(text) },
  CeremonyCommitted: { relationship_id: text, consensus_id: maybe(text), committed_at: maybe(natural) },
  CeremonyAborted: { reason: text },
  CeremonySuperseded: { superseding_ceremony_id: text, reason: text },
};

/** The standard fact a payload holds; undefined when a field is missing or of another kind. */
export const readCeremonyFact = (value: unknown): CeremonyFact | undefined => {
  if (typeof value !== "object" || value === null) return undefined;
  const fields = value as Record<string, unknown>;
  const kind = ceremonyVariants.find((one) => one === fields.kind);
  if (kind === undefined) return undefined;
  const checks = Object.entries({ ...metaChecks, ...ownChecks[kind] });
  return checks.every(([name, check]) => check(fields[name])) ? (value as CeremonyFact) : undefined;
};
