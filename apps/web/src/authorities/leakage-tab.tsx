import type { AuthorityView, LeakageView } from "@parley/wire/http";
import { type FormEvent, useState } from "react";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { Button } from "../ui/button.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { EmptyState } from "../ui/states.tsx";
import { useCommand } from "../ui/use-command.ts";
import { placeHref, useAuthorityPlace } from "./authority-data.ts";
import { ContextField } from "./context-field.tsx";
import { Headroom } from "./headroom.tsx";

const classes = [
  { id: "external", name: "External" },
  { id: "neighbor", name: "Neighbour" },
  { id: "inGroup", name: "In group" },
] as const;
type Class = (typeof classes)[number]["id"];

const columns: readonly Column<LeakageView>[] = [
  {
    id: "context",
    head: "Context",
    text: ({ context }) => context,
    show: ({ context }) => <span className="mono">{context}</span>,
  },
  ...classes.map(
    ({ id, name }): Column<LeakageView> => ({
      id,
      head: name,
      width: "minmax(70px, 1fr)",
      text: ({ consumed, limits }) => `${consumed[id]}/${limits[id]}`,
      show: ({ consumed, limits }) => <Headroom spent={consumed[id]} limit={limits[id]} />,
    }),
  ),
  {
    id: "limited",
    head: "Limits",
    width: "76px",
    wide: true,
    text: ({ limited }) => (limited ? "set" : "default"),
  },
];

const start = { external: 0, neighbor: 0, inGroup: 0 } as const;

const Form = ({
  view,
  leakage,
}: {
  readonly view: AuthorityView;
  readonly leakage: LeakageView | undefined;
}) => {
  const [context, setContext] = useState(leakage?.context ?? "");
  const [limits, setLimits] = useState<{ readonly [one in Class]: number }>(leakage?.limits ?? start);
  const command = useCommand(keys.authority(view.id));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void command.run(() => api.authority.limitLeakage(view.id, { context, limits }));
  };
  return (
    <form className="auth-panel" onSubmit={submit} aria-label="Limits of leakage">
      <h2>{leakage ? leakage.context : "Set limits for a context"}</h2>
      {leakage ? null : <ContextField value={context} onChange={setContext} />}
      <div className="row">
        {classes.map(({ id, name }) => (
          <label key={id} className="field">
            <span>{name}</span>
            <input
              className="input"
              type="number"
              min={0}
              required
              value={limits[id]}
              onChange={({ target }) => setLimits({ ...limits, [id]: Number(target.value) })}
            />
          </label>
        ))}
      </div>
      <div className="row">
        <Button type="submit" disabled={command.busy}>
          Set limits
        </Button>
        {leakage ? (
          <Button
            variant="quiet"
            disabled={command.busy}
            onClick={() => void command.run(() => api.authority.resetLeakage(view.id, context))}
          >
            Begin the window anew
          </Button>
        ) : null}
      </div>
      <ProblemNote error={command.error} />
    </form>
  );
};

/** What may leak to whom, by context and observer class. */
export const LeakageTab = ({ view }: { readonly view: AuthorityView }) => {
  const { place, go } = useAuthorityPlace(view.id);
  const chosen = view.leakage.find(({ context }) => context === place.context);
  return (
    <>
      <DataTable
        label="Leakage"
        file={`${view.id}.leakage`}
        rows={view.leakage}
        columns={columns}
        keyOf={({ context }) => context}
        hrefOf={({ context }) => placeHref(view.id, { tab: "leakage", context })}
        onOpen={({ context }) => go({ tab: "leakage", context })}
        selected={place.context}
        empty={
          <EmptyState title="Nothing has leaked">
            A message that names observer classes takes one unit of each; the default limits hold until some
            are set.
          </EmptyState>
        }
      />
      <Form key={`${chosen?.context} ${chosen?.version}`} view={view} leakage={chosen} />
    </>
  );
};
