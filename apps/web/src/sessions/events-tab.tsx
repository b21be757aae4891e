import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState } from "react";
import { toastProblem } from "../ui/toast.tsx";
import { shownPositions, useFocus } from "./debug/focus.ts";
import { EventRow } from "./event-row.tsx";
import { useOpenSession } from "./session-context.ts";

const ROW = 30;

const useOpenRows = () => {
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const toggle = (seq: number): void =>
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(seq)) next.add(seq);
      return next;
    });
  return { open, toggle };
};

/** The log of the session up to its head; only the rows in sight are mounted and loaded. */
export const EventsTab = () => {
  const { data } = useOpenSession();
  const { log, place, view } = data;
  const box = useRef<HTMLDivElement>(null);
  const { open, toggle } = useOpenRows();
  const focus = useFocus(data.id);
  const shown = useMemo(() => focus && shownPositions(focus, place.head), [focus, place.head]);
  const count = shown?.length ?? place.head + 1;
  const seqOf = (index: number): number => shown?.[index] ?? index;
  const rows = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 8,
    getItemKey: seqOf,
  });
  const items = rows.getVirtualItems();
  const first = seqOf(items[0]?.index ?? 0);
  const last = seqOf(items.at(-1)?.index ?? 0);
  useEffect(() => {
    log.ensure(first, last).catch(toastProblem);
  }, [log, first, last]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list follows the position, not its own changes.
  useEffect(() => {
    const index = shown === undefined ? view.at : shown.findLastIndex((seq) => seq <= view.at);
    rows.scrollToIndex(Math.max(0, index), { align: "auto" });
  }, [view.at, shown]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed one by one; a list element would hold none of them in order.
    <div
      ref={box}
      className="events"
      role="list"
      aria-label="Log of the session"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region is reached by the keyboard.
      tabIndex={0}
    >
      <div style={{ height: rows.getTotalSize(), position: "relative" }}>
        {items.map(({ index, start }) => (
          // biome-ignore lint/a11y/useSemanticElements: see above.
          <div
            key={seqOf(index)}
            ref={rows.measureElement}
            data-index={index}
            role="listitem"
            aria-setsize={count}
            aria-posinset={index + 1}
            style={{ position: "absolute", insetInline: 0, top: 0, transform: `translateY(${start}px)` }}
          >
            <EventRow seq={seqOf(index)} open={open.has(seqOf(index))} onToggle={toggle} />
          </div>
        ))}
      </div>
    </div>
  );
};
