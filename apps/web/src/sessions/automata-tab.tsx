import { useMemo } from "react";
import { AutomatonView } from "../diagram/automaton-view.tsx";
import { useSelection } from "../selection/selection.ts";
import { EmptyState, LoadingState } from "../ui/states.tsx";
import { automatonMarks } from "./automaton-marks.ts";
import { useOpenSession } from "./session-context.ts";
import { lookAtRole, useShownRole } from "./shown-role.ts";

const none = { visited: new Set<string>(), current: new Set<string>() } as const;

/** One role's automaton: where it is, where it has been, what it can still reach. */
export const AutomataTab = ({
  role: asked,
  onRole,
}: {
  readonly role: string | undefined;
  readonly onRole: (role: string) => void;
}) => {
  const { data, picture, ordinals } = useOpenSession();
  const selected = useSelection(({ selection }) => selection.edge);
  const names = [...ordinals.keys()];
  const role = useShownRole(names, asked);
  const automaton = picture?.automatonOf(role);
  const view = data.view.roles.find((one) => one.role === role);
  const marks = useMemo(
    () => (automaton && view ? automatonMarks(automaton, view, data.entries) : none),
    [automaton, view, data.entries],
  );
  if (!picture) return <LoadingState what="the automata" />;
  return (
    <div className="automata">
      <div className="bar-row">
        <label className="field inline">
          <span>Role</span>
          <select
            className="input"
            value={role}
            onChange={({ target }) => {
              lookAtRole(target.value);
              onRole(target.value);
            }}
          >
            {names.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <span className="quiet-note" role="note">
          Now in {[...marks.current].join(", ") || "no state that can act"}; {marks.visited.size} states
          visited.
        </span>
      </div>
      <div className="automata-view">
        {automaton ? (
          <AutomatonView
            automaton={automaton}
            selected={selected}
            current={marks.current}
            visited={marks.visited}
            dimmed={data.stale}
            label={`Automaton of ${role}`}
            onSelect={(edge) => useSelection.getState().select({ edge, role, source: "automaton" })}
          />
        ) : (
          <EmptyState title={`${role} has no automaton`}>Its local type could not be read.</EmptyState>
        )}
      </div>
    </div>
  );
};
