import type { SequenceModel } from "@parley/core/diagram";
import type { EntryJson, SessionComparison, SessionView } from "@parley/wire/http";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { api } from "../../api/api.ts";
import { keys } from "../../api/query-client.ts";
import { SequenceView } from "../../diagram/sequence-view.tsx";
import { useSelection } from "../../selection/selection.ts";
import { ErrorState, LoadingState } from "../../ui/states.tsx";
import { livePicture, rowOfSelection } from "../live-picture.ts";
import { RoleName } from "../role-name.tsx";
import { useOpenSession } from "../session-context.ts";
import { useFamily } from "./branch-picture.tsx";

const modes = [
  { id: "moduloEffects", label: "what happened, whatever rounds lay between" },
  { id: "moduloCommutativity", label: "also whatever order independent sessions took" },
  { id: "replay", label: "every event, round by round" },
  { id: "full", label: "every event and everything read from outside" },
] as const;
type Mode = SessionComparison["mode"];

/** Entries drawn of each side, from a little before they part. */
const BEFORE = 12;
const DRAWN = 300;

type Side = SessionComparison["left"];

interface Drawn {
  readonly model: SequenceModel;
  /** The row in which the sides part first. */
  readonly marked: ReadonlySet<string>;
}

const draw = (
  view: SessionView,
  roles: readonly string[],
  entries: readonly EntryJson[],
  { event }: Side,
): Drawn => {
  const model = livePicture(view, roles, entries);
  const row = event === null ? undefined : rowOfSelection(model, event.edgeId ?? undefined, event.seq);
  return { model, marked: new Set(row === undefined ? [] : [row.id]) };
};

const useSide = (id: string, from: number) =>
  useQuery({
    queryKey: ["session", id, "drawn", from],
    queryFn: async () => {
      const [view, log] = await Promise.all([api.sessions.get(id), api.sessions.log(id, from, DRAWN)]);
      return { view, entries: log.items };
    },
  });

const SideView = ({
  side,
  from,
  name,
}: {
  readonly side: Side;
  readonly from: number;
  readonly name: string;
}) => {
  const { ordinals } = useOpenSession();
  const { data, error, refetch } = useSide(side.id, from);
  const drawn = useMemo(
    () => data && draw(data.view, [...ordinals.keys()], data.entries, side),
    [data, ordinals, side],
  );
  return (
    <section className="compare-side" aria-label={`${name}: ${side.title}`}>
      <h3>
        <Link to="/sessions/$id" params={{ id: side.id }} search={side.event ? { at: side.event.seq } : {}}>
          {side.title}
        </Link>
      </h3>
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {drawn ? (
        <SequenceView
          model={drawn.model}
          selected={drawn.marked.values().next().value}
          marked={drawn.marked}
          onSelect={(row) => useSelection.getState().select({ edge: row.edge })}
          label={`Sequence of ${side.title}`}
        />
      ) : null}
    </section>
  );
};

const Parting = ({ found }: { readonly found: SessionComparison }) => {
  const side = ({ title, event, past }: Side) => (
    <li key={title}>
      <b>{title}</b>: {event === null ? "had nothing more" : `${event.text} (#${event.seq})`}
      {event?.by ? `, by ${event.by}` : ""}
      {event === null ? null : <small> after {past.length - 1} positions</small>}
    </li>
  );
  if (found.equal)
    return (
      <p className="quiet-note">Nothing differs{found.complete ? "" : " in the part that was compared"}.</p>
    );
  return (
    <>
      <p>
        {found.shared === null
          ? "They have no past in common."
          : `They share every position up to ${found.shared}.`}{" "}
        {found.differs === "reads" ? "Only what was read from outside differs." : "Then first:"}
      </p>
      <ul className="plain parting" aria-label="First divergence">
        {found.differs === "events" ? [side(found.left), side(found.right)] : null}
      </ul>
    </>
  );
};

const Differences = ({ roles, left, right }: SessionComparison) =>
  roles.length === 0 ? null : (
    <div className="differences">
      <table aria-label="What each role did otherwise">
        <thead>
          <tr>
            <th scope="col">Role</th>
            <th scope="col">{left.title}</th>
            <th scope="col">{right.title}</th>
          </tr>
        </thead>
        <tbody>
          {roles.map(({ role, left: ours, right: theirs, leftMore, rightMore }) => (
            <tr key={role}>
              <th scope="row">
                <RoleName role={role} />
              </th>
              <td>
                {ours === null ? "nothing more" : `${ours.text} (#${ours.seq})`}
                {leftMore > 0 ? <small> and {leftMore} more</small> : null}
              </td>
              <td>
                {theirs === null ? "nothing more" : `${theirs.text} (#${theirs.seq})`}
                {rightMore > 0 ? <small> and {rightMore} more</small> : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );

const Compared = ({ other, mode }: { readonly other: string; readonly mode: Mode }) => {
  const { data } = useOpenSession();
  const { id, head } = data;
  const query = useQuery({
    queryKey: [...keys.session(id, undefined), "compare", other, mode, head.head],
    queryFn: () => api.sessions.compare(id, other, mode),
  });
  if (query.error) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <LoadingState what="the comparison" />;
  const found = query.data;
  const from = Math.max(0, (found.shared ?? 0) - BEFORE);
  return (
    <>
      <div className="compare-words">
        <Parting found={found} />
        <Differences {...found} />
      </div>
      <div className="compare-two">
        <SideView side={found.left} from={from} name="This session" />
        <SideView side={found.right} from={from} name="The other" />
      </div>
    </>
  );
};

/** The open session beside another branch: where they part, and what everybody did otherwise. */
export const CompareTab = ({
  other,
  onOther,
}: {
  readonly other: string | undefined;
  readonly onOther: (id: string) => void;
}) => {
  const { data } = useOpenSession();
  const family = useFamily().filter(({ session }) => session.id !== data.id);
  const [mode, setMode] = useState<Mode>("moduloEffects");
  const shown = other ?? data.head.parent?.id ?? family[0]?.session.id;
  if (shown === undefined)
    return (
      <p className="quiet-note pad">There is no branch to compare with. Go back and fork to make one.</p>
    );
  return (
    <div className="compare-tab">
      <div className="bar-row">
        <label className="field inline">
          <span>With</span>
          <select className="input" value={shown} onChange={({ target }) => onOther(target.value)}>
            {family.some(({ session }) => session.id === shown) ? null : (
              <option value={shown}>{shown}</option>
            )}
            {family.map(({ session }) => (
              <option key={session.id} value={session.id}>
                {session.title}
              </option>
            ))}
          </select>
        </label>
        <label className="field inline">
          <span>Count as different</span>
          <select
            className="input"
            value={mode}
            onChange={({ target }) =>
              setMode(modes.find(({ id }) => id === target.value)?.id ?? "moduloEffects")
            }
          >
            {modes.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Compared other={shown} mode={mode} />
    </div>
  );
};
