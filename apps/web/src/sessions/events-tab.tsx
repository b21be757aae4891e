import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";
import { toastProblem } from "../ui/toast.tsx";
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
  const rows = useVirtualizer({
    count: place.head + 1,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 8,
    getItemKey: (index) => index,
  });
  const items = rows.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    log.ensure(first, last).catch(toastProblem);
  }, [log, first, last]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list follows the position, not its own changes.
  useEffect(() => rows.scrollToIndex(view.at, { align: "auto" }), [view.at]);
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
            key={index}
            ref={rows.measureElement}
            data-index={index}
            role="listitem"
            aria-setsize={place.head + 1}
            aria-posinset={index + 1}
            style={{ position: "absolute", insetInline: 0, top: 0, transform: `translateY(${start}px)` }}
          >
            <EventRow seq={index} open={open.has(index)} onToggle={toggle} />
          </div>
        ))}
      </div>
    </div>
  );
};
