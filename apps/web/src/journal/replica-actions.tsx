import type { ContextView } from "@parley/wire/http";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { Button } from "../ui/button.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { type Command, useCommand } from "../ui/use-command.ts";
import { type SyncLine, syncLine, syncPairs } from "./sync-all.ts";

interface PartProps {
  readonly view: ContextView;
  readonly command: Command;
}

/** Chooses a group for each replica. */
const Partition = ({ view, command }: PartProps) => {
  const names = view.members.map(({ authority }) => authority);
  const [chosen, setChosen] = useState<Readonly<Record<string, number>>>({});
  const groupOf = (name: string): number =>
    chosen[name] ??
    (view.parted ? (view.members.find(({ authority }) => authority === name)?.group ?? 0) : 0);
  const groups = [...Map.groupBy(names, groupOf).values()];
  return (
    <fieldset className="partition">
      <legend>Part the replicas</legend>
      <div className="row">
        {names.map((name) => (
          <label key={name} className="field">
            <span>{name}</span>
            <select
              className="input"
              value={groupOf(name)}
              onChange={({ target }) => setChosen({ ...chosen, [name]: Number(target.value) })}
            >
              {names.map((other, at) => (
                <option key={other} value={at}>
                  group {at + 1}
                </option>
              ))}
            </select>
          </label>
        ))}
        <Button
          disabled={command.busy || groups.length < 2}
          onClick={() => void command.run(() => api.contexts.partition(view.id, groups))}
        >
          Part
        </Button>
        <Button
          disabled={command.busy || !view.parted}
          onClick={() =>
            void command.run(
              () => api.contexts.heal(view.id),
              () => setChosen({}),
            )
          }
        >
          Heal
        </Button>
      </div>
    </fieldset>
  );
};

const Sync = ({
  view,
  command,
  onSynced,
}: PartProps & { readonly onSynced: (lines: readonly SyncLine[]) => void }) => {
  const names = view.members.map(({ authority }) => authority);
  const [requester, setRequester] = useState(names[0] ?? "");
  const [responder, setResponder] = useState(names[1] ?? "");
  const between = async (pairs: readonly (readonly [string, string])[]): Promise<readonly SyncLine[]> => {
    const lines: SyncLine[] = [];
    for (const [one, other] of pairs)
      lines.unshift(syncLine(one, other, await api.contexts.sync(view.id, one, other)));
    return lines;
  };
  const side = (label: string, value: string, onChange: (name: string) => void) => (
    <label className="field">
      <span>{label}</span>
      <select className="input" value={value} onChange={({ target }) => onChange(target.value)}>
        {names.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  );
  return (
    <fieldset className="partition">
      <legend>Synchronise by anti-entropy</legend>
      <div className="row">
        {side("Asks", requester, setRequester)}
        {side("Answers", responder, setResponder)}
        <Button
          disabled={command.busy || requester === responder}
          onClick={() => void command.run(() => between([[requester, responder]]), onSynced)}
        >
          Synchronise
        </Button>
        <Button
          disabled={command.busy || names.length < 2}
          onClick={() => void command.run(() => between(syncPairs(view.groups)), onSynced)}
        >
          Synchronise all that reach each other
        </Button>
      </div>
    </fieldset>
  );
};

const Join = ({ view, command }: PartProps) => {
  const { data } = useQuery({ queryKey: keys.authorities, queryFn: () => api.authorities() });
  const [chosen, setChosen] = useState("");
  const others =
    data?.items.filter(({ id }) => view.members.every(({ authority }) => authority !== id)) ?? [];
  return (
    <fieldset className="partition">
      <legend>Let another keep a replica</legend>
      <div className="row">
        <label className="field">
          <span>Authority</span>
          <select className="input" value={chosen} onChange={({ target }) => setChosen(target.value)}>
            <option value="">choose …</option>
            {others.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <Button
          disabled={command.busy || chosen === ""}
          onClick={() =>
            void command.run(
              () => api.contexts.join(view.id, [chosen]),
              () => setChosen(""),
            )
          }
        >
          Join
        </Button>
      </div>
    </fieldset>
  );
};

/** Parts, heals, synchronises, joins; a refusal stands below with its code. */
export const ReplicaActions = ({
  view,
  onSynced,
}: {
  readonly view: ContextView;
  readonly onSynced: (lines: readonly SyncLine[]) => void;
}) => {
  const command = useCommand(keys.context(view.id), keys.contexts);
  return (
    <section aria-label="Change the replicas">
      <Partition view={view} command={command} />
      <Sync view={view} command={command} onSynced={onSynced} />
      <Join view={view} command={command} />
      <ProblemNote error={command.error} />
    </section>
  );
};
