import { useMemo } from "react";
import { useOpenSession } from "../session-context.ts";
import { markWords, type OutsideMark, outsideMark } from "./marks-of.ts";

/** Marks of one timeline; more would cover each other. */
const MOST = 60;

/** Positions before the head that are looked through with every new entry. */
const LOOKED_AT = 20_000;

const signs: Readonly<Record<OutsideMark["kind"], string>> = {
  fault: "⚡",
  mended: "✓",
  held: "⏸",
  ended: "■",
};

/** Where something was done to the session from outside, as far as its log has been read. */
export const OutsideMarks = () => {
  const { data, commands } = useOpenSession();
  const { log, place, entries } = data;
  const marks = useMemo(() => {
    void entries;
    const found: OutsideMark[] = [];
    const last = Math.max(0, place.head - LOOKED_AT);
    for (let seq = place.head; seq >= last && found.length < MOST; seq -= 1) {
      const entry = log.at(seq);
      const mark = entry && outsideMark(entry);
      if (mark) found.push(mark);
    }
    return found.reverse();
  }, [log, place.head, entries]);
  if (marks.length === 0) return null;
  const head = Math.max(1, place.head);
  return (
    <ul className="plain marks outside" aria-label="Done from outside, on the timeline">
      {marks.map((mark) => (
        <li key={mark.seq} style={{ insetInlineStart: `${(100 * mark.seq) / head}%` }}>
          <button
            type="button"
            className={`outside-mark ${mark.kind}`}
            title={`#${mark.seq}: ${markWords(mark)}`}
            aria-label={`${markWords(mark)}, at ${mark.seq}`}
            onClick={() => commands.go(mark.seq)}
          >
            {signs[mark.kind]}
          </button>
        </li>
      ))}
    </ul>
  );
};
