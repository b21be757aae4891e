import { useEffect, useRef } from "react";
import { useSelection } from "../../selection/selection.ts";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { spanOfTime } from "../log-event.ts";
import { RoleName } from "../role-name.tsx";
import { useOpenSession } from "../session-context.ts";
import { useSessionTime } from "../timer-card.tsx";
import { useSetAddress } from "../use-set-address.ts";
import { type Move, type OperationRow, stateLook, type Watch } from "./operation-rows.ts";
import type { OperationStatement } from "./operation-statements.ts";
import { progressClock } from "./progress-clock.ts";

const useGo = (role: string) => {
  const { commands } = useOpenSession();
  return ({ seq, edgeId }: Move): void => {
    commands.go(seq);
    useSelection.getState().select({ edge: edgeId, seq, role });
  };
};

/** Its time: three windows, of which each that passes is one step nearer to being timed out. */
const Clock = ({ operation, watch }: { readonly operation: string; readonly watch: Watch }) => {
  const { data } = useOpenSession();
  const { clock, clockAt } = data.view;
  const now = useSessionTime(clock === "real" && !data.past, clockAt);
  const { windows, words } = progressClock(watch, now);
  return (
    <div className="op-clock">
      <div className="op-windows" role="img" aria-label={`Time of ${operation}: ${words}`}>
        {windows.map((full, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a window is its place.
          <span key={index}>
            <i style={{ width: `${100 * full}%` }} className={`w${index}`} />
          </span>
        ))}
      </div>
      <small>
        {words}; each window is {spanOfTime(watch.window)}
        {watch.code === null ? null : <span className="mono"> {watch.code}</span>}
      </small>
      {watch.onStall === null && watch.onTimeout === null ? null : (
        <small>
          {[
            watch.onStall === null ? "" : `on stall: ${watch.onStall}`,
            watch.onTimeout === null ? "" : `on timeout: ${watch.onTimeout}`,
          ]
            .filter((part) => part !== "")
            .join(", ")}
        </small>
      )}
    </div>
  );
};

/** Its moves on the length of the log; the list below says them. */
const Lane = ({ moves, head }: { readonly moves: readonly Move[]; readonly head: number }) => (
  <div className="op-lane" aria-hidden="true">
    {moves.map(({ seq, state }, index) => (
      <span
        // biome-ignore lint/suspicious/noArrayIndexKey: an entry may move it twice.
        key={index}
        className={`mark ${stateLook(state).tone ?? ""}`}
        style={{ insetInlineStart: `${(100 * seq) / Math.max(1, head)}%` }}
      />
    ))}
  </div>
);

const Moves = ({ row }: { readonly row: OperationRow }) => {
  const { data } = useOpenSession();
  const go = useGo(row.role);
  return (
    <>
      <Lane moves={row.moves} head={data.place.head} />
      <ol className="plain op-moves" aria-label={`Moves of ${row.operation}`}>
        {row.earlier > 0 ? <li className="quiet-note">{row.earlier} earlier</li> : null}
        {row.moves.map((move, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an entry may move it twice.
          <li key={index}>
            <button type="button" className="link" onClick={() => go(move)}>
              #{move.seq} {stateLook(move.state).word.toLowerCase()}
            </button>
          </li>
        ))}
      </ol>
    </>
  );
};

interface CardProps {
  readonly row: OperationRow;
  /** The statements of the text about it. */
  readonly statements: readonly OperationStatement[];
  readonly selected: boolean;
}

/** One operation: whose, how it stands, what it is held to, what it waits for and how it came here. */
export const OperationCard = ({ row, statements, selected }: CardProps) => {
  const show = useSetAddress(useOpenSession().data.id);
  const go = useGo(row.role);
  const card = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (selected) card.current?.scrollIntoView({ block: "nearest" });
  }, [selected]);
  const { operation, role, contract, begun, moves, watch, waits, word, icon, tone } = row;
  const first = moves.find(({ seq }) => seq === begun);
  const last = moves.at(-1);
  const [written] = statements;
  const inText = (edge: string): void => {
    useSelection.getState().select({ edge, role });
    show({ tab: "source" });
  };
  return (
    <li
      ref={card}
      className={row.late ? "op late" : "op"}
      aria-label={operation}
      aria-current={selected ? "true" : undefined}
    >
      <div className="op-head">
        <h3>{operation}</h3>
        <Chip icon={icon} {...(tone === undefined ? {} : { tone })}>
          {word}
        </Chip>
      </div>
      <p>
        <RoleName role={role} /> {first === undefined ? `#${begun}` : null}
        {first === undefined ? null : (
          <>
            began it at{" "}
            <button type="button" className="link" onClick={() => go(first)}>
              #{begun}
            </button>
          </>
        )}
        {contract === undefined ? ", held to no contract" : `, held to ${contract}`}
      </p>
      {waits === undefined ? null : <p>Waits: {waits}.</p>}
      {watch === undefined ? null : <Clock operation={operation} watch={watch} />}
      {last === undefined ? null : (
        <p>
          Last moved at{" "}
          <button type="button" className="link" onClick={() => go(last)}>
            #{last.seq}
          </button>
        </p>
      )}
      <Moves row={row} />
      {written === undefined ? null : (
        <Button small onClick={() => inText(last?.edgeId ?? written.edge)}>
          Line {statements.find(({ edge }) => edge === last?.edgeId)?.line ?? written.line} of the text
        </Button>
      )}
    </li>
  );
};
