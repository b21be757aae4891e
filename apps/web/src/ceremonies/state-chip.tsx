import type { CeremonyStateJson } from "@parley/wire/http";
import { Chip } from "../ui/chip.tsx";
import { stateWords } from "./ceremony-words.ts";

/** The state of a ceremony: icon, word and hue. */
export const StateChip = ({ state }: { readonly state: CeremonyStateJson }) => {
  const { label, icon, tone, says } = stateWords[state];
  return (
    <Chip icon={icon} title={says} {...(tone === undefined ? {} : { tone })}>
      {label}
    </Chip>
  );
};
