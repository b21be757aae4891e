import type { CeremonyCard } from "@parley/wire/http";
import { progressWords } from "./ceremony-words.ts";

interface RingProps {
  readonly progress: CeremonyCard["progress"];
  readonly size?: number;
}

const GAP = 5;

/** A ring of as many arcs as are asked: accepted ones filled, refused ones crossed out, a mark where it is enough. */
export const ThresholdRing = ({ progress, size = 96 }: RingProps) => {
  const { accepted, refused, required, total } = progress;
  const radius = size / 2 - 7;
  const round = 2 * Math.PI * radius;
  const part = round / Math.max(1, total);
  const gap = total > 40 ? 0 : Math.min(GAP, part / 3);
  const kinds = Array.from({ length: total }, (_, at) =>
    at < accepted ? "accepted" : at >= total - refused ? "refused" : "open",
  );
  const end = (required / Math.max(1, total)) * 2 * Math.PI - Math.PI / 2;
  const at = (far: number): string =>
    `${size / 2 + Math.cos(end) * (radius + far)} ${size / 2 + Math.sin(end) * (radius + far)}`;
  return (
    <svg className="cer-ring" width={size} height={size} role="img" aria-label={progressWords(progress)}>
      {kinds.map((kind, index) => (
        <circle
          // biome-ignore lint/suspicious/noArrayIndexKey: an arc is its place.
          key={index}
          className={kind}
          cx={size / 2}
          cy={size / 2}
          r={radius}
          strokeDasharray={`${part - gap} ${round - part + gap}`}
          strokeDashoffset={-index * part}
          transform={`rotate(-90 ${size / 2} ${size / 2})`}
        />
      ))}
      <path className="enough" d={`M${at(-7)}L${at(6)}`} />
      <text x="50%" y="50%" textAnchor="middle" dominantBaseline="central">
        {accepted}/{required}
      </text>
    </svg>
  );
};
