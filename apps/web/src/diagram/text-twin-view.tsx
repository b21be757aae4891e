import { type MessageRow, messageRows, type SequenceModel, textTwin } from "@parley/core/diagram";
import { useMemo } from "react";
import { isSelected } from "../selection/selection.ts";
import "./sequence.css";

interface TextTwinProps {
  readonly model: SequenceModel;
  readonly selected?: string | undefined;
  readonly onSelect: (row: MessageRow) => void;
}

/** The diagram as an ordered list of words with the same commands: what a screen reader gets. */
export const TextTwinView = ({ model, selected, onSelect }: TextTwinProps) => {
  const items = useMemo(() => textTwin(model), [model]);
  const rows = useMemo(() => new Map(messageRows(model).map((row) => [row.id, row])), [model]);
  return (
    <ol className="twin" aria-label="Messages in words">
      {items.map((item) => {
        const row = item.kind === "message" ? rows.get(item.id) : undefined;
        const chosen =
          row !== undefined &&
          selected !== undefined &&
          (row.id === selected || isSelected(selected, row.edge));
        return (
          <li key={`${item.kind} ${item.id} ${item.text}`} style={{ paddingInlineStart: item.depth * 18 }}>
            {row ? (
              <button type="button" aria-pressed={chosen} onClick={() => onSelect(row)}>
                {item.number}. {item.text}
              </button>
            ) : (
              <span>{item.text}</span>
            )}
          </li>
        );
      })}
    </ol>
  );
};
