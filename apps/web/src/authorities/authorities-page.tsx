import type { AuthorityView } from "@parley/wire/http";
import { useQueries, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { useTopic } from "../live/live.ts";
import { useBreadcrumbs } from "../shell/top-bar.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { ErrorState, LoadingState } from "../ui/states.tsx";
import { AuthorityDot } from "./authority-dot.tsx";
import "./authorities.css";
import { Headroom } from "./headroom.tsx";

const crumbs = [{ label: "Authorities" }];

interface Line {
  readonly id: string;
  readonly name: string;
  readonly hue: number;
  readonly devices: readonly { readonly id: string; readonly name: string }[];
  readonly view: AuthorityView | undefined;
}

const spent = ({ view }: Line): number => view?.budgets.reduce((sum, one) => sum + one.spent, 0) ?? 0;
const limit = ({ view }: Line): number => view?.budgets.reduce((sum, one) => sum + one.limit, 0) ?? 0;
const presented = ({ view }: Line): number => view?.devices.filter(({ token }) => token !== null).length ?? 0;

const columns: readonly Column<Line>[] = [
  {
    id: "authority",
    head: "Authority",
    width: "minmax(90px, 1fr)",
    text: ({ id }) => id,
    show: ({ name, hue }) => (
      <>
        <AuthorityDot hue={hue} /> {name}
      </>
    ),
  },
  {
    id: "devices",
    head: "Devices",
    wide: true,
    width: "minmax(0, 2fr)",
    text: ({ devices }) => devices.map(({ name }) => name).join(", "),
  },
  {
    id: "keys",
    head: "Keys",
    width: "70px",
    wide: true,
    text: ({ view }) => view?.keys.filter(({ retired }) => retired === null).length ?? null,
  },
  {
    id: "tokens",
    head: "Tokens shown",
    width: "110px",
    text: (line) => `${presented(line)} of ${line.devices.length}`,
  },
  { id: "epoch", head: "Epoch", width: "64px", wide: true, text: ({ view }) => view?.epoch ?? null },
  {
    id: "spent",
    head: "Spent of limits",
    width: "minmax(110px, 1fr)",
    text: spent,
    show: (line) =>
      line.view?.budgets.length === 0 ? (
        <span className="quiet">nothing yet</span>
      ) : (
        <Headroom spent={spent(line)} limit={limit(line)} />
      ),
  },
  { id: "receipts", head: "Receipts", width: "76px", wide: true, text: ({ view }) => view?.receipts ?? null },
];

/** Everybody who can be seated: devices, keys and budgets at a glance. */
export const AuthoritiesPage = () => {
  useBreadcrumbs(crumbs);
  useTopic("authorities");
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery({ queryKey: keys.authorities, queryFn: () => api.authorities() });
  const views = useQueries({
    queries: (data?.items ?? []).map(({ id }) => ({
      queryKey: keys.authority(id),
      queryFn: () => api.authority.get(id),
    })),
  });
  if (!data)
    return error ? (
      <ErrorState error={error} retry={() => void refetch()} />
    ) : (
      <LoadingState what="the authorities" />
    );
  const rows = data.items.map((one, at) => ({ ...one, view: views[at]?.data }));
  return (
    <div className="page auth-page">
      <h1>Authorities</h1>
      <p className="lead">
        An authority acts through its devices: each signs with a key of its own and shows a token that says
        what it may do. Budgets say how much it may spend on messages to whom.
      </p>
      <DataTable
        label="Authorities"
        rows={rows}
        columns={columns}
        keyOf={({ id }) => id}
        hrefOf={({ id }) => `/authorities/${encodeURIComponent(id)}`}
        onOpen={({ id }) => void navigate({ to: "/authorities/$id", params: { id } })}
        empty={<p className="quiet">No authority is known here.</p>}
      />
    </div>
  );
};
