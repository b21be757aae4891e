import { type CeremonyHandshake, hashValue, type Participant } from "@parley/wire";
import { participantKey } from "../../ceremony/index.ts";
import {
  acceptHandshake,
  answerHandshake,
  type HandshakeNode,
  type HandshakeRequest,
  handshakeCapabilities,
} from "../../services/handshake/handshake.ts";
import { showVersion } from "../../services/handshake/version.ts";
import type { HostCore } from "../core.ts";
import { done, type Result, refused } from "../host-error.ts";
import { ceremonyRefusal } from "./ceremony-refusal.ts";
import { authorityOf } from "./participants.ts";

const version = { major: 1, minor: 0, patch: 0 };

/** What this build speaks; so does every device it hosts, unless a test says otherwise. */
export const thisNode: HandshakeNode = {
  version,
  minVersion: version,
  capabilities: handshakeCapabilities,
};

/**
 * Shakes hands with everybody before a ceremony begins (spec/aura-runtime.md
 * §15.4): each is told a nonce made of the ceremony's and its own name. One
 * that speaks no common version, or a nonce that was said before, ends it
 * before there is anything.
 */
export const shakeHands = (
  core: Pick<HostCore, "authorities" | "workspace" | "testing">,
  asked: { readonly participants: readonly Participant[]; readonly nonce: string; readonly at: number },
): Result<readonly CeremonyHandshake[]> => {
  const { nonces } = core.workspace.tentative.ceremonies;
  const said: CeremonyHandshake[] = [];
  for (const one of asked.participants) {
    const participant = participantKey(one);
    const nonce = hashValue("parley.handshake/1", [asked.nonce, participant]);
    const { version: speaks, minVersion } = thisNode;
    const capabilities = Object.keys(handshakeCapabilities);
    const request: HandshakeRequest = { version: speaks, minVersion, capabilities, nonce };
    const node = core.testing?.peers?.[authorityOf(core, one) ?? ""] ?? thisNode;
    const answered = answerHandshake(node, new Set(nonces.has(nonce) ? [nonce] : []), request);
    if (!answered.ok) return refused(ceremonyRefusal(answered.error));
    const read = acceptHandshake(request, answered.response, asked.at);
    if (!read.ok) return refused(ceremonyRefusal(read.error));
    said.push({
      participant,
      version: showVersion(read.peer.version),
      capabilities: read.peer.capabilities,
      nonce,
    });
  }
  return done(said);
};
