export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

export interface Curve {
  readonly path: string;
  /** Centre of the label. */
  readonly label: Point;
}

const centre = ({ x, y, width, height }: Box): Point => ({ x: x + width / 2, y: y + height / 2 });

/** Where the line from the centre of a box towards a point leaves the box, `gap` px outside. */
const border = (box: Box, toward: Point, gap: number): Point => {
  const { x, y } = centre(box);
  const dx = toward.x - x;
  const dy = toward.y - y;
  const scale = Math.min(
    dx === 0 ? Number.POSITIVE_INFINITY : (box.width / 2 + gap) / Math.abs(dx),
    dy === 0 ? Number.POSITIVE_INFINITY : (box.height / 2 + gap) / Math.abs(dy),
  );
  return { x: x + dx * scale, y: y + dy * scale };
};

/** How far two opposite edges bend apart. */
const BEND = 30;

/**
 * An edge between two boxes. When messages go both ways (`bent`) each way
 * curves to its own right, and its label lies outside the curve.
 */
export const edgeCurve = (
  from: Box,
  to: Box,
  bent: boolean,
  label: { width: number; height: number },
): Curve => {
  const a = centre(from);
  const b = centre(to);
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const side = { x: -(b.y - a.y) / length, y: (b.x - a.x) / length };
  const bend = bent ? BEND : 0;
  const control = { x: (a.x + b.x) / 2 + side.x * bend * 2, y: (a.y + b.y) / 2 + side.y * bend * 2 };
  const start = border(from, control, 2);
  const end = border(to, control, 6);
  const apex = { x: (start.x + 2 * control.x + end.x) / 4, y: (start.y + 2 * control.y + end.y) / 4 };
  const away = (Math.abs(side.x) * label.width + Math.abs(side.y) * label.height) / 2 + 6;
  return {
    path: `M${start.x} ${start.y}Q${control.x} ${control.y} ${end.x} ${end.y}`,
    label: { x: apex.x + side.x * away, y: apex.y + side.y * away },
  };
};
