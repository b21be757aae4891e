import type { CeremonyHandshake, CeremonyInput, CommitFact, GroupKey, NonceCommitment } from "@parley/wire";
import {
  abortCeremony,
  answerCeremony,
  type Ceremonies,
  type CeremonyStep,
  commitCeremony,
  noCeremonies,
  startCeremony,
  supersedeCeremony,
  sweepCeremonies,
  VersionedMap,
} from "../../ceremony/index.ts";

/** What a ceremony carries beside its course. */
export interface CeremonyDetail {
  readonly operation: { readonly [field: string]: unknown };
  readonly handshakes: readonly CeremonyHandshake[];
  /** The key prepared for those who take part; inert until the ceremony commits. */
  readonly group: GroupKey | null;
  /** What accepting signers said of their nonces, in order of arrival. */
  readonly commitments: readonly NonceCommitment[];
  readonly commit: CommitFact | null;
  /** Sessions that run for it. */
  readonly sessions: readonly string[];
}

/** Every ceremony of the workspace: the fold of its entries. */
export interface CeremonyRecords {
  readonly ceremonies: Ceremonies;
  readonly details: VersionedMap<CeremonyDetail>;
  /** The ceremony a session runs for: the last it joined. */
  readonly bySession: VersionedMap<string>;
  /** Every nonce a participant was told before a ceremony: one is said once. */
  readonly nonces: VersionedMap<string>;
}

export const noCeremonyRecords: CeremonyRecords = {
  ceremonies: noCeremonies,
  details: VersionedMap.of(),
  bySession: VersionedMap.of(),
  nonces: VersionedMap.of(),
};

const withDetail = (
  records: CeremonyRecords,
  id: string,
  change: (detail: CeremonyDetail) => Partial<CeremonyDetail>,
): CeremonyRecords => {
  const detail = records.details.get(id);
  return detail === undefined
    ? records
    : { ...records, details: records.details.with(id, { ...detail, ...change(detail) }) };
};

/** The step an input asks for, of values; live it is taken before the entry is made, folded after. */
export const ceremonyStep = (
  { ceremonies }: CeremonyRecords,
  input: Exclude<
    CeremonyInput,
    { readonly kind: "ceremony.swept" | "ceremony.joined" | "ceremony.prepared" }
  >,
  at: number,
): CeremonyStep => {
  switch (input.kind) {
    case "ceremony.started":
      return startCeremony(ceremonies, input.request, at);
    case "ceremony.answered": {
      const { participant, accept, source, reason } = input;
      const answer = { participant, accept, source, ...(reason === undefined ? {} : { reason }) };
      return answerCeremony(ceremonies, input.ceremony, answer, at);
    }
    case "ceremony.committed": {
      const { prestate, relationship, commit } = input;
      return commitCeremony(
        ceremonies,
        input.ceremony,
        { consensus: commit.consensus_id, prestate, relationship },
        at,
      );
    }
    case "ceremony.aborted":
      return abortCeremony(ceremonies, input.ceremony, input.reason, at, input.by);
    case "ceremony.superseded":
      return supersedeCeremony(ceremonies, input.ceremony, input.by, input.reason, at);
  }
};

const detailOf = (records: CeremonyRecords, input: CeremonyInput): CeremonyRecords => {
  switch (input.kind) {
    case "ceremony.started": {
      const { operation, handshakes, group = null } = input;
      const detail = { operation, handshakes, group, commitments: [], commit: null, sessions: [] };
      const nonces = handshakes.reduce(
        (said, { nonce }) => said.with(nonce, input.request.id),
        records.nonces,
      );
      return { ...records, nonces, details: records.details.with(input.request.id, detail) };
    }
    case "ceremony.prepared":
      return withDetail(records, input.ceremony, () => ({ group: input.group }));
    case "ceremony.answered": {
      const { commitment } = input;
      return commitment === undefined
        ? records
        : withDetail(records, input.ceremony, ({ commitments }) => ({
            commitments: [...commitments, commitment],
          }));
    }
    case "ceremony.committed":
      return withDetail(records, input.ceremony, () => ({ commit: input.commit }));
    case "ceremony.joined": {
      const bySession = records.bySession.with(input.session, input.ceremony);
      return withDetail({ ...records, bySession }, input.ceremony, ({ sessions }) => ({
        sessions: [...sessions, input.session],
      }));
    }
    default:
      return records;
  }
};

/** One step of the fold; what was refused is no entry. */
export const foldCeremony = (records: CeremonyRecords, input: CeremonyInput, at: number): CeremonyRecords => {
  if (input.kind === "ceremony.swept")
    return { ...records, ceremonies: sweepCeremonies(records.ceremonies, at).ceremonies };
  if (input.kind === "ceremony.joined" || input.kind === "ceremony.prepared") return detailOf(records, input);
  const step = ceremonyStep(records, input, at);
  return step.ok ? detailOf({ ...records, ceremonies: step.ceremonies }, input) : records;
};
