import type { ContextSummary } from "@parley/wire/http";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { useTopic } from "../live/live.ts";
import { Chip } from "../ui/chip.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { EmptyState, ErrorState, LoadingState } from "../ui/states.tsx";
import { when } from "../ui/when.ts";

/** Whether the replicas of a context agree, in a word. */
export const Agreement = ({ parted, converged }: Pick<ContextSummary, "parted" | "converged">) =>
  parted ? (
    <Chip tone="warn" icon="fork">
      parted
    </Chip>
  ) : converged ? (
    <Chip tone="ok" icon="check">
      one root
    </Chip>
  ) : (
    <Chip tone="warn" icon="wait">
      apart
    </Chip>
  );

const columns: readonly Column<ContextSummary>[] = [
  {
    id: "context",
    head: "Context",
    width: "minmax(0, 1.4fr)",
    text: ({ id }) => id,
    show: ({ id, title }) => <span title={id}>{title === "" ? id : title}</span>,
  },
  {
    id: "session",
    head: "Session",
    wide: true,
    text: ({ session }) => session,
    show: ({ session }) =>
      session === null ? (
        "none"
      ) : (
        <Link to="/sessions/$id" params={{ id: session }}>
          {session}
        </Link>
      ),
  },
  { id: "facts", head: "Facts", width: "64px", text: ({ facts }) => facts },
  { id: "replicas", head: "Replicas", width: "70px", wide: true, text: ({ replicas }) => replicas },
  {
    id: "agreement",
    head: "Replicas agree",
    width: "104px",
    text: ({ parted, converged }) => (parted ? "parted" : converged ? "one root" : "apart"),
    show: (context) => <Agreement {...context} />,
  },
  {
    id: "at",
    head: "Last entry",
    width: "170px",
    wide: true,
    text: ({ at }) => new Date(at).toISOString(),
    show: ({ at, head }) => `#${head} · ${when(at)}`,
  },
];

/** Contexts of all sessions, or of those an authority has a replica of. */
export const ContextsTab = () => {
  useTopic("contexts");
  const { q = "", authority } = useSearch({ from: "/journal" });
  const navigate = useNavigate();
  const people = useQuery({ queryKey: keys.authorities, queryFn: () => api.authorities() });
  const { data, error, refetch } = useQuery({
    queryKey: [...keys.contexts, authority ?? "all"],
    queryFn: () => api.contexts.list({ authority }),
    placeholderData: keepPreviousData,
  });
  const narrow = (part: { q?: string; authority?: string }): void =>
    void navigate({ to: "/journal", search: { q, authority, ...part }, replace: true });
  if (!data)
    return error ? (
      <ErrorState error={error} retry={() => void refetch()} />
    ) : (
      <LoadingState what="the contexts" />
    );
  const words = q.toLowerCase().trim();
  const rows = data.items.filter(({ id, title }) => `${id} ${title}`.toLowerCase().includes(words));
  return (
    <DataTable
      label="Contexts"
      rows={rows}
      columns={columns}
      keyOf={({ id }) => id}
      hrefOf={({ id }) => `/journal/${encodeURIComponent(id)}`}
      onOpen={({ id }) => void navigate({ to: "/journal/$context", params: { context: id } })}
      tools={
        <>
          <input
            className="input"
            type="search"
            aria-label="Search contexts"
            placeholder="Session or title"
            value={q}
            onChange={({ target }) => narrow({ q: target.value })}
          />
          <select
            className="input"
            aria-label="Replica of"
            value={authority ?? ""}
            onChange={({ target }) => narrow({ authority: target.value })}
          >
            <option value="">Everybody's</option>
            {people.data?.items.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </>
      }
      empty={
        <EmptyState
          title={data.items.length === 0 ? "No context yet" : "No context fits"}
          actions={
            <Link className="btn" to="/protocols">
              Choose a protocol
            </Link>
          }
        >
          Each session has a context: its facts stand there once a guarded message went through or somebody
          noted one.
        </EmptyState>
      }
    />
  );
};
