import type { NextAction } from "@parley/wire/http";
import { Button } from "../ui/button.tsx";
import { ForkWith } from "./debug/other-decisions.tsx";
import { RoleName } from "./role-name.tsx";
import { useOpenSession } from "./session-context.ts";

type Decide = Extract<NextAction, { kind: "decide" }>;

const optionTitle = ({
  label,
  arm,
  peer,
  guard,
}: Pick<Decide["options"][number], "label" | "arm" | "peer" | "guard">): string =>
  [
    arm === null || arm === label ? label : `${arm}: ${label}`,
    peer === "" ? "" : ` to ${peer}`,
    guard === null ? "" : `, needs ${guard}`,
  ].join("");

/** A choice: who decides, and a button a label. Pointing at one marks on the diagram what follows. */
export const DecideCard = ({ action, first }: { readonly action: Decide; readonly first: boolean }) => {
  const { data, commands, setPreview } = useOpenSession();
  const off = commands.busy || commands.blocked !== undefined;
  const card = (
    <fieldset className={first ? "act now" : "act"} data-card="decide">
      <legend className="visually-hidden">{action.seat} decides</legend>
      <p>
        <RoleName role={action.seat} />{" "}
        {action.about === undefined ? (
          "decides"
        ) : (
          <>
            answers <b>{action.about}</b>
          </>
        )}
      </p>
      <div className="act-row">
        {action.options.map(({ label, arm, edgeId, peer, guard }, index) => (
          <Button
            key={`${edgeId} ${label}`}
            small
            variant={first ? "primary" : undefined}
            data-first-action={(first && index === 0) || undefined}
            disabled={off}
            title={optionTitle({ label, arm, peer, guard })}
            onClick={() => commands.decide(action, label)}
            onMouseEnter={() => setPreview(edgeId)}
            onMouseLeave={() => setPreview(undefined)}
            onFocus={() => setPreview(edgeId)}
            onBlur={() => setPreview(undefined)}
          >
            {arm ?? label}
            {arm !== null && arm !== label ? <small className="arm-label">{label}</small> : null}
          </Button>
        ))}
      </div>
    </fieldset>
  );
  // In the past the card shows what could be decided; a fork decides it.
  return data.past ? (
    <>
      {card}
      <ForkWith view={data.view} action={action} />
    </>
  ) : (
    card
  );
};
