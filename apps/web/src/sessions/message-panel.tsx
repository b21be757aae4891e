import type { EntryJson } from "@parley/wire/http";
import { Link } from "@tanstack/react-router";
import { useSelection } from "../selection/selection.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { CausesSection } from "./debug/causes-section.tsx";
import { messageStop } from "./debug/marks.ts";
import { WhatIfMessage } from "./debug/what-if.tsx";
import { type MessageEvent, messagesOf } from "./log-event.ts";
import { OperationLink } from "./operations/operation-link.tsx";
import { RoleName } from "./role-name.tsx";
import { useOpenSession } from "./session-context.ts";
import { valueText } from "./value-text.ts";

interface Found {
  readonly sent: MessageEvent | undefined;
  readonly received: MessageEvent | undefined;
}

/** Both ends of the message made or taken at a position, else of the statement's last use. */
const findMessage = (
  entries: readonly EntryJson[],
  edge: string | undefined,
  seq: number | undefined,
): Found | undefined => {
  const all = entries.flatMap(messagesOf);
  const one =
    all.find((message) => message.position === seq && (edge === undefined || message.edge === edge)) ??
    all.findLast((message) => message.edge === edge);
  if (!one) return undefined;
  const same = (other: MessageEvent): boolean =>
    other.from === one.from && other.to === one.to && other.frame === one.frame;
  return {
    sent: all.find((other) => other.state === "sent" && same(other)),
    received: all.find((other) => other.state === "received" && same(other)),
  };
};

interface Verdict {
  readonly guard: string;
  readonly allow: boolean;
  readonly subject?: string;
  readonly reason?: string;
}

const verdictsOf = (entry: EntryJson | undefined, edge: string): readonly Verdict[] =>
  (entry?.reads ?? []).flatMap((read) =>
    read.kind === "guard" && read.edgeId === edge && Array.isArray(read.verdicts)
      ? (read.verdicts as Verdict[])
      : [],
  );

const Place = ({ seq, word }: { readonly seq: number | undefined; readonly word: string }) => {
  const { commands } = useOpenSession();
  return (
    <>
      <dt>{word}</dt>
      <dd>
        {seq === undefined ? (
          "not yet"
        ) : (
          <button type="button" className="link" onClick={() => commands.go(seq)}>
            #{seq}
          </button>
        )}
      </dd>
    </>
  );
};

const Verdicts = ({ list }: { readonly list: readonly Verdict[] }) => (
  <ul className="plain verdicts">
    {list.map(({ guard, allow, subject, reason }) => (
      <li key={guard} className={allow ? "ok-note" : "bad-note"}>
        <Icon name={allow ? "check" : "cross"} size={14} />
        <span>
          {guard} {allow ? "allowed" : "denied"}
          {subject ? <small className="mono"> {subject}</small> : null}
          {reason ? <small> {reason}</small> : null}
        </span>
      </li>
    ))}
  </ul>
);

const MessageDetail = ({ found, one }: { readonly found: Found; readonly one: MessageEvent }) => {
  const { data, picture } = useOpenSession();
  const written = picture?.statementOf(one.edge);
  const sent = found.sent;
  const entry = sent && data.log.at(sent.position);
  return (
    <>
      <h3>{one.label}</h3>
      <p>
        <RoleName role={one.from} /> → <RoleName role={one.to} />
      </p>
      <dl className="facts">
        <Place word="sent" seq={found.sent?.position} />
        <Place word="received" seq={found.received?.position} />
        <dt>payload</dt>
        <dd>{one.payload ? valueText(one.payload) : "none"}</dd>
        {written?.payload ? (
          <>
            <dt>type</dt>
            <dd>{written.payload}</dd>
          </>
        ) : null}
        {written?.cost ? (
          <>
            <dt>cost</dt>
            <dd>{written.cost}</dd>
          </>
        ) : null}
        {entry ? (
          <>
            <dt>entry</dt>
            <dd title={entry.hash}>{entry.hash.slice(0, 16)}…</dd>
          </>
        ) : null}
      </dl>
      <Verdicts list={verdictsOf(entry, one.edge)} />
    </>
  );
};

const Possible = ({ edge }: { readonly edge: string }) => {
  const { data, picture } = useOpenSession();
  const written = picture?.statementOf(edge);
  const [end] = data.view.roles.flatMap(({ role, endpoints }) =>
    endpoints.flatMap(({ possible }) =>
      possible.filter(({ edgeId }) => edgeId === edge).map((option) => ({ role, ...option })),
    ),
  );
  return (
    <>
      <h3>{written?.label ?? end?.label ?? edge}</h3>
      <p>
        {end
          ? `Has not happened; ${end.role} may ${end.kind === "send" ? `send it to ${end.peer}` : `receive it from ${end.peer}`}.`
          : "Has not happened up to this position."}
      </p>
      {written ? (
        <dl className="facts">
          {written.payload ? (
            <>
              <dt>type</dt>
              <dd>{written.payload}</dd>
            </>
          ) : null}
          {written.guard ? (
            <>
              <dt>needs</dt>
              <dd>{written.guard}</dd>
            </>
          ) : null}
          {written.cost ? (
            <>
              <dt>cost</dt>
              <dd>{written.cost}</dd>
            </>
          ) : null}
        </dl>
      ) : null}
    </>
  );
};

/** Runs on to the next message of a statement. */
const RunToMessage = ({ edge }: { readonly edge: string }) => {
  const { commands } = useOpenSession();
  if (!commands.canStep) return null;
  return (
    <div className="act-row pad">
      <Button small icon="end" disabled={commands.busy} onClick={() => commands.run(messageStop(edge))}>
        Run to this message
      </Button>
    </div>
  );
};

/** Everything about the message that is selected. */
export const MessagePanel = () => {
  const { data } = useOpenSession();
  const { edge, seq, index } = useSelection((state) => state.selection);
  const found = edge === undefined && seq === undefined ? undefined : findMessage(data.entries, edge, seq);
  const one = found?.sent ?? found?.received;
  const named = one?.edge ?? edge;
  const asked = seq ?? one?.position;
  return (
    <section aria-label="Message" className="detail">
      {found && one ? <MessageDetail found={found} one={one} /> : null}
      {!one && edge !== undefined ? <Possible edge={edge} /> : null}
      {named === undefined ? null : <RunToMessage edge={named} />}
      <OperationLink />
      {asked === undefined ? null : <CausesSection seq={asked} edge={edge ?? one?.edge} index={index} />}
      {found?.sent ? (
        <WhatIfMessage from={found.sent.from} to={found.sent.to} sentAt={found.sent.position} />
      ) : null}
      {named === undefined && asked === undefined ? (
        <p className="quiet-note">Click a message in any view to see its payload, guards and places here.</p>
      ) : named === undefined ? null : (
        <p>
          <Link to="/protocols/$id" params={{ id: data.head.protocol.id }} search={{ sel: named }}>
            Show in the protocol
          </Link>
        </p>
      )}
    </section>
  );
};
