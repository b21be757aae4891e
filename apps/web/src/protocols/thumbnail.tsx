import { parse } from "@parley/core";
import { messageRows, staticSequence } from "@parley/core/diagram";
import { memo, useMemo } from "react";
import { roleColour } from "../diagram/role-colour.ts";

const WIDTH = 96;
const HEIGHT = 56;
const ROWS = 9;

/** The first messages of a protocol as strokes between its lanes: enough to know it by sight. */
export const Thumbnail = memo(({ source }: { readonly source: string }) => {
  const model = useMemo(() => staticSequence(parse(source).file, { maxMessages: 40 }), [source]);
  const rows = messageRows(model).slice(0, ROWS);
  const x = new Map(
    model.lanes.map(({ id }, at) => [id, 8 + (at * (WIDTH - 16)) / Math.max(1, model.lanes.length - 1)]),
  );
  const ordinal = new Map(model.lanes.map(({ id, ordinal: place }) => [id, place]));
  return (
    <svg
      className="thumbnail"
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      aria-hidden="true"
    >
      {model.lanes.map(({ id }) => (
        <line key={id} x1={x.get(id)} x2={x.get(id)} y1={3} y2={HEIGHT - 3} stroke="var(--hair-2)" />
      ))}
      {rows.flatMap((row, at) =>
        row.legs.map(({ edge, from, to }) => (
          <line
            key={edge + to}
            x1={x.get(from)}
            x2={x.get(to)}
            y1={7 + at * 5}
            y2={7 + at * 5}
            stroke={roleColour(ordinal.get(from) ?? 0)}
            strokeWidth={1.6}
            strokeLinecap="round"
          />
        )),
      )}
    </svg>
  );
});
