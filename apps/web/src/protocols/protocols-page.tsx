import type { ProtocolSummary } from "@parley/wire/http";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useMemo, useRef, useState } from "react";
import type { Action } from "../actions/action.ts";
import { useActions } from "../actions/registry.ts";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { TopSlot, useBreadcrumbs } from "../shell/top-bar.tsx";
import { Button } from "../ui/button.tsx";
import { EmptyState, ErrorState, LoadingState } from "../ui/states.tsx";
import { createProtocol, deleteProtocol, duplicateProtocol } from "./protocol-actions.ts";
import { ProtocolRow } from "./protocol-row.tsx";
import "./protocols.css";
import { RenameDialog } from "./rename-dialog.tsx";

const route = getRouteApi("/protocols");
const crumbs = [{ label: "Protocols" }];

const matches = (protocol: ProtocolSummary, query: string): boolean =>
  [protocol.name, protocol.namespace ?? "", ...protocol.roles].some((text) =>
    text.toLowerCase().includes(query.toLowerCase()),
  );

/** The protocol whose row holds the focus, for the keys. */
const focusedId = (): string | undefined =>
  document.activeElement?.closest<HTMLElement>("[data-protocol]")?.dataset.protocol;

const moveFocus = (step: number): void => {
  const links = [...document.querySelectorAll<HTMLElement>(".protocol-row .main-link")];
  const at = links.findIndex(
    (link) => link.closest("[data-protocol]") === document.activeElement?.closest("[data-protocol]"),
  );
  links[Math.min(links.length - 1, Math.max(0, at + step))]?.focus();
};

interface ListCommands {
  readonly items: readonly ProtocolSummary[];
  readonly create: () => void;
  readonly rename: (protocol: ProtocolSummary) => void;
  readonly focusSearch: () => void;
}

const useListActions = ({ items, create, rename, focusSearch }: ListCommands): void => {
  const actions = useMemo<readonly Action[]>(() => {
    const onFocused = (run: (protocol: ProtocolSummary) => void) => (): void => {
      const found = items.find(({ id }) => id === focusedId());
      if (found) run(found);
    };
    return [
      { id: "protocols.new", label: "New protocol", group: "Protocols", keys: ["n"], run: create },
      {
        id: "protocols.search",
        label: "Search protocols",
        group: "Protocols",
        keys: ["/"],
        run: focusSearch,
      },
      {
        id: "protocols.down",
        label: "Next protocol",
        group: "Protocols",
        keys: ["ArrowDown", "j"],
        run: () => moveFocus(1),
      },
      {
        id: "protocols.up",
        label: "Previous protocol",
        group: "Protocols",
        keys: ["ArrowUp", "k"],
        run: () => moveFocus(-1),
      },
      {
        id: "protocols.rename",
        label: "Rename the focused protocol",
        group: "Protocols",
        keys: ["F2"],
        run: onFocused(rename),
      },
      {
        id: "protocols.duplicate",
        label: "Duplicate the focused protocol",
        group: "Protocols",
        keys: ["d"],
        run: onFocused((found) => void duplicateProtocol(found)),
      },
      {
        id: "protocols.delete",
        label: "Delete the focused protocol",
        group: "Protocols",
        keys: ["Delete"],
        run: onFocused((found) => void deleteProtocol(found)),
      },
    ];
  }, [items, create, rename, focusSearch]);
  useActions(actions);
};

const origins = [
  { id: "", label: "All" },
  { id: "mine", label: "Mine" },
  { id: "catalogue", label: "Catalogue" },
];

/** The catalogue and one's own protocols. */
export const ProtocolsPage = () => {
  useBreadcrumbs(crumbs);
  const { q, origin } = route.useSearch();
  const navigate = route.useNavigate();
  const go = useNavigate();
  const search = useRef<HTMLInputElement>(null);
  const [renaming, setRenaming] = useState<ProtocolSummary>();
  const { data, error, refetch } = useQuery({
    queryKey: keys.protocols,
    queryFn: () => api.protocols.list(),
  });
  const items = useMemo(
    () =>
      (data?.items ?? []).filter(
        (protocol) => (!origin || protocol.origin === origin) && (!q || matches(protocol, q)),
      ),
    [data, origin, q],
  );
  const commands = useMemo(
    () => ({
      create: () =>
        void createProtocol("Untitled protocol", "").then((id) => {
          if (id) void go({ to: "/protocols/$id", params: { id } });
        }),
      focusSearch: () => search.current?.focus(),
    }),
    [go],
  );
  useListActions({ items, rename: setRenaming, ...commands });
  if (error) return <ErrorState error={error} retry={() => void refetch()} />;
  return (
    <div className="page">
      <h1 className="visually-hidden">Protocols</h1>
      <TopSlot>
        <Button variant="primary" icon="plus" onClick={commands.create}>
          New protocol
        </Button>
      </TopSlot>
      <div className="list-tools">
        <input
          ref={search}
          className="input"
          type="search"
          aria-label="Search protocols"
          placeholder="Search by name, namespace or role"
          value={q ?? ""}
          onChange={(event) =>
            void navigate({
              search: (before) => ({ ...before, q: event.target.value || undefined }),
              replace: true,
            })
          }
        />
        <fieldset className="switch">
          <legend className="visually-hidden">Show</legend>
          {origins.map(({ id, label }) => (
            <button
              key={id}
              type="button"
              aria-pressed={(origin ?? "") === id}
              onClick={() =>
                void navigate({ search: (before) => ({ ...before, origin: id || undefined }), replace: true })
              }
            >
              {label}
            </button>
          ))}
        </fieldset>
      </div>
      {data ? null : <LoadingState what="protocols" />}
      {data && items.length === 0 ? (
        <EmptyState
          title={q ? `No protocol is called “${q}”` : "No protocol of your own yet"}
          actions={
            <Button variant="primary" icon="plus" onClick={commands.create}>
              New protocol
            </Button>
          }
        >
          A protocol says once, for everybody, who sends what to whom. Start from an empty page, or duplicate
          one of the catalogue.
        </EmptyState>
      ) : null}
      <ul className="protocol-list" aria-label="Protocols">
        {items.map((protocol) => (
          <ProtocolRow
            key={protocol.id}
            protocol={protocol}
            onRename={setRenaming}
            onDuplicate={(row) => void duplicateProtocol(row)}
            onDelete={(row) => void deleteProtocol(row)}
          />
        ))}
      </ul>
      <RenameDialog protocol={renaming} onClose={() => setRenaming(undefined)} />
    </div>
  );
};
