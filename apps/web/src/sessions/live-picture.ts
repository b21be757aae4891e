import {
  type LiveEvent,
  type LiveOption,
  liveSequence,
  type MessageRow,
  messageRows,
  type SequenceModel,
} from "@parley/core/diagram";
import type { EntryJson, SessionView } from "@parley/wire/http";
import { deedsOf, messagesOf } from "./log-event.ts";
import { valueText } from "./value-text.ts";

/** Entries before the position that are drawn; a longer past is reached by the timeline. */
export const DRAWN_ENTRIES = 600;

/**
 * The messages of a stretch of log as the live diagram wants them. A receipt
 * belongs to the send with its frame number; one whose send lies before the
 * stretch stands alone.
 */
export const historyOf = (entries: readonly EntryJson[]): readonly LiveEvent[] => {
  const uses = new Map<string, number>();
  const sends = new Map<string, number>();
  return entries.flatMap(messagesOf).map((message): LiveEvent => {
    const frame = `${message.from}>${message.to}#${message.frame}`;
    const known = message.state === "sent" ? undefined : sends.get(frame);
    const use = `${message.edge}|${message.from}>${message.to}`;
    const occurrence = known ?? uses.get(use) ?? 0;
    if (known === undefined) uses.set(use, occurrence + 1);
    if (message.state === "sent") sends.set(frame, occurrence);
    return {
      edge: message.edge,
      occurrence,
      position: message.position,
      from: message.from,
      to: message.to,
      label: message.label,
      state: message.state,
      ...(message.payload === undefined ? {} : { payload: valueText(message.payload) }),
      ...(message.control ? { control: true } : {}),
    };
  });
};

/** What every endpoint may do next. */
export const optionsOf = (view: SessionView): readonly LiveOption[] =>
  view.status !== "active"
    ? []
    : view.roles.flatMap(({ role, endpoints }) =>
        endpoints.flatMap(({ possible }) =>
          possible.map(
            ({ kind, peer, label, edgeId }): LiveOption => ({
              role,
              kind: kind === "send" ? "send" : "recv",
              peer,
              label,
              edge: edgeId,
            }),
          ),
        ),
      );

/** The diagram of a position: what happened up to it, now, what may follow. */
export const livePicture = (
  view: SessionView,
  roles: readonly string[],
  entries: readonly EntryJson[],
): SequenceModel => {
  const model = liveSequence({
    name: view.title,
    roles,
    history: historyOf(entries),
    deeds: entries.flatMap(deedsOf),
    enabled: optionsOf(view),
  });
  const first = entries[0]?.seq ?? 0;
  if (first === 0) return model;
  const text = `${first} earlier entries: move the timeline to see them`;
  return { ...model, rows: [{ kind: "note", id: "earlier", text }, ...model.rows] };
};

/** The row of the picture that a selection means: the one made at its position, else the last of its statement. */
export const rowOfSelection = (
  model: SequenceModel,
  edge: string | undefined,
  seq: number | undefined,
): MessageRow | undefined => {
  const rows = messageRows(model);
  const made = (row: MessageRow): boolean =>
    seq !== undefined && (row.live?.sentAt === seq || row.live?.receivedAt === seq);
  return (
    rows.find((row) => made(row) && (edge === undefined || row.edge === edge)) ??
    rows.find(made) ??
    (edge === undefined ? undefined : rows.findLast((row) => row.edge === edge))
  );
};
