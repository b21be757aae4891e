import type { CeremonyParticipant } from "@parley/wire/http";
import { Icon } from "../ui/icon.tsx";
import { useNames } from "./ceremony-data.ts";

/** What a participant said, in a word. */
export const answerWord = ({ answer }: CeremonyParticipant): "accepted" | "refused" | "has not answered" =>
  answer === null ? "has not answered" : answer.accept ? "accepted" : "refused";

/** One who takes part: initials in their hue, with what they said as an icon. */
export const Avatar = ({ participant }: { readonly participant: CeremonyParticipant }) => {
  const names = useNames();
  const word = answerWord(participant);
  const icon = word === "accepted" ? "check" : word === "refused" ? "cross" : "wait";
  return (
    <span
      className={`cer-avatar ${word === "has not answered" ? "waits" : word}`}
      style={{ borderColor: `hsl(${names(participant.authority).hue} 62% 48%)` }}
      aria-hidden="true"
    >
      {participant.name.slice(0, 2)}
      <span className="cer-said">
        <Icon name={icon} size={10} />
      </span>
    </span>
  );
};

/** Everybody who takes part, with what they said. */
export const Avatars = ({ participants }: { readonly participants: readonly CeremonyParticipant[] }) => (
  <ul className="cer-avatars" aria-label="Participants">
    {participants.map((participant) => (
      <li key={participant.key} title={`${participant.name} ${answerWord(participant)}`}>
        <Avatar participant={participant} />
        <span className="visually-hidden">
          {participant.name} {answerWord(participant)}
        </span>
      </li>
    ))}
  </ul>
);
