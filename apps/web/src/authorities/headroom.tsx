interface HeadroomProps {
  readonly spent: number;
  readonly limit: number;
  /** Of what is not spent, how much devices hold in escrow. */
  readonly escrow?: number;
}

const part = (amount: number, limit: number): string =>
  `${limit === 0 ? 0 : Math.min(100, (100 * amount) / limit)}%`;

/** How much of a budget is spent, in escrow, left: a bar and its numbers. */
export const Headroom = ({ spent, limit, escrow = 0 }: HeadroomProps) => (
  <span className="headroom" title={`${spent} spent, ${escrow} in escrow, limit ${limit}`}>
    <span className="headroom-bar" aria-hidden="true">
      <span className={spent >= limit ? "spent all" : "spent"} style={{ width: part(spent, limit) }} />
      <span className="escrow" style={{ width: part(Math.min(escrow, limit - spent), limit) }} />
    </span>
    <span className="mono">
      {spent} / {limit}
    </span>
  </span>
);
