import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef } from "react";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { useBreadcrumbs } from "../shell/top-bar.tsx";
import { Button } from "../ui/button.tsx";
import { EmptyState, ErrorState, LoadingState } from "../ui/states.tsx";
import { type SessionFilter, type SessionLine, sessionTree } from "./session-tree.ts";
import "./sessions.css";
import { StatusChip } from "./status-chip.tsx";

const crumbs = [{ label: "Sessions" }];
const statuses = ["active", "completed", "faulted", "cancelled", "closed"] as const;
const ROW = 48;

const when = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

const Row = ({ session, depth }: SessionLine) => (
  <>
    <span className="s-title" style={{ paddingInlineStart: Math.min(depth, 6) * 20 }}>
      {depth > 0 ? (
        <span className="s-branch" aria-hidden="true">
          └
        </span>
      ) : null}
      <Link to="/sessions/$id" params={{ id: session.id }}>
        {session.title}
      </Link>
      {session.parent ? <small>branch at {session.parent.at}</small> : null}
    </span>
    <Link className="s-protocol" to="/protocols/$id" params={{ id: session.protocol.id }}>
      {session.protocol.name}
    </Link>
    <span>
      <StatusChip status={session.status} />
    </span>
    <span className="mono">#{session.head}</span>
    <span className="s-when">{when.format(session.updatedAt)}</span>
  </>
);

/** Rows in sight only: a workspace may hold thousands. */
const List = ({ lines }: { readonly lines: readonly SessionLine[] }) => {
  const box = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 8,
  });
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed one by one, out of a list's flow.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region is reached by the keyboard.
    <div ref={box} className="s-list" role="list" aria-label="Sessions" tabIndex={0}>
      <div style={{ height: rows.getTotalSize(), position: "relative" }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const line = lines[index];
          return line ? (
            // biome-ignore lint/a11y/useSemanticElements: rows are placed one by one, out of a list's flow.
            <div
              key={line.session.id}
              role="listitem"
              aria-setsize={lines.length}
              aria-posinset={index + 1}
              className="s-row"
              style={{ transform: `translateY(${start}px)` }}
            >
              <Row {...line} />
            </div>
          ) : null;
        })}
      </div>
    </div>
  );
};

const Filters = ({
  filter,
  protocols,
  onChange,
}: {
  readonly filter: SessionFilter;
  readonly protocols: ReadonlyMap<string, string>;
  readonly onChange: (part: SessionFilter) => void;
}) => (
  <search className="s-filters" aria-label="Filter sessions">
    <input
      className="input"
      type="search"
      aria-label="Search sessions"
      placeholder="Search"
      value={filter.q ?? ""}
      onChange={({ target }) => onChange({ q: target.value })}
    />
    <select
      className="input"
      aria-label="Protocol"
      value={filter.protocol ?? ""}
      onChange={({ target }) => onChange({ protocol: target.value })}
    >
      <option value="">Every protocol</option>
      {[...protocols].map(([id, name]) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
    <select
      className="input"
      aria-label="Status"
      value={filter.status ?? ""}
      onChange={({ target }) => onChange({ status: target.value })}
    >
      <option value="">Every status</option>
      {statuses.map((status) => (
        <option key={status} value={status}>
          {status}
        </option>
      ))}
    </select>
  </search>
);

const Nothing = () => (
  <EmptyState
    title="No session yet"
    actions={
      <>
        <Link className="btn primary" to="/protocols/$id/open" params={{ id: "secure_request" }}>
          Open the hello protocol
        </Link>
        <Link className="btn" to="/protocols">
          Choose a protocol
        </Link>
      </>
    }
  >
    A session runs a protocol: every role is seated, every message is recorded, and any position can be looked
    at again.
  </EmptyState>
);

/** Every session of the workspace, branches under their parents. */
export const SessionsPage = () => {
  useBreadcrumbs(crumbs);
  const filter = useSearch({ from: "/sessions" });
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery({ queryKey: keys.sessions, queryFn: () => api.sessions.list() });
  const lines = useMemo(() => sessionTree(data?.items ?? [], filter), [data, filter]);
  const protocols = useMemo(
    () => new Map(data?.items.map(({ protocol }) => [protocol.id, protocol.name])),
    [data],
  );
  const change = (part: SessionFilter): void => {
    const search = Object.fromEntries(
      Object.entries({ ...filter, ...part }).filter(([, value]) => value !== undefined && value !== ""),
    );
    void navigate({ to: "/sessions", search, replace: true });
  };
  if (!data) {
    return error ? (
      <ErrorState error={error} retry={() => void refetch()} />
    ) : (
      <LoadingState what="sessions" />
    );
  }
  return (
    <div className="sessions">
      <h1 className="visually-hidden">Sessions</h1>
      {data.items.length === 0 ? (
        <Nothing />
      ) : (
        <>
          <Filters filter={filter} protocols={protocols} onChange={change} />
          {lines.length === 0 ? (
            <EmptyState
              title="No session fits"
              actions={
                <Button onClick={() => void navigate({ to: "/sessions", search: {} })}>
                  Clear the filter
                </Button>
              }
            >
              {data.items.length} sessions are there, none with this text, protocol and status.
            </EmptyState>
          ) : (
            <List lines={lines} />
          )}
        </>
      )}
    </div>
  );
};
