import type { MessageRow, SequenceLayout } from "@parley/core/diagram";
import { type KeyboardEvent, type RefObject, useState } from "react";
import { announce } from "../ui/announcer.tsx";
import { asksForMenu, type OpenMenu, placeOf } from "./diagram-menu.ts";

interface DiagramKeys {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly layout: SequenceLayout;
  /** The selected row, and the frame around it. */
  readonly row: MessageRow | undefined;
  readonly frame: string | undefined;
  readonly onSelect: (row: MessageRow) => void;
  readonly onFold: (frame: string) => void;
  readonly onOpen: ((row: MessageRow) => void) | undefined;
  readonly onMenu: OpenMenu | undefined;
}

/** The message a step up or down leads to; none above the first. */
const stepFrom = (
  layout: SequenceLayout,
  row: MessageRow | undefined,
  key: string,
): MessageRow | "heads" | undefined => {
  const messages = layout.rows.flatMap(({ row: one }) => (one?.kind === "message" ? [one] : []));
  const at = row === undefined ? -1 : messages.indexOf(row);
  if (key === "ArrowDown") return messages[Math.min(messages.length - 1, at + 1)];
  if (key !== "ArrowUp") return undefined;
  return at <= 0 ? "heads" : messages[at - 1];
};

/**
 * The keys of a sequence diagram: up and down move between messages, and above
 * the first one left and right between the roles; Space folds, Enter and the
 * menu key open what can be done there.
 */
export const useDiagramKeys = (keys: DiagramKeys) => {
  const { box, layout, row, frame, onSelect, onMenu } = keys;
  /** Index of the head that is reached by the keys. */
  const [head, setHead] = useState<number>();
  const heads = layout.lanes.length;
  const toHead = (index: number): void => {
    setHead(index);
    const lane = layout.lanes[index]?.lane.id;
    if (lane !== undefined) announce(onMenu ? `${lane}. Enter opens what can be done to it` : lane);
  };
  const inHeads = (event: KeyboardEvent, at: number): boolean => {
    const lane = layout.lanes[at]?.lane.id;
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step !== undefined) toHead((at + step + heads) % heads);
    else if (lane !== undefined && onMenu && asksForMenu(event))
      onMenu(
        { kind: "lane", lane },
        placeOf(box.current?.querySelector(`[data-lane="${CSS.escape(lane)}"]`) ?? null, box.current),
      );
    else if (event.key === "ArrowDown" || event.key === "Escape") {
      setHead(undefined);
      return event.key === "Escape";
    } else return false;
    return true;
  };
  const onRow = (event: KeyboardEvent): boolean => {
    const next = stepFrom(layout, row, event.key);
    if (next === "heads") {
      if (!onMenu) return true;
      toHead(0);
      return true;
    }
    if (next) onSelect(next);
    else if (event.key === " " && frame !== undefined) keys.onFold(frame);
    else if (row && onMenu && asksForMenu(event))
      onMenu(
        { kind: "message", row },
        placeOf(box.current?.querySelector(".band.selected") ?? null, box.current),
      );
    else if (row && event.key === "Enter" && keys.onOpen) keys.onOpen(row);
    else return false;
    return true;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const used = (head !== undefined && inHeads(event, head)) || (head === undefined && onRow(event));
    if (used) event.preventDefault();
    else if (head !== undefined && event.key === "ArrowDown" && onRow(event)) event.preventDefault();
  };
  const onBlur = (): void => setHead(undefined);
  return { onKeyDown, onBlur, head: head === undefined ? undefined : layout.lanes[head]?.lane.id };
};
