import type { SessionSummary } from "@parley/wire/http";
import { Chip } from "../ui/chip.tsx";
import { sessionLook } from "./status-words.ts";

export const StatusChip = ({ status }: { readonly status: SessionSummary["status"] }) => {
  const { word, icon, tone } = sessionLook(status);
  return (
    <Chip icon={icon} {...(tone ? { tone } : {})}>
      {word}
    </Chip>
  );
};
