import { Menu } from "@base-ui/react/menu";
import type { ProtocolSummary } from "@parley/wire/http";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { Chip } from "../ui/chip.tsx";
import { Icon } from "../ui/icon.tsx";
import { LazyThumbnail } from "./lazy-thumbnail.tsx";

export interface RowCommands {
  readonly onRename: (protocol: ProtocolSummary) => void;
  readonly onDuplicate: (protocol: ProtocolSummary) => void;
  readonly onDelete: (protocol: ProtocolSummary) => void;
}

export const VerdictChip = ({ verdict }: { readonly verdict: ProtocolSummary["verdict"] }) => {
  if (verdict === "sound") {
    return (
      <Chip tone="ok" icon="check">
        Sound
      </Chip>
    );
  }
  if (verdict === "empty") return <Chip>Empty</Chip>;
  return (
    <Chip tone="bad" icon="cross">
      Has errors
    </Chip>
  );
};

const RowMenu = ({
  protocol,
  onRename,
  onDuplicate,
  onDelete,
}: RowCommands & { readonly protocol: ProtocolSummary }) => (
  <Menu.Root>
    <Menu.Trigger className="btn quiet icon small" aria-label={`Commands for ${protocol.name}`}>
      <Icon name="more" />
    </Menu.Trigger>
    <Menu.Portal>
      <Menu.Positioner align="end" sideOffset={4} className="menu-place">
        <Menu.Popup className="menu">
          <Menu.Item onClick={() => onRename(protocol)}>
            <Icon name="edit" size={14} /> Rename <kbd>F2</kbd>
          </Menu.Item>
          <Menu.Item onClick={() => onDuplicate(protocol)}>
            <Icon name="copy" size={14} /> Duplicate <kbd>D</kbd>
          </Menu.Item>
          <Menu.Item onClick={() => onDelete(protocol)} className="danger">
            <Icon name="trash" size={14} /> Delete <kbd>Del</kbd>
          </Menu.Item>
        </Menu.Popup>
      </Menu.Positioner>
    </Menu.Portal>
  </Menu.Root>
);

/** One protocol of the list. */
export const ProtocolRow = ({
  protocol,
  ...commands
}: RowCommands & { readonly protocol: ProtocolSummary }) => {
  const { data } = useQuery({
    queryKey: keys.protocol(protocol.id),
    queryFn: () => api.protocols.get(protocol.id),
  });
  return (
    <li className="protocol-row" data-protocol={protocol.id}>
      <Link to="/protocols/$id" params={{ id: protocol.id }} className="main-link">
        {data ? <LazyThumbnail source={data.source} /> : <span className="thumbnail" />}
        <span className="words">
          <strong>{protocol.name}</strong>
          <small>
            {protocol.namespace ? <span className="mono">{protocol.namespace}</span> : null}
            {protocol.roles.length > 0 ? <span>{protocol.roles.join(", ")}</span> : null}
          </small>
        </span>
      </Link>
      <VerdictChip verdict={protocol.verdict} />
      <span className="sessions-cell wide-only">
        {protocol.lastSession ? (
          <Link to="/sessions/$id" params={{ id: protocol.lastSession }}>
            {protocol.sessions} {protocol.sessions === 1 ? "session" : "sessions"}
          </Link>
        ) : (
          <span>no session</span>
        )}
      </span>
      <RowMenu protocol={protocol} {...commands} />
    </li>
  );
};
