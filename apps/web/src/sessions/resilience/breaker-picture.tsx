import type { PairResilience } from "@parley/wire/http";

const states = ["Closed", "Open", "HalfOpen"] as const;
const places = { Closed: [44, 24], Open: [216, 24], HalfOpen: [130, 84] } as const;
const words = { Closed: "closed", Open: "open", HalfOpen: "half open" } as const;

/** The three states of a breaker and the ways between them; the present one is filled. */
export const BreakerPicture = ({ breaker }: Pick<PairResilience, "breaker">) => (
  <svg
    className="res-breaker"
    viewBox="0 0 260 108"
    role="img"
    aria-label={`The breaker is ${words[breaker.state]}`}
  >
    <defs>
      <marker id="res-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
        <path d="M0 0 8 4 0 8z" />
      </marker>
    </defs>
    <g className="res-ways">
      <path d="M82 20h92" />
      <path d="M206 40 164 72" />
      <path d="M152 68 194 40" />
      <path d="M104 70 58 42" />
    </g>
    {states.map((state) => {
      const [x, y] = places[state];
      return (
        <g key={state} className={state === breaker.state ? "res-state here" : "res-state"}>
          <rect x={x - 38} y={y - 15} width={76} height={30} rx={8} />
          <text x={x} y={y + 4} textAnchor="middle">
            {words[state]}
          </text>
        </g>
      );
    })}
  </svg>
);
