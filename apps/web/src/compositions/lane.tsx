import type { CompositionLane, CompositionView } from "@parley/wire/http";
import { Link } from "@tanstack/react-router";
import { Chip } from "../ui/chip.tsx";
import { laneTone, laneWords } from "./composition-data.ts";

const SessionLink = ({ id, words }: { readonly id: string; readonly words: string }) => (
  <Link to="/sessions/$id" params={{ id }} className="cmp-session">
    {words}
  </Link>
);

/** What each role said last: its label and payload. */
const Result = ({
  result,
  name,
}: {
  readonly result: NonNullable<CompositionLane["result"]>;
  readonly name: string;
}) => (
  <details className="cmp-result">
    <summary>Result of {name}</summary>
    <dl>
      {Object.entries(result).map(([role, said]) => (
        <div key={role}>
          <dt>{role}</dt>
          <dd className="mono">{JSON.stringify(said)}</dd>
        </div>
      ))}
    </dl>
  </details>
);

interface LaneProps {
  readonly lane: CompositionLane;
  readonly waits: CompositionView["waits"];
}

/** One lane: a phase with its session, or an effect of a program. */
export const Lane = ({ lane, waits }: LaneProps) => {
  const { name, what, kind, state, session, uses, undo, result, cause } = lane;
  const tone = laneTone(state);
  const wait = waits.find(({ phase }) => kind === "phase" && phase === name);
  return (
    <li className={`cmp-lane ${state}`} aria-label={`${name}, ${laneWords(state)}`}>
      <div className="cmp-lane-head">
        <b>{name}</b>
        <Chip {...(tone === undefined ? {} : { tone })}>{laneWords(state)}</Chip>
      </div>
      <div className="cmp-lane-body">
        <p>{what}</p>
        {uses.length > 0 ? <p className="quiet">takes {uses.join(", ")}</p> : null}
        {session ? (
          <p>
            <SessionLink id={session.id} words="Open its session" />{" "}
            <span className="quiet">
              {session.status}, position {session.head}
            </span>
          </p>
        ) : null}
        {wait ? <p className="cmp-wait">{wait.why}</p> : null}
        {cause ? <p className="cmp-cause">{cause}</p> : null}
        {undo ? (
          <p className="quiet">
            undone by {undo.protocol}{" "}
            {undo.session ? <SessionLink id={undo.session} words="Open what undoes it" /> : null}
          </p>
        ) : null}
        {result ? <Result result={result} name={name} /> : null}
      </div>
    </li>
  );
};
