import { z } from "zod";
import { hashSchema, idSchema } from "./common.ts";
import { factViewSchema } from "./contexts.ts";

const count = z.number().int().nonnegative();
/** A point of the curve or a scalar: 64 hex digits. */
const point = z.string().regex(/^[0-9a-f]{64}$/);

export const ceremonyKindSchema = z.enum([
  "GuardianRotation",
  "DeviceRotation",
  "DeviceEnrollment",
  "DeviceRemoval",
  "Recovery",
  "OtaActivation",
  "Invitation",
  "RendezvousSecureChannel",
]);
export type CeremonyKindJson = z.infer<typeof ceremonyKindSchema>;

/** Who takes part: a device, a guardian, or a member of a group. */
export const participantSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("device"), device: idSchema }),
  z.object({ kind: z.literal("guardian"), authority: idSchema }),
  z.object({ kind: z.literal("member"), group: idSchema, authority: idSchema }),
]);
export type ParticipantJson = z.infer<typeof participantSchema>;

/** Where an answer verifiably came from. */
export const answerSourceSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("device"), device: idSchema }),
  z.object({ kind: z.literal("authority"), authority: idSchema }),
]);

/** In the order a board shows them: the first three are live. */
export const ceremonyStateSchema = z.enum([
  "Preparing",
  "PendingEpoch",
  "Committing",
  "Committed",
  "Aborted",
  "Superseded",
]);
export type CeremonyStateJson = z.infer<typeof ceremonyStateSchema>;

export const supersessionReasonSchema = z.discriminatedUnion("code", [
  z.object({ code: z.enum(["prestate_stale", "newer_request", "explicit_cancel", "timeout"]) }),
  z.object({ code: z.literal("precedence"), winner: idSchema }),
]);
export type SupersessionReasonJson = z.infer<typeof supersessionReasonSchema>;

/** How a ceremony ended without a commit. */
export const ceremonyEndedSchema = z.object({
  at: count,
  /** As it was given; of one whose place was taken, the code of why. */
  reason: z.string(),
  /** Who gave it up; null where its time ran out, another took its place, or nobody said. */
  by: z.object({ kind: z.string(), id: z.string() }).nullable(),
  /** The ceremony that took its place. */
  supersededBy: idSchema.nullable(),
});
export type CeremonyEnded = z.infer<typeof ceremonyEndedSchema>;

/** One who takes part, and what they said. */
export const ceremonyParticipantSchema = z.object({
  /** Names them within the ceremony: `guardian:bea`. */
  key: z.string(),
  participant: participantSchema,
  authority: idSchema,
  device: idSchema.nullable(),
  name: z.string(),
  answer: z.object({ accept: z.boolean(), reason: z.string().nullable(), at: count }).nullable(),
});
export type CeremonyParticipant = z.infer<typeof ceremonyParticipantSchema>;

/** A session that runs for a ceremony. */
export const ceremonySessionSchema = z.object({ id: idSchema, title: z.string(), protocol: z.string() });

/** A ceremony as a card of the board. Times are ms. */
export const ceremonyCardSchema = z.object({
  id: idSchema,
  kind: ceremonyKindSchema,
  title: z.string(),
  context: idSchema,
  initiator: idSchema,
  state: ceremonyStateSchema,
  /** `required` acceptances commit it; once more than `total - required` refused it cannot pass. */
  progress: z.object({ required: count, accepted: count, refused: count, total: count }),
  participants: z.array(ceremonyParticipantSchema),
  startedAt: count,
  /** At the deadline itself it is still open. */
  deadline: count,
  /** When it ended, and why where that is not a commit. */
  endedAt: count.nullable(),
  reason: z.string().nullable(),
  /** `Provisional`, `CoordinatorSoftSafe` or `ConsensusFinalized`. */
  agreement: z.string(),
  prestate: hashSchema,
  operation: hashSchema,
  supersedes: z.array(idSchema),
  supersededBy: idSchema.nullable(),
  sessions: z.array(ceremonySessionSchema),
});
export type CeremonyCard = z.infer<typeof ceremonyCardSchema>;

/** `GET /api/ceremonies?state=&kind=&context=&session=&authority=` */
export const ceremonyListSchema = z.object({ items: z.array(ceremonyCardSchema) });
export type CeremonyList = z.infer<typeof ceremonyListSchema>;

/** What a ceremony stands on: the root of each authority's journal, and the context's without what ceremonies themselves say. */
export const prestateViewSchema = z.object({
  hash: hashSchema,
  authorities: z.array(z.object({ authority: idSchema, commitment: hashSchema })),
  context: hashSchema,
});
export type PrestateView = z.infer<typeof prestateViewSchema>;

/** The public side of a shared key; `GroupKey` of `@parley/wire`. Points are hex. */
export const groupKeySchema = z.object({
  threshold: count,
  participants: z.array(z.string()),
  publicKey: point,
  commitments: z.array(point),
  verifyingShares: z.record(z.string(), point),
});

export const nonceCommitmentSchema = z.object({ signer: z.string(), hiding: point, binding: point });

/** The decision as signed: what `commitProblem` of `@parley/runtime/consensus` takes. */
export const commitFactSchema = z.object({
  consensus_id: hashSchema,
  prestate_hash: hashSchema,
  operation_hash: hashSchema,
  threshold_signature: z.object({
    signature: z.string().regex(/^[0-9a-f]{128}$/),
    commitments: z.array(nonceCommitmentSchema),
    shares: z.array(z.object({ signer: z.string(), share: point })),
  }),
  group_public_key: point.nullable(),
  participants: z.array(z.string()),
  threshold: count,
  timestamp_ms: count,
  fast_path: z.boolean(),
});
export type CommitFactJson = z.infer<typeof commitFactSchema>;

/** Two answers of one participant that cannot both be meant. Results are hashes of what was said. */
export const equivocationSchema = z.object({
  witness: z.string(),
  consensus: hashSchema,
  prestate: hashSchema,
  first: hashSchema,
  second: hashSchema,
  at: count,
});

/** Something that was asked of a ceremony and refused; nothing else is left of it. */
export const ceremonyRefusalSchema = z.object({
  at: count,
  what: z.string(),
  code: z.string(),
  variant: z.string(),
  detail: z.string(),
  /** Set where it shows that somebody said two things. */
  evidence: equivocationSchema.nullable(),
});
export type CeremonyRefusal = z.infer<typeof ceremonyRefusalSchema>;

/** One supersession: who was replaced by whom, why and when. */
export const supersessionLinkSchema = z.object({
  old: idSchema,
  by: idSchema,
  reason: supersessionReasonSchema,
  at: count,
});
export type SupersessionLinkJson = z.infer<typeof supersessionLinkSchema>;

/** What a participant's node said before the ceremony began. */
export const ceremonyHandshakeSchema = z.object({
  participant: z.string(),
  version: z.string(),
  capabilities: z.array(z.string()),
  nonce: z.string(),
});

/** A live ceremony whose place a new one of the same context and kind would take. */
export const ceremonyCandidateSchema = z.object({
  ceremony: ceremonyCardSchema,
  reason: supersessionReasonSchema,
});
export type CeremonyCandidate = z.infer<typeof ceremonyCandidateSchema>;

/** `GET /api/ceremonies/:id` */
export const ceremonyViewSchema = ceremonyCardSchema.extend({
  /** What is asked, in full: `operation` is its hash bound to the prestate. */
  asked: z.record(z.string(), z.unknown()),
  trace: z.string().nullable(),
  /** The runtime profile whose capabilities its key generation and signing ask for, and what it lacked when it began. */
  runtime: z.object({ profile: z.string(), lacks: z.array(z.string()) }),
  pendingEpoch: count,
  /** What it was begun upon is `prestate`; this is how it stands now. Moved, it cannot commit. */
  prestateNow: prestateViewSchema,
  prestateMoved: z.boolean(),
  handshakes: z.array(ceremonyHandshakeSchema),
  /** The key of those who take part: `prepared` is inert, `active` signs, `retired` signed before, `forgotten` never did. */
  group: z
    .object({
      epoch: count,
      state: z.enum(["prepared", "active", "retired", "forgotten"]),
      key: groupKeySchema,
      /** Names what everybody said while it was made. */
      transcript: hashSchema,
    })
    .nullable(),
  commitments: z.array(nonceCommitmentSchema),
  commit: commitFactSchema.nullable(),
  /** Every supersession that leads to it or from it, oldest first; `chainCeremonies` are the ceremonies named. */
  chain: z.array(supersessionLinkSchema),
  chainCeremonies: z.array(ceremonyCardSchema),
  /** Its facts in the journal of its context, in canonical order, with the replicas that hold them. */
  facts: z.array(factViewSchema),
  /** Newest first. */
  refusals: z.array(ceremonyRefusalSchema),
  /** Refused answers that show two things said by one: a part of `refusals`. */
  evidence: z.array(equivocationSchema),
  /** Clock of the studio, ms: what is left is `deadline - now`. */
  now: count,
});
export type CeremonyView = z.infer<typeof ceremonyViewSchema>;

/** `POST /api/ceremonies` */
export const startCeremonySchema = z.object({
  kind: ceremonyKindSchema,
  /** Whose journal it is decided in; absent = a new one of those who take part. */
  context: idSchema.optional(),
  /** Absent = the first authority. */
  initiator: idSchema.optional(),
  participants: z.array(participantSchema).min(1).max(100),
  /** Absent = more than half. */
  threshold: z.number().int().min(1).max(100).optional(),
  title: z.string().max(200).optional(),
  /** What it does; its hash is signed. */
  operation: z.record(z.string().max(100), z.unknown()).optional(),
  trace: z.string().max(200).optional(),
  /** What is said to the participants first; absent = drawn. One that was said before is refused. */
  nonce: point.optional(),
  /** Live ceremonies whose place it takes; see `GET /api/ceremonies/candidates`. */
  supersede: z.array(idSchema).max(100).optional(),
  /** The runtime profile that makes and uses its shared key, by name; absent = `full`. */
  runtime: z.string().max(64).optional(),
});
export type StartCeremonyRequest = z.infer<typeof startCeremonySchema>;

/** `POST /api/ceremonies/:id/answer` */
export const answerCeremonySchema = z.object({
  participant: participantSchema,
  accept: z.boolean(),
  reason: z.string().max(1_000).optional(),
  /** Where it comes from; absent = from the participant. */
  source: answerSourceSchema.optional(),
  /** The operation that is answered; absent = the ceremony's. Of another one it is refused, and kept as evidence. */
  operation: hashSchema.optional(),
});
export type AnswerCeremonyRequest = z.infer<typeof answerCeremonySchema>;

/** `POST /api/ceremonies/:id/abort` */
export const abortCeremonySchema = z.object({ reason: z.string().min(1).max(1_000) });

/**
 * `POST /api/ceremonies/:id/supersede`: by one that is there, or else by a new
 * one that asks the same of the same upon what stands now.
 */
export const supersedeCeremonySchema = z.object({
  by: idSchema.optional(),
  /** Absent = whether what it was begun upon has changed, else that it is newer. */
  reason: supersessionReasonSchema.optional(),
});
export type SupersedeCeremonyRequest = z.infer<typeof supersedeCeremonySchema>;

/**
 * `POST /api/sessions/:id/ceremony`: asks again what the session's ceremony
 * asked, upon what stands now, once that one ended without a commit.
 */
export const askAgainSchema = z.object({
  /** The session's head it was asked of; another is refused. */
  expectedHead: count.optional(),
});
export type AskAgainRequest = z.infer<typeof askAgainSchema>;

/** `GET /api/ceremonies/candidates?kind=&context=&initiator=&participants=`: also what a new one would stand on. */
export const ceremonyCandidatesSchema = z.object({
  items: z.array(ceremonyCandidateSchema),
  prestate: prestateViewSchema,
});
export type CeremonyCandidates = z.infer<typeof ceremonyCandidatesSchema>;
