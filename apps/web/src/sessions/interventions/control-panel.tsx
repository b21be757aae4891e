import type { SessionView } from "@parley/wire/http";
import { Button } from "../../ui/button.tsx";
import { useOpenSession } from "../session-context.ts";
import type { Input } from "./intervention.ts";
import { useInterventions } from "./use-interventions.ts";

/** Pauses, or lets go on, every role that is not finished. */
export const holdAll = (view: SessionView, kind: "pause" | "resume"): readonly Input[] =>
  view.roles
    .filter(({ paused, endpoints }) =>
      kind === "resume"
        ? paused
        : !paused && endpoints.some(({ status }) => status !== "done" && status !== "faulted"),
    )
    .map(({ role }) => ({ kind, role }));

/** Holds the whole session, lets it go on, or ends it. */
export const ControlPanel = () => {
  const { data, commands } = useOpenSession();
  const { head } = data;
  const off = commands.busy || commands.sealed !== undefined;
  const pausing = holdAll(head, "pause");
  const resuming = holdAll(head, "resume");
  const ending = off || head.status !== "active";
  return (
    <section className="ses-side control" aria-label="Control">
      <h2>Control</h2>
      <div className="act-row pad">
        <Button
          small
          icon="pause"
          disabled={off || pausing.length === 0}
          title="No role is scheduled until it is resumed; nothing is lost"
          onClick={() => commands.apply(pausing, "the session is paused")}
        >
          Pause session
        </Button>
        <Button
          small
          icon="play"
          disabled={off || resuming.length === 0}
          onClick={() => commands.apply(resuming, "the session is resumed")}
        >
          Resume session
        </Button>
        <Button
          small
          variant="danger"
          icon="cross"
          disabled={ending}
          onClick={() => useInterventions.setState({ ending: "cancel" })}
        >
          Cancel session…
        </Button>
        <Button
          small
          variant="danger"
          icon="cross"
          disabled={ending}
          onClick={() => useInterventions.setState({ ending: "close" })}
        >
          Close session…
        </Button>
      </div>
      {commands.sealed === undefined && head.status !== "active" ? (
        <p className="quiet-note">Only an active session is ended by hand; this one is {head.status}.</p>
      ) : null}
      {commands.sealed === undefined ? null : <p className="quiet-note">{commands.sealed}.</p>}
    </section>
  );
};
