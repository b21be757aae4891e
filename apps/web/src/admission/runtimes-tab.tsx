import type { RuntimeProfileDetail } from "@parley/wire/http";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Chip } from "../ui/chip.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { ErrorState, LoadingState } from "../ui/states.tsx";
import { RuntimeCompare } from "./runtime-compare.tsx";
import { useRuntimes } from "./runtime-data.ts";
import { RuntimeEditor } from "./runtime-editor.tsx";

const keysText = ({ keys }: RuntimeProfileDetail): string =>
  Object.entries(keys)
    .map(([key, has]) => `${key} = ${has}`)
    .join(", ");

const lacks = ({ inventory }: RuntimeProfileDetail): number =>
  Object.values(inventory).filter((has) => !has).length;

const columns: readonly Column<RuntimeProfileDetail>[] = [
  { id: "name", head: "Runtime", text: ({ name }) => name },
  { id: "base", head: "Starts from", width: "92px", text: ({ base }) => base },
  {
    id: "lacks",
    head: "Lacks",
    width: "64px",
    text: (row) => lacks(row),
  },
  { id: "keys", head: "Set by hand", width: "minmax(0, 2fr)", wide: true, text: keysText },
  {
    id: "shipped",
    head: "Kept",
    width: "150px",
    wide: true,
    text: ({ shipped }) => (shipped ? "every workspace" : "this workspace"),
    show: ({ shipped }) => (shipped ? <Chip>every workspace</Chip> : <Chip tone="ok">this workspace</Chip>),
  },
];

/** The runtimes a session can be admitted on: looked at, made, changed, compared. */
export const RuntimesTab = () => {
  const { runtime, with: other } = useSearch({ from: "/admission" });
  const navigate = useNavigate();
  const { data, error, refetch } = useRuntimes();
  if (!data)
    return error ? (
      <ErrorState error={error} retry={() => void refetch()} />
    ) : (
      <LoadingState what="the runtime profiles" />
    );
  const go = (name: string | undefined): void =>
    void navigate({ to: "/admission", search: { tab: "runtimes", runtime: name, with: other } });
  const chosen = data.items.find(({ name }) => name === (runtime ?? "full"));
  return (
    <>
      <DataTable
        label="Runtime profiles"
        rows={data.items}
        columns={columns}
        keyOf={({ name }) => name}
        hrefOf={({ name }) => `/admission?tab=runtimes&runtime=${encodeURIComponent(name)}`}
        onOpen={({ name }) => go(name)}
        selected={chosen?.name}
        empty={null}
      />
      {chosen === undefined ? (
        <p className="quiet" role="status">
          There is no runtime {runtime} any more.
        </p>
      ) : (
        <>
          <RuntimeEditor key={`${chosen.name} ${chosen.revision}`} profile={chosen} onGo={go} />
          <RuntimeCompare profile={chosen} all={data.items} />
        </>
      )}
    </>
  );
};
