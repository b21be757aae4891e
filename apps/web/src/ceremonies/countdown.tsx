import type { CeremonyCard } from "@parley/wire/http";
import { when } from "../ui/when.ts";
import { useNow } from "./ceremony-data.ts";
import { isLive, leftWords } from "./ceremony-words.ts";

interface CountdownProps {
  readonly ceremony: Pick<CeremonyCard, "state" | "deadline" | "endedAt">;
  /** The studio's clock minus this browser's, ms. */
  readonly offset?: number;
}

/** What is left until the deadline, and when that is; of one that has ended, when it did. */
export const Countdown = ({ ceremony, offset = 0 }: CountdownProps) => {
  const live = isLive(ceremony);
  const now = useNow(live) + offset;
  if (!live)
    return (
      <span className="cer-time">
        {ceremony.endedAt === null ? "ended" : <>ended {when(ceremony.endedAt)}</>}
      </span>
    );
  const left = ceremony.deadline - now;
  return (
    <span className="cer-time" title={`until ${when(ceremony.deadline)}`}>
      <b className={left < 10_000 ? "mono cer-left soon" : "mono cer-left"}>{leftWords(left)}</b> · until{" "}
      {when(ceremony.deadline)}
    </span>
  );
};
