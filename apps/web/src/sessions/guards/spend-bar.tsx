interface SpendBarProps {
  readonly limit: number;
  /** Left before and after. */
  readonly before: number;
  readonly after: number;
  /** Asked for and not there. */
  readonly short?: number | undefined;
}

const share = (amount: number, limit: number): string =>
  `${limit <= 0 ? 0 : Math.max(0, Math.min(100, (100 * amount) / limit))}%`;

/** What was left, what it took, what is left: as a bar and in numbers. */
export const SpendBar = ({ limit, before, after, short }: SpendBarProps) => (
  <span className="spend">
    <span className="spend-bar" aria-hidden="true">
      <span className="left" style={{ width: share(after, limit) }} />
      <span className="took" style={{ width: share(before - after, limit) }} />
    </span>
    <span className="mono">
      {before} → {after}
      {short === undefined ? ` of ${limit}` : `, ${short} short`}
    </span>
  </span>
);
