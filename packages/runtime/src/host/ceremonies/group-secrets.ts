import type { NonceCommitment, Participant } from "@parley/wire";
import { type Ceremony, participantKey } from "../../ceremony/index.ts";
import {
  commitNonces,
  dealKey,
  decodeNonces,
  decodeShare,
  encodeNonces,
  encodeShare,
  finishKeyGeneration,
  type GeneratedKey,
  type KeyShare,
  type SignerNonces,
} from "../../threshold/index.ts";
import type { HostCore } from "../core.ts";
import { done, type Result, refused } from "../host-error.ts";
import { ceremonyRefusal } from "./ceremony-refusal.ts";

type Of = Pick<Ceremony, "id" | "participants">;

const shareName = (ceremony: string, participant: string): string => `share:${ceremony}:${participant}`;
const nonceName = (ceremony: string, participant: string): string => `nonce:${ceremony}:${participant}`;

/** Whether those who take part sign with shares of one key: a threshold of one is met by a key of one's own. */
export const needsSharedKey = (core: Pick<HostCore, "authority">, threshold: number): boolean =>
  core.authority !== undefined && threshold >= 2;

/** Makes a key that all participants share; lets others work between the parts of each. */
export const makeSharedKey = async (
  core: Pick<HostCore, "random" | "yield">,
  asked: { readonly threshold: number; readonly participants: readonly Participant[] },
): Promise<Result<GeneratedKey>> => {
  const participants = asked.participants.map(participantKey);
  const config = { threshold: asked.threshold, participants };
  const dealers = [];
  for (const participant of participants) {
    dealers.push(dealKey(participant, config, (count) => core.random.bytes(count)));
    await core.yield();
  }
  const made = finishKeyGeneration(config, dealers);
  return made.ok ? done(made.value) : refused(ceremonyRefusal(made.error));
};

/** Keeps every participant's share where streams and exports never look. */
export const keepShares = (
  core: Pick<HostCore, "authority">,
  ceremony: string,
  shares: readonly KeyShare[],
): void => {
  for (const share of shares)
    core.authority?.keys.putSecret(shareName(ceremony, share.participant), encodeShare(share));
};

/** A participant's share; undefined where none is kept. */
export const shareOf = (
  core: Pick<HostCore, "authority">,
  ceremony: string,
  participant: string,
): KeyShare | undefined => {
  const bytes = core.authority?.keys.secret(shareName(ceremony, participant));
  return bytes === undefined ? undefined : decodeShare(bytes);
};

/** Fresh nonces of a participant, kept; answers what may be said of them. */
export const drawNonces = (
  core: Pick<HostCore, "authority" | "random">,
  ceremony: string,
  participant: string,
): NonceCommitment | undefined => {
  const share = shareOf(core, ceremony, participant);
  if (share === undefined) return undefined;
  const { nonces, commitment } = commitNonces(share, (count) => core.random.bytes(count));
  core.authority?.keys.putSecret(nonceName(ceremony, participant), encodeNonces(nonces));
  return commitment;
};

/** The nonces a participant committed to; undefined where they are used up or were never drawn. */
export const noncesOf = (
  core: Pick<HostCore, "authority">,
  ceremony: string,
  participant: string,
): SignerNonces | undefined => {
  const bytes = core.authority?.keys.secret(nonceName(ceremony, participant));
  return bytes === undefined ? undefined : decodeNonces(bytes);
};

/** Forgets the nonces of a ceremony that ended and, of a key that never signs, its shares. */
export const forgetSecrets = (
  core: Pick<HostCore, "authority">,
  { id, participants }: Of,
  what: { readonly shares: boolean },
): void => {
  const keys = core.authority?.keys;
  if (keys === undefined) return;
  for (const participant of participants.map(participantKey)) {
    keys.forgetSecret(nonceName(id, participant));
    if (what.shares) keys.forgetSecret(shareName(id, participant));
  }
};
