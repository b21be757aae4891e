import type { SequenceLayout } from "@parley/core/diagram";
import { type MouseEvent, useEffect, useRef } from "react";
import type { OpenMenu } from "./diagram-menu.ts";
import { roleColour } from "./role-colour.ts";

interface LaneHeadsProps {
  readonly layout: SequenceLayout;
  readonly focused: string | undefined;
  readonly onFocus: (lane: string) => void;
  /** A second line under the name: who sits there. */
  readonly notes?: ReadonlyMap<string, string>;
  /** The lane the keys stand at. */
  readonly reached?: string | undefined;
  /** What is wrong with a lane's role. */
  readonly marks?: ReadonlyMap<string, string> | undefined;
  readonly onMenu?: OpenMenu | undefined;
}

const PAD = 8;

const shorten = (text: string, width: number): string => {
  const fits = Math.max(3, Math.floor(width / 7));
  return text.length > fits ? `${text.slice(0, fits - 1)}…` : text;
};

/** Long enough to see whether a second click follows. */
const DOUBLE_CLICK_MS = 220;

/** A click opens what can be done to a role, a double click dims the others. */
const useHeadClicks = (onFocus: (lane: string) => void, onMenu: OpenMenu | undefined) => {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const open = (lane: string, { clientX: x, clientY: y }: MouseEvent): void =>
    onMenu?.({ kind: "lane", lane }, { x, y });
  return (lane: string) => ({
    onDoubleClick: () => {
      clearTimeout(timer.current);
      onFocus(lane);
    },
    ...(onMenu
      ? {
          onClick: (event: MouseEvent) => {
            clearTimeout(timer.current);
            if (event.detail < 2) timer.current = setTimeout(() => open(lane, event), DOUBLE_CLICK_MS);
          },
          onContextMenu: (event: MouseEvent) => {
            event.preventDefault();
            open(lane, event);
          },
        }
      : {}),
  });
};

/** The heads of the lanes, kept in sight while the rows scroll. */
export const LaneHeads = ({ layout, focused, onFocus, notes, reached, marks, onMenu }: LaneHeadsProps) => {
  const clicks = useHeadClicks(onFocus, onMenu);
  return (
    <svg className="heads" width={layout.width} height={layout.headHeight} aria-hidden="true">
      {layout.lanes.map(({ lane, x, left, right }) => {
        const width = right - left - 2 * PAD;
        const size = lane.kind === "family" ? `[${lane.size ?? "*"}]` : "";
        const mark = marks?.get(lane.id);
        const note = mark ?? notes?.get(lane.id);
        return (
          <g
            key={lane.id}
            data-lane={lane.id}
            className={[
              "head",
              focused !== undefined && focused !== lane.id && "faded",
              reached === lane.id && "reached",
              mark !== undefined && "broken",
              onMenu && "menued",
            ]
              .filter(Boolean)
              .join(" ")}
            {...clicks(lane.id)}
          >
            <title>
              {`${lane.id}${size}${mark ? ` ${mark}` : ""}: ${onMenu ? "click for what can be done, " : ""}double-click to focus`}
            </title>
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
              className="head-box"
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
};
