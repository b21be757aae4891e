import type { Programs, SessionView } from "@parley/wire/http";
import { useQuery } from "@tanstack/react-query";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { isSelected, useSelection } from "../selection/selection.ts";
import { ErrorState, LoadingState } from "../ui/states.tsx";
import { useOpenSession } from "./session-context.ts";
import { lookAtRole, useShownRole } from "./shown-role.ts";
import { valueText } from "./value-text.ts";

type Endpoint = SessionView["roles"][number]["endpoints"][number];

const Program = ({
  program,
  endpoints,
  role,
}: {
  readonly program: Programs["roles"][number]["program"];
  readonly endpoints: readonly Endpoint[];
  readonly role: string;
}) => {
  const selected = useSelection(({ selection }) => selection.edge);
  return (
    <ol className="program" aria-label={`Program of ${role}`}>
      {program.map(({ pc, text, edgeId }) => {
        const here = endpoints.filter((one) => one.pc === pc);
        return (
          <li key={pc} aria-current={here.length > 0 ? "step" : undefined}>
            <button
              type="button"
              disabled={edgeId === null}
              aria-pressed={edgeId !== null && isSelected(selected, edgeId)}
              onClick={() =>
                edgeId !== null && useSelection.getState().select({ edge: edgeId, role, source: "machine" })
              }
            >
              <span className="pc">{pc}</span>
              <span>{text}</span>
              {here.length > 0 ? <span className="here">◀ {here[0]?.status}</span> : null}
            </button>
          </li>
        );
      })}
    </ol>
  );
};

const Registers = ({ endpoint }: { readonly endpoint: Endpoint }) => {
  const used = endpoint.registers.flatMap((value, index) =>
    value.kind === "unit" ? [] : [[index, valueText(value)] as const],
  );
  return (
    <dl className="facts">
      {used.map(([index, text]) => (
        <div key={index}>
          <dt>r{index}</dt>
          <dd>{text}</dd>
        </div>
      ))}
      <div>
        <dt>others</dt>
        <dd>()</dd>
      </div>
    </dl>
  );
};

const Buffers = ({ role }: { readonly role: string }) => {
  const { data } = useOpenSession();
  const edges = data.view.edges.filter(({ from, to }) => from === role || to === role);
  return (
    <ul className="plain buffers">
      {edges.map(({ from, to, queue, capacity }) => (
        <li key={`${from} ${to}`}>
          <span>
            {from} → {to}
          </span>
          <span className="mono">
            {queue.length}/{capacity}
          </span>
          {queue.length > 0 ? (
            <small className="mono">{queue.map(({ label }) => label).join(", ")}</small>
          ) : null}
        </li>
      ))}
    </ul>
  );
};

/** A role's program with its counter, registers and the buffers of its edges. */
export const MachinePanel = ({
  role: asked,
  onRole,
}: {
  readonly role: string | undefined;
  readonly onRole: (role: string) => void;
}) => {
  const { data, ordinals } = useOpenSession();
  const {
    data: programs,
    error,
    refetch,
  } = useQuery({
    queryKey: keys.programs(data.id),
    queryFn: () => api.sessions.programs(data.id),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const names = [...ordinals.keys()];
  const role = useShownRole(names, asked);
  const view = data.view.roles.find((one) => one.role === role);
  const program = programs?.roles.find((one) => one.role === role)?.program;
  return (
    <section aria-label="Machine" className="detail">
      <label className="field">
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
      {program ? <Program program={program} endpoints={view?.endpoints ?? []} role={role} /> : null}
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!program && !error ? <LoadingState what="the programs" /> : null}
      {view?.endpoints.map((endpoint) => (
        <div key={endpoint.coroutine}>
          <h3>
            Registers{endpoint.endpoint ? ` of ${endpoint.endpoint}` : ""} · step {endpoint.step}
          </h3>
          <Registers endpoint={endpoint} />
          <details>
            <summary>Rest of its type</summary>
            <pre className="type-text">{endpoint.type}</pre>
          </details>
        </div>
      ))}
      <h3>Buffers</h3>
      <Buffers role={role} />
    </section>
  );
};
