import type { NextAction } from "@parley/wire/http";
import { Button } from "../ui/button.tsx";
import { RoleName } from "./role-name.tsx";
import { useOpenSession } from "./session-context.ts";

type Decide = Extract<NextAction, { kind: "decide" }>;

/** A choice: who decides, and a button a label. Pointing at one marks on the diagram what follows. */
export const DecideCard = ({ action, first }: { readonly action: Decide; readonly first: boolean }) => {
  const { commands, setPreview } = useOpenSession();
  const off = commands.busy || commands.blocked !== undefined;
  return (
    <fieldset className={first ? "act now" : "act"} data-card="decide">
      <legend className="visually-hidden">{action.seat} decides</legend>
      <p>
        <RoleName role={action.seat} /> decides
      </p>
      <div className="act-row">
        {action.options.map(({ label, arm, edgeId, peer, guard }, index) => (
          <Button
            key={edgeId}
            small
            variant={first ? "primary" : undefined}
            data-first-action={(first && index === 0) || undefined}
            disabled={off}
            title={`${arm === null || arm === label ? "" : `${arm}: `}${label} to ${peer}${guard ? `, needs ${guard}` : ""}`}
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
};
