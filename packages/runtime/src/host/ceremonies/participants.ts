import type { AnswerSource, Participant } from "@parley/wire";
import { participantKey } from "../../ceremony/index.ts";
import type { HostCore } from "../core.ts";
import { done, type Result, refused } from "../host-error.ts";

/** The authority a participant acts for; undefined where nobody here is it. */
export const authorityOf = (
  core: Pick<HostCore, "authorities">,
  participant: Participant,
): string | undefined => {
  if (participant.kind !== "device")
    return core.authorities.has(participant.authority) ? participant.authority : undefined;
  for (const [authority, { tentative }] of core.authorities)
    if (tentative.devices.some(({ id }) => id === participant.device)) return authority;
  return undefined;
};

/** The authorities of participants, each once, in order; refused when one is not known here. */
export const authoritiesOf = (
  core: Pick<HostCore, "authorities">,
  participants: readonly Participant[],
): Result<readonly string[]> => {
  const found: string[] = [];
  for (const participant of participants) {
    const authority = authorityOf(core, participant);
    if (authority === undefined) {
      const [what, id] =
        participant.kind === "device" ? ["device", participant.device] : ["authority", participant.authority];
      return refused({ code: "PAR7001", kind: "not-found", what, id });
    }
    if (!found.includes(authority)) found.push(authority);
  }
  return done(found);
};

/** Where an answer of a participant comes from when nothing else is said. */
export const ownSource = (participant: Participant): AnswerSource =>
  participant.kind === "device"
    ? { kind: "device", device: participant.device }
    : { kind: "authority", authority: participant.authority };

/** A participant by its key, as queries name it: `guardian:bea`. */
export const readParticipant = (key: string): Participant | undefined => {
  const [kind = "", first = "", second = ""] = key.split(":");
  if (first === "") return undefined;
  if (kind === "device") return { kind, device: first };
  if (kind === "guardian") return { kind, authority: first };
  return kind === "member" && second !== "" ? { kind, group: first, authority: second } : undefined;
};

/** The device that signs for a participant alone: its own, or the first of its authority. */
export const signingDevice = (
  core: Pick<HostCore, "authorities">,
  participant: Participant,
): string | undefined => {
  if (participant.kind === "device") return participant.device;
  return core.authorities.get(participant.authority)?.tentative.devices[0]?.id;
};

/** The participant of a key within a ceremony. */
export const participantOf = (participants: readonly Participant[], key: string): Participant | undefined =>
  participants.find((one) => participantKey(one) === key);
