import type { ContextView } from "@parley/wire/http";
import { useState } from "react";
import { Chip } from "../ui/chip.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { EmptyState } from "../ui/states.tsx";
import { contextHref, useContextPlace } from "./context-data.ts";
import { ReplicaActions } from "./replica-actions.tsx";
import { rootLetters } from "./replica-layout.ts";
import { ReplicaPicture } from "./replica-picture.tsx";
import type { SyncLine } from "./sync-all.ts";

type Member = ContextView["members"][number];

const memberColumns = (letters: ReadonlyMap<string, string>): readonly Column<Member>[] => [
  { id: "authority", head: "Replica of", width: "minmax(70px, 0.7fr)", text: ({ authority }) => authority },
  {
    id: "root",
    head: "Root",
    width: "minmax(0, 2fr)",
    text: ({ root }) => root,
    show: ({ root }) => (
      <span className="root" data-root={root}>
        <span className="root-letter" data-letter={letters.get(root)}>
          {letters.get(root)}
        </span>
        <span className="mono" title={root}>
          {root}
        </span>
      </span>
    ),
  },
  { id: "facts", head: "Facts", width: "56px", text: ({ facts }) => facts },
  {
    id: "lacks",
    head: "Lacks",
    width: "84px",
    text: ({ lacks }) => lacks,
    show: ({ lacks }) =>
      lacks === 0 ? (
        <Chip tone="ok" icon="check">
          none
        </Chip>
      ) : (
        <Chip tone="warn" icon="wait">
          {lacks}
        </Chip>
      ),
  },
  { id: "group", head: "Group", width: "60px", wide: true, text: ({ group }) => group + 1 },
];

const syncColumns: readonly Column<SyncLine>[] = [
  { id: "requester", head: "Asked", text: ({ requester }) => requester },
  { id: "responder", head: "Answered", text: ({ responder }) => responder },
  { id: "rounds", head: "Rounds", width: "64px", text: ({ rounds }) => rounds },
  { id: "bytes", head: "Bytes", width: "70px", text: ({ bytes }) => bytes },
  { id: "toRequester", head: "Facts got", width: "80px", text: ({ toRequester }) => toRequester },
  {
    id: "toResponder",
    head: "Facts given",
    width: "86px",
    wide: true,
    text: ({ toResponder }) => toResponder,
  },
];

/** Replicas with their roots side by side, who reaches whom, and what a synchronisation moved. */
export const ReplicasTab = ({ view }: { readonly view: ContextView }) => {
  const { place, set } = useContextPlace(view.id);
  const [synced, setSynced] = useState<readonly SyncLine[]>([]);
  const letters = rootLetters(view.members);
  return (
    <>
      <p role="status" className="replica-state">
        {letters.size <= 1 ? (
          <Chip tone="ok" icon="check">
            One root: every replica holds the same facts
          </Chip>
        ) : (
          <Chip tone="warn" icon="wait">
            {letters.size} different roots
          </Chip>
        )}{" "}
        {view.parted
          ? `in ${view.groups.length} groups that do not reach each other`
          : "all reach each other"}
      </p>
      <ReplicaPicture view={view} />
      <DataTable
        label="Replicas"
        file={`${view.id}.replicas`}
        rows={view.members}
        columns={memberColumns(letters)}
        keyOf={({ authority }) => authority}
        hrefOf={({ authority }) => contextHref(view.id, { tab: "facts", replica: authority })}
        onOpen={({ authority }) => set({ tab: "facts", replica: authority })}
        selected={place.replica}
        empty={<EmptyState title="No replica">Let an authority join below.</EmptyState>}
      />
      {place.at === undefined ? (
        <ReplicaActions view={view} onSynced={(lines) => setSynced((before) => [...lines, ...before])} />
      ) : (
        <p className="quiet">This is the past: go back to now to part or synchronise replicas.</p>
      )}
      {synced.length > 0 ? (
        <>
          <h2>What synchronising moved</h2>
          <DataTable
            label="Synchronisations"
            file={`${view.id}.synchronisations`}
            rows={synced}
            columns={syncColumns}
            keyOf={(line) => String(synced.length - synced.indexOf(line))}
            empty={null}
          />
        </>
      ) : null}
    </>
  );
};
