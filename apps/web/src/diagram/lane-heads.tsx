import type { SequenceLayout } from "@parley/core/diagram";
import { roleColour } from "./role-colour.ts";

interface LaneHeadsProps {
  readonly layout: SequenceLayout;
  readonly focused: string | undefined;
  readonly onFocus: (lane: string) => void;
  /** A second line under the name: who sits there. */
  readonly notes?: ReadonlyMap<string, string>;
}

const PAD = 8;

const shorten = (text: string, width: number): string => {
  const fits = Math.max(3, Math.floor(width / 7));
  return text.length > fits ? `${text.slice(0, fits - 1)}…` : text;
};

/** The heads of the lanes, kept in sight while the rows scroll. */
export const LaneHeads = ({ layout, focused, onFocus, notes }: LaneHeadsProps) => (
  <svg className="heads" width={layout.width} height={layout.headHeight} aria-hidden="true">
    {layout.lanes.map(({ lane, x, left, right }) => {
      const width = right - left - 2 * PAD;
      const size = lane.kind === "family" ? `[${lane.size ?? "*"}]` : "";
      const note = notes?.get(lane.id);
      return (
        // biome-ignore lint/a11y/noStaticElementInteractions: focusing a lane only dims the others; the text twin has every message.
        <g
          key={lane.id}
          className={focused !== undefined && focused !== lane.id ? "faded" : undefined}
          onDoubleClick={() => onFocus(lane.id)}
        >
          <title>{`${lane.id}${size}: double-click to focus`}</title>
          {lane.kind === "family" ? (
            <rect
              x={left + PAD + 3}
              y={9}
              width={width}
              height={30}
              rx={8}
              fill="var(--surface)"
              stroke={roleColour(lane.ordinal)}
              strokeOpacity={0.5}
            />
          ) : null}
          <rect
            x={left + PAD}
            y={12}
            width={width}
            height={30}
            rx={8}
            fill="var(--surface)"
            stroke={roleColour(lane.ordinal)}
          />
          <text
            x={x}
            y={note ? 25 : 31}
            textAnchor="middle"
            fontSize={12}
            fontWeight={600}
            style={{ fill: roleColour(lane.ordinal) }}
          >
            {shorten(lane.id + size, width)}
          </text>
          {note ? (
            <text x={x} y={37} textAnchor="middle" className="quiet" fontSize={10}>
              {shorten(note, width)}
            </text>
          ) : null}
        </g>
      );
    })}
  </svg>
);
