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

/** Frames of one edge that are told. */
const SHOWN_FRAMES = 12;

const Buffers = ({ role }: { readonly role: string }) => {
  const { data } = useOpenSession();
  const edges = data.view.edges.filter(({ from, to }) => from === role || to === role);
  return (
    <ul className="plain buffers">
      {edges.map(({ from, to, queue, capacity, sent }) => (
        <li key={`${from} ${to}`}>
          <span>
            {from} → {to}
            {sent === undefined ? null : <small> {sent} sent</small>}
          </span>
          <span className="mono">
            {queue.length}/{capacity}
          </span>
          {queue.length > 0 ? (
            <small className="mono">
              {queue
                .slice(0, SHOWN_FRAMES)
                .map(({ seq, label, payload }) => `#${seq} ${label} ${valueText(payload)}`)
                .join(", ")}
              {queue.length > SHOWN_FRAMES ? ` and ${queue.length - SHOWN_FRAMES} more` : ""}
            </small>
          ) : null}
        </li>
      ))}
    </ul>
  );
};

/** What the monitor holds an endpoint to: the rest of its type, and what it would let pass next. */
const Monitor = ({ endpoint }: { readonly endpoint: Endpoint }) => (
  <dl className="facts" aria-label={`Monitor of ${nameOf(endpoint)}`}>
    <div>
      <dt>monitor</dt>
      <dd>
        {endpoint.possible.length > 0
          ? endpoint.possible
              .map(({ kind, peer, label }) => `${kind === "send" ? "!" : "?"}${peer} ${label}`)
              .join(" or ")
          : (endpoint.statement?.text ?? (endpoint.status === "done" ? "at its end" : "nothing"))}
      </dd>
    </div>
    <div>
      <dt>step</dt>
      <dd>{endpoint.step}</dd>
    </div>
    {(endpoint.scopes ?? []).map(({ scope, lap, owner, deadline, state }) => (
      <div key={`${scope} ${lap}`}>
        <dt>timeout</dt>
        <dd>
          {scope}, lap {lap}, of {owner}
          {state === null ? "" : `, ${state}`}
          {deadline === null ? "" : `, due at ${deadline}`}
        </dd>
      </div>
    ))}
  </dl>
);

const nameOf = ({ endpoint }: Endpoint): string => (endpoint === "" ? "the role itself" : `arm ${endpoint}`);

/** What an endpoint has been told and has bound. */
const Knowledge = ({ endpoint }: { readonly endpoint: Endpoint }) => {
  const { known = [], names = [] } = endpoint;
  if (known.length + names.length === 0) return <p className="quiet-note">It knows nothing by name.</p>;
  return (
    <dl className="facts" aria-label={`Knowledge of ${nameOf(endpoint)}`}>
      {names.map(({ name, value }) => (
        <div key={`name ${name}`}>
          <dt>{name}</dt>
          <dd>{valueText(value)}</dd>
        </div>
      ))}
      {known.map(({ role, fact }) => (
        <div key={`fact ${role} ${fact}`}>
          <dt>fact of {role}</dt>
          <dd>{fact}</dd>
        </div>
      ))}
    </dl>
  );
};

/** One coroutine of a role: where it stands, what holds it, what it knows. */
const CoroutineDetail = ({ endpoint }: { readonly endpoint: Endpoint }) => {
  const { coroutine, status, pc, wait, fault, credits, tokens } = endpoint;
  const facts = [
    ["stands at", `instruction ${pc}`],
    ...(credits === undefined ? [] : [["credits left", String(credits)]]),
    ...(tokens === undefined ? [] : [["tokens", String(tokens)]]),
    ...(wait === null ? [] : [["waits", wait.text]]),
    ...(fault === null ? [] : [["fault", `${fault.message} (${fault.code})`]]),
  ];
  return (
    <div className="coroutine" data-coroutine={coroutine}>
      <h3>
        Coroutine {coroutine}, {nameOf(endpoint)}: {status}
      </h3>
      <dl className="facts">
        {facts.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <Monitor endpoint={endpoint} />
      <details>
        <summary>Rest of its type</summary>
        <pre className="type-text">{endpoint.type}</pre>
      </details>
      <h3>Registers</h3>
      <Registers endpoint={endpoint} />
      <h3>Knowledge</h3>
      <Knowledge endpoint={endpoint} />
    </div>
  );
};

/** A role's program with its counters; each of its coroutines with monitor, registers and knowledge; its buffers. */
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
        <CoroutineDetail key={endpoint.coroutine} endpoint={endpoint} />
      ))}
      <h3>Buffers</h3>
      <Buffers role={role} />
    </section>
  );
};
