import type { CeremonyView } from "@parley/wire/http";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { when } from "../ui/when.ts";
import { reasonWords } from "./ceremony-words.ts";
import { type ChainRow, chainLayout } from "./chain-layout.ts";
import { StateChip } from "./state-chip.tsx";

const ROW = 58;
const LANE = 22;

const xOf = (lane: number): number => lane * LANE + 12;
const yOf = (row: number): number => row * ROW + ROW / 2;

const edge = (rows: readonly ChainRow[], at: number): string | undefined => {
  const row = rows[at];
  const to = row?.to;
  const target = to === undefined ? undefined : rows[to];
  if (!row || to === undefined || !target) return undefined;
  const [x1, x2, y2] = [xOf(row.lane), xOf(target.lane), yOf(to) - 8];
  return x1 === x2
    ? `M${x1} ${yOf(at) + 7}V${y2}`
    : `M${x1} ${yOf(at) + 7}V${y2 - ROW / 2}C${x1} ${y2 - 8} ${x2} ${y2 - ROW / 2} ${x2} ${y2}`;
};

/** Every ceremony of a chain, oldest first, drawn down to the one that stands: who took whose place, why and when. */
export const ChainDrawing = ({ view }: { readonly view: CeremonyView }) => {
  const { rows, lanes } = useMemo(() => chainLayout(view.id, view.chain), [view.id, view.chain]);
  const known = useMemo(() => new Map([view, ...view.chainCeremonies].map((one) => [one.id, one])), [view]);
  return (
    <section aria-label="Supersession chain">
      <h2>Supersession chain</h2>
      {view.chain.length === 0 ? (
        <p className="quiet">It took nobody's place and nobody took its.</p>
      ) : (
        <div className="chain" style={{ gridTemplateColumns: `${lanes * LANE + 8}px minmax(0, 1fr)` }}>
          <svg width={lanes * LANE + 8} height={rows.length * ROW} aria-hidden="true">
            {rows.map(({ id, lane }, at) => (
              <g key={id}>
                <path className="chain-edge" d={edge(rows, at)} />
                <circle
                  className={id === view.id ? "chain-node here" : "chain-node"}
                  cx={xOf(lane)}
                  cy={yOf(at)}
                  r={6}
                />
              </g>
            ))}
          </svg>
          <ol className="plain">
            {rows.map(({ id, replaced }) => (
              <li
                key={id}
                style={{ height: ROW }}
                data-chain={id}
                aria-current={id === view.id ? "true" : undefined}
              >
                <span className="chain-name">
                  {id === view.id ? (
                    <b className="chain-title">{known.get(id)?.title ?? id}</b>
                  ) : (
                    <Link to="/ceremonies/$id" params={{ id }} className="chain-title">
                      {known.get(id)?.title ?? id}
                    </Link>
                  )}
                  <StateChip state={known.get(id)?.state ?? "Superseded"} />
                </span>
                <small>
                  {replaced
                    ? `replaced ${when(replaced.at)}: ${reasonWords(replaced.reason)}`
                    : id === view.id
                      ? "this one stands"
                      : "stands in its place"}
                </small>
              </li>
            ))}
          </ol>
        </div>
      )}
    </section>
  );
};
