import type { ContextView } from "@parley/wire/http";
import { useMemo } from "react";
import { replicaLayout } from "./replica-layout.ts";

/** Which replicas reach each other, and whose roots are equal: by letter and hue. */
export const ReplicaPicture = ({ view }: { readonly view: ContextView }) => {
  const layout = useMemo(() => replicaLayout(view), [view]);
  const said = layout.groups
    .map((_, at) =>
      layout.nodes
        .filter(({ member }) => member.group === at)
        .map(({ member, letter }) => `${member.authority} (root ${letter})`)
        .join(", "),
    )
    .join("; apart from ");
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a drawing that scrolls must be reachable by keyboard.
    <section className="replica-box" tabIndex={0} aria-label="Which replicas reach each other">
      <svg width={layout.width + 8} height={layout.height + 8} role="img" aria-label={said}>
        <g transform="translate(4 4)">
          {layout.groups.map(({ x, width }) => (
            <rect key={x} className="replica-group" x={x} width={width} height={layout.height} rx={12} />
          ))}
          {layout.links.map(([one, other]) => (
            <line
              key={`${one.member.authority} ${other.member.authority}`}
              className="replica-link"
              x1={one.x}
              y1={one.y}
              x2={other.x}
              y2={other.y}
            />
          ))}
          {layout.nodes.map(({ member, x, y, letter }) => (
            <g key={member.authority} transform={`translate(${x} ${y})`} className="replica-node">
              <circle r={16} data-letter={letter} />
              <text textAnchor="middle" dy={4}>
                {letter}
              </text>
              <text textAnchor="middle" dy={31} className="name">
                {member.authority}
              </text>
            </g>
          ))}
        </g>
      </svg>
    </section>
  );
};
