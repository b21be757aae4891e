import { bytesToHex } from "@noble/hashes/utils.js";
import {
  type CeremonyKind,
  type CommitFact,
  type Fact,
  type FactContent,
  type GroupKey,
  type Hash,
  hashValue,
  type Participant,
} from "@parley/wire";
import { acceptedBy, type Ceremony, participantKey } from "../../ceremony/index.ts";
import type { CeremonyFact } from "../../journal/ceremony-fact.ts";
import { ceremonyFamilies } from "../../journal/fact-types.ts";
import { makeFact } from "../../journal/make-fact.ts";
import type { HostCore } from "../core.ts";

/** Which family keeps the facts of a kind of ceremony. */
const familyOf: { readonly [kind in CeremonyKind]: string } = {
  GuardianRotation: "ceremony.guardian",
  DeviceRotation: "ceremony.device-rotation",
  DeviceRemoval: "ceremony.device-rotation",
  DeviceEnrollment: "ceremony.device-enrollment",
  Recovery: "ceremony.recovery",
  OtaActivation: "ceremony.ota",
  Invitation: "ceremony.invitation",
  RendezvousSecureChannel: "ceremony.rendezvous",
};

/** A standard fact of a ceremony as an entry of its context's journal. */
export const ceremonyFact = (
  { kind, context }: Pick<Ceremony, "kind" | "context">,
  fact: CeremonyFact,
  by: string,
): Fact => {
  const family = ceremonyFamilies.find(({ definition }) => definition.type === familyOf[kind]);
  const encoded = family?.encode(fact);
  if (!encoded?.ok) throw new Error(`${fact.kind} is no fact of ${familyOf[kind]}`);
  const content: FactContent = { kind: "generic", context, envelope: encoded.envelope };
  const made = makeFact(content, by, { kind: "physical", ms: fact.timestamp_ms });
  if (!made.ok) throw new Error(`${fact.kind} cannot be made at ${fact.timestamp_ms}`);
  return made.fact;
};

/** A protocol fact; `order` is random, drawn once and recorded with it. */
const protocolFact = (
  core: Pick<HostCore, "random">,
  variant: string,
  fields: { readonly [name: string]: unknown },
  by: string,
): Fact => {
  const made = makeFact({ kind: "protocol", variant, fields }, by, {
    kind: "order",
    random: bytesToHex(core.random.bytes(32)),
  });
  if (!made.ok) throw new Error(`${variant} cannot be made`);
  return made.fact;
};

const guardianOf = (participant: Participant): string | undefined =>
  participant.kind === "device" ? undefined : participant.authority;

/** What a commit decides, as protocol facts: the agreement, the key that was made for it, guardians bound. */
export const decisionFacts = (
  core: Pick<HostCore, "random">,
  ceremony: Ceremony,
  commit: CommitFact,
  key: { readonly group: GroupKey; readonly transcript: Hash; readonly epoch: number } | undefined,
): readonly Fact[] => {
  const { initiator, context, participants, kind, pendingEpoch } = ceremony;
  const fact = (variant: string, fields: { readonly [name: string]: unknown }) =>
    protocolFact(core, variant, fields, initiator);
  const consensus = fact("Consensus", {
    ...commit,
    threshold_met: true,
    participant_count: commit.participants.length,
  });
  const transcript =
    key === undefined
      ? []
      : [
          fact("DkgTranscriptCommit", {
            context,
            epoch: key.epoch,
            membership_hash: hashValue("parley.membership/1", key.group.participants),
            cutoff: ceremony.deadline,
            package_count: key.group.participants.length,
            transcript_hash: key.transcript,
          }),
        ];
  if (kind !== "GuardianRotation") return [consensus, ...transcript];
  const accepted = acceptedBy(ceremony);
  const bound = participants
    .filter((one) => accepted.includes(participantKey(one)))
    .flatMap((one) => guardianOf(one) ?? []);
  const bindings = bound.map((guardian) =>
    fact("GuardianBinding", {
      account_id: initiator,
      guardian_id: guardian,
      binding_hash: hashValue("parley.guardian-binding/1", [
        initiator,
        guardian,
        pendingEpoch,
        commit.group_public_key ?? "",
      ]),
    }),
  );
  return [consensus, ...transcript, ...bindings];
};
