import type { SessionView } from "@parley/wire/http";
import { Button } from "../../ui/button.tsx";
import { useOpenSession } from "../session-context.ts";

type Stop = NonNullable<SessionView["stopped"]>;

/** What ran out. */
export const stopWords = ({ kind, limit }: Stop): string =>
  kind === "round-budget"
    ? `Stopped: one entry may hold ${limit} rounds, and it has more to do.`
    : `Stopped: timers have kept it going ${limit} times by themselves.`;

/** A session that stands at a budget: what ran out, and the input that gives it a new one. */
export const StopNote = () => {
  const { data, commands } = useOpenSession();
  const { stopped, roles } = data.view;
  const [first] = roles;
  if (stopped === undefined) return null;
  const resume = (): void => {
    if (stopped.kind === "round-budget") commands.step();
    // Any input gives a new budget; this one changes nothing else.
    else if (first) commands.apply([{ kind: "resume", role: first.role }], "Resumed with a new budget");
  };
  return (
    <span className="stop-note">
      {stopWords(stopped)} <span className="mono">{stopped.code}</span>{" "}
      {data.past ? null : (
        <Button
          small
          icon="play"
          disabled={commands.busy || commands.sealed !== undefined}
          title={commands.sealed}
          onClick={resume}
        >
          Resume
        </Button>
      )}
    </span>
  );
};
