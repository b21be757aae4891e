/** One who is, was or will be at a bundle or session. */
export interface TopologyNode {
  readonly id: string;
  readonly name: string;
  readonly linked: boolean;
  /** What is new of it on this side: it came, or it is about to go. */
  readonly mark?: "joins" | "leaves";
}

interface SideProps {
  readonly title: string;
  readonly centre: string;
  readonly nodes: readonly TopologyNode[];
}

const WIDE = 104;
const HIGH = 34;
const PER_ROW = 3;
const ROW = 58;

const Side = ({ title, centre, nodes }: SideProps) => {
  const columns = Math.max(1, Math.min(PER_ROW, nodes.length));
  const rows = Math.ceil(nodes.length / PER_ROW);
  const width = columns * (WIDE + 12);
  const linked = nodes.filter((node) => node.linked).map(({ name }) => name);
  return (
    <figure className="topo-side">
      <figcaption>{title}</figcaption>
      <svg
        viewBox={`0 0 ${width} ${84 + rows * ROW}`}
        width={width}
        role="img"
        aria-label={`${title}: ${centre} is run by ${linked.length === 0 ? "nobody" : linked.join(", ")}`}
      >
        {nodes.map((node, at) => {
          const x = (at % PER_ROW) * (WIDE + 12) + WIDE / 2 + 6;
          const y = 84 + Math.floor(at / PER_ROW) * ROW;
          return (
            <g key={node.id} className={`topo-node ${node.linked ? "linked" : "apart"} ${node.mark ?? ""}`}>
              {node.linked ? (
                <path className="topo-link" d={`M${width / 2} 38C${width / 2} 62 ${x} 58 ${x} ${y}`} />
              ) : null}
              <rect x={x - WIDE / 2} y={y} width={WIDE} height={HIGH} rx={8} />
              <text x={x} y={y + (node.mark ? 15 : 21)} textAnchor="middle">
                {node.name.slice(0, 16)}
              </text>
              {node.mark ? (
                <text x={x} y={y + 28} textAnchor="middle" className="small">
                  {node.mark}
                </text>
              ) : null}
            </g>
          );
        })}
        <g className="topo-centre">
          <rect
            x={width / 2 - Math.min(width - 4, 160) / 2}
            y={4}
            width={Math.min(width - 4, 160)}
            height={34}
            rx={17}
          />
          <text x={width / 2} y={25} textAnchor="middle">
            {centre.length > 22 ? `${centre.slice(0, 21)}…` : centre}
          </text>
        </g>
      </svg>
    </figure>
  );
};

/** The old and the new topology side by side. */
export const TopologySides = ({
  label,
  centre,
  before,
  after,
}: {
  readonly label: string;
  readonly centre: string;
  readonly before: readonly TopologyNode[];
  readonly after: readonly TopologyNode[];
}) => (
  <section className="topo" aria-label={label}>
    <Side title="before" centre={centre} nodes={before} />
    <Side title="after" centre={centre} nodes={after} />
  </section>
);
