import type { RefusalList } from "@parley/wire/http";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api } from "../api/api.ts";
import { Button } from "../ui/button.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { EmptyState, ErrorState, LoadingState } from "../ui/states.tsx";
import { when } from "../ui/when.ts";

type Refusal = RefusalList["items"][number];

const columns: readonly Column<Refusal>[] = [
  {
    id: "at",
    head: "When",
    width: "140px",
    text: ({ at }) => new Date(at).toISOString(),
    show: ({ at }) => when(at),
  },
  {
    id: "code",
    head: "Code",
    width: "76px",
    text: ({ code }) => code,
    show: ({ code }) => <code>{code}</code>,
  },
  { id: "command", head: "Asked", wide: true, text: ({ command }) => command },
  { id: "by", head: "By", wide: true, text: ({ actor }) => `${actor.kind} ${actor.id}` },
  {
    id: "subject",
    head: "About",
    wide: true,
    text: ({ subject }) => subject,
    show: ({ subject }) =>
      subject?.startsWith("ctx:") ? (
        <Link to="/journal/$context" params={{ context: subject }}>
          {subject}
        </Link>
      ) : (
        subject
      ),
  },
  {
    id: "detail",
    head: "Why",
    width: "minmax(0, 2.4fr)",
    text: ({ detail }) => detail,
    show: ({ detail }) => <span title={detail}>{detail}</span>,
  },
];

/** The last commands that were refused: they left nothing but this. */
export const RefusalsTab = () => {
  const { data, error, refetch } = useQuery({
    queryKey: ["refusals"],
    queryFn: () => api.guards.refusals(),
    staleTime: 0,
  });
  if (!data)
    return error ? (
      <ErrorState error={error} retry={() => void refetch()} />
    ) : (
      <LoadingState what="what was refused" />
    );
  return (
    <DataTable
      label="Refused commands"
      rows={data.items}
      columns={columns}
      keyOf={({ at, code, command, detail }) => `${at} ${code} ${command} ${detail}`}
      tools={
        <Button small onClick={() => void refetch()}>
          Look again
        </Button>
      }
      empty={
        <EmptyState title="Nothing was refused">
          Forged receipts, replayed nonces, foreign tokens, duplicate facts and the like would stand here;
          they change nothing else.
        </EmptyState>
      }
    />
  );
};
