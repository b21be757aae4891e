import {
  type LiveEvent,
  type LiveOption,
  liveSequence,
  type MessageRow,
  messageRows,
  type SequenceModel,
  type SequenceRow,
} from "@parley/core/diagram";
import type { EntryJson, SessionView } from "@parley/wire/http";
import { outsideDeeds } from "./interventions/marks-of.ts";
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
  const sends = new Map<string, { readonly occurrence: number; readonly edge: string }>();
  return entries.flatMap(messagesOf).map((message): LiveEvent => {
    const frame = `${message.from}>${message.to}#${message.frame}`;
    const known = message.state === "sent" ? undefined : sends.get(frame);
    // What was lost says only its frame; a frame taken by another statement than it was sent for stays its own.
    const edge = message.edge === "" ? (known?.edge ?? "") : message.edge;
    const use = `${edge}|${message.from}>${message.to}`;
    const occurrence = known?.occurrence ?? uses.get(use) ?? 0;
    if (known === undefined) uses.set(use, occurrence + 1);
    if (message.state === "sent") sends.set(frame, { occurrence, edge });
    return {
      edge,
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
  view.status !== "active" && view.status !== "faulted"
    ? []
    : view.roles.flatMap(({ role, endpoints }) =>
        endpoints.flatMap(({ possible, status }) =>
          (status === "faulted" ? [] : possible).map(
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

/** What the source says of a statement. */
type Written = (edge: string) => MessageRow | undefined;

/** Rows with what the source says beside them: their annotations, among them `parallel`. */
const annotated = (rows: readonly SequenceRow[], written: Written): readonly SequenceRow[] =>
  rows.map((row): SequenceRow => {
    if (row.kind === "message") {
      const annotations = written(row.edge)?.annotations ?? [];
      return annotations.length === 0 ? row : { ...row, annotations };
    }
    if (row.kind !== "frame") return row;
    const sections = row.sections.map((section) => ({ ...section, rows: annotated(section.rows, written) }));
    return { ...row, sections };
  });

/** In order of position; of one position what was done from outside stands first. */
const deedsIn = (entries: readonly EntryJson[]) =>
  [...outsideDeeds(entries), ...entries.flatMap(deedsOf)].sort((a, b) => a.position - b.position);

/** The diagram of a position: what happened up to it, now, what may follow. */
export const livePicture = (
  view: SessionView,
  roles: readonly string[],
  entries: readonly EntryJson[],
  written: Written = () => undefined,
): SequenceModel => {
  const plain = liveSequence({
    name: view.title,
    roles,
    history: historyOf(entries),
    deeds: deedsIn(entries),
    enabled: optionsOf(view),
  });
  const model = { ...plain, rows: annotated(plain.rows, written) };
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
