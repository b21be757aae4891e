import type { EntryJson } from "@parley/wire/http";
import { useStore } from "zustand";
import { useSelection } from "../selection/selection.ts";
import { Icon } from "../ui/icon.tsx";
import { entryWords, eventWords, inputWords, messagesOf } from "./log-event.ts";
import { useOpenSession } from "./session-context.ts";

/** Selects one event of an entry; the Message panel says why it happened. */
const select = (seq: number, index: number, { edgeId, role }: EntryJson["events"][number]): void =>
  useSelection.getState().select({
    seq,
    index,
    source: "events",
    ...(typeof edgeId === "string" ? { edge: edgeId } : {}),
    ...(typeof role === "string" ? { role } : {}),
  });

const EntryDetail = ({ entry }: { readonly entry: EntryJson }) => (
  <div className="entry-detail">
    <ul className="plain">
      {entry.events.map((event, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the events of an entry never change or move.
        <li key={index}>
          <span className="mono">{String(event.kind)}</span>{" "}
          <button
            type="button"
            className="link"
            title="Why did this happen?"
            onClick={() => select(entry.seq, index, event)}
          >
            {eventWords(event)}
          </button>
        </li>
      ))}
    </ul>
    {entry.reads.length > 0 ? (
      <details>
        <summary>{entry.reads.length} read from outside</summary>
        <pre>{JSON.stringify(entry.reads, undefined, 1)}</pre>
      </details>
    ) : null}
    <dl className="facts">
      <dt>asked</dt>
      <dd>{JSON.stringify(entry.input).slice(0, 2000)}</dd>
      <dt>by</dt>
      <dd>
        {entry.actor.kind} {entry.actor.id}
        {entry.actor.for ? ` for ${entry.actor.for}` : ""}
      </dd>
      <dt>at</dt>
      <dd>{new Date(entry.at).toISOString()}</dd>
      <dt>commit</dt>
      <dd>{entry.commit}</dd>
      <dt>entry hash</dt>
      <dd>{entry.hash}</dd>
      <dt>state hash</dt>
      <dd>{entry.stateHash}</dd>
    </dl>
  </div>
);

interface EventRowProps {
  readonly seq: number;
  readonly open: boolean;
  readonly onToggle: (seq: number) => void;
}

/** One entry of the log. Knows only its own position, so that an arriving entry draws one row. */
export const EventRow = ({ seq, open, onToggle }: EventRowProps) => {
  const { data, commands } = useOpenSession();
  const entry = useStore(data.log.store, () => data.log.at(seq));
  const chosen = useSelection(({ selection }) => selection.seq === seq);
  const here = data.view.at === seq;
  if (!entry) {
    return (
      <div className="event">
        <span className="mono">#{seq}</span>
        <span className="quiet-note">loading …</span>
      </div>
    );
  }
  const [message] = messagesOf(entry);
  const select = (): void =>
    useSelection.getState().select({ seq, source: "events", ...(message ? { edge: message.edge } : {}) });
  return (
    <>
      <div className={["event", chosen && "chosen", here && "here"].filter(Boolean).join(" ")}>
        <button
          type="button"
          className="expand"
          aria-expanded={open}
          aria-label={`Details of ${seq}`}
          onClick={() => onToggle(seq)}
        >
          <Icon name={open ? "menu" : "more"} size={14} />
        </button>
        <button
          type="button"
          className="mono link"
          title={`Go to position ${seq}`}
          onClick={() => commands.go(seq)}
        >
          #{seq}
        </button>
        <button
          type="button"
          className="event-text"
          title={entryWords(entry)}
          aria-pressed={chosen}
          onClick={select}
        >
          {entryWords(entry)}
        </button>
        <span className="event-input">{inputWords(entry.input)}</span>
        <span className="mono event-hash" title={entry.hash}>
          {entry.hash.slice(0, 8)}
        </span>
      </div>
      {open ? <EntryDetail entry={entry} /> : null}
    </>
  );
};
