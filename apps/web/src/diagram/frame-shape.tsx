import type { FrameBox } from "@parley/core/diagram";

/** A choice, loop, par, rec or call: its border, its title (click folds it), its dividers. */
export const FrameShape = ({
  box,
  onToggle,
}: {
  readonly box: FrameBox;
  readonly onToggle: (id: string) => void;
}) => {
  const [kind = "", ...rest] = box.row.title.split(" · ");
  return (
    <g data-frame={box.row.id}>
      <rect className="frame" x={box.x} y={box.y + 2} width={box.width} height={box.height - 4} rx={8} />
      {box.dividers.map((y) => (
        <line key={y} className="divider" x1={box.x} x2={box.x + box.width} y1={y} y2={y} />
      ))}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: folding is also on the keys of the diagram (Space). */}
      <g className="band" onClick={() => onToggle(box.id)}>
        <rect x={box.x + 4} y={box.y + 6} width={box.width - 8} height={18} fill="transparent" />
        <text className="frame-title" x={box.x + 12} y={box.y + 18}>
          {box.collapsed ? "▸ " : "▾ "}
          <tspan className="frame-kind">{kind}</tspan>
          {rest.length > 0 ? ` · ${rest.join(" · ")}` : ""}
          {box.collapsed ? `  ${box.row.summary}` : ""}
        </text>
      </g>
    </g>
  );
};
