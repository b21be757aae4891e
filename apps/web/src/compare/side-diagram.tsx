import type { MessageRow } from "@parley/core/diagram";
import type { ProtocolDiff } from "@parley/core/diff";
import { useMemo } from "react";
import { SequenceView } from "../diagram/sequence-view.tsx";
import { Chip } from "../ui/chip.tsx";
import type { Age, ComparedSide } from "./compare.ts";
import { countMarks, marksCss, marksOf } from "./marks.ts";

interface SideDiagramProps {
  readonly age: Age;
  readonly title: string;
  readonly side: ComparedSide;
  readonly diff: ProtocolDiff;
  readonly selected: string | undefined;
  readonly onSelect: (age: Age, id: string) => void;
}

/** One version as a sequence diagram, with what the other version has not or has otherwise. */
export const SideDiagram = ({ age, title, side, diff, selected, onSelect }: SideDiagramProps) => {
  const marks = useMemo(() => marksOf(diff, age, side), [diff, age, side]);
  const css = useMemo(() => marksCss(`[data-side="${age}"]`, marks), [marks, age]);
  const which = age === "old" ? "Old version" : "New version";
  return (
    <section className="compare-side" data-side={age} aria-label={`${which}: ${title}`}>
      <style>{css}</style>
      <header>
        <h2>
          <span>{which}</span> {title}
        </h2>
        {side.errors > 0 ? (
          <Chip tone="bad" icon="warn">
            {side.errors} {side.errors === 1 ? "error" : "errors"}
          </Chip>
        ) : null}
        {countMarks(marks).map(([mark, count]) => (
          <span key={mark} className={`compare-count ${mark}`}>
            {count} {mark}
          </span>
        ))}
      </header>
      <div className="compare-picture">
        <SequenceView
          model={side.sequence}
          selected={selected}
          onSelect={(row: MessageRow) => onSelect(age, row.edge)}
          label={`Sequence diagram of the ${age} version`}
        />
      </div>
    </section>
  );
};
