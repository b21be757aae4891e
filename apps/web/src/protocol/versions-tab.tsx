import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { EmptyState, ErrorState, LoadingState } from "../ui/states.tsx";

const when = (at: number): string =>
  new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" }).format(at);

interface VersionsProps {
  readonly id: string;
  readonly current: string;
  readonly onRestore: (source: string) => void;
  readonly onSave: () => void;
}

/** Every version of a protocol, newest first. */
export const VersionsTab = ({ id, current, onRestore, onSave }: VersionsProps) => {
  const { data, error, refetch } = useQuery({
    queryKey: keys.versions(id),
    queryFn: () => api.protocols.versions(id),
  });
  if (error) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!data) return <LoadingState what="versions" />;
  if (data.items.length === 0) {
    return (
      <EmptyState title="No version yet" actions={<Button onClick={onSave}>Save a version</Button>}>
        A version is an immutable copy of the text, addressed by its content. Sessions are opened from
        versions.
      </EmptyState>
    );
  }
  return (
    <ol className="versions">
      {data.items.map(({ version, label, source, at, imports, verdict }, index) => (
        <li key={`${version} ${at}`}>
          <div>
            <strong>{label ?? `Version ${data.items.length - index}`}</strong>
            <small>
              {when(at)} · <span className="mono">{version.slice(0, 12)}</span>
              {imports.length === 0 ? "" : ` · imports ${imports.map(({ module }) => module).join(", ")}`}
            </small>
          </div>
          {verdict === "errors" ? (
            <Chip tone="bad" icon="cross" title="It cannot be opened as a session">
              Does not check
            </Chip>
          ) : null}
          {index < data.items.length - 1 ? (
            <Link
              className="btn small"
              to="/protocols/$id/compare"
              params={{ id }}
              search={{ from: data.items[index + 1]?.version, to: version }}
              aria-label={`Compare ${label ?? `Version ${data.items.length - index}`} with the version before it`}
            >
              Compare
            </Link>
          ) : null}
          {source === current ? (
            <span className="chip">this text</span>
          ) : (
            <Button small onClick={() => onRestore(source)}>
              Restore into the draft
            </Button>
          )}
        </li>
      ))}
    </ol>
  );
};
