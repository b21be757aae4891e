/** How a run of anti-entropy goes about it. */
export interface SyncConfig {
  /** Facts per message. */
  readonly batchSize: number;
  /** Rounds of narrowing and exchange before a run ends unfinished; another goes on from there. */
  readonly maxRounds: number;
  /** The rate of wrong yeses of the filters, 1e-5 to 0.99999. */
  readonly errorRate: number;
  /** Ids offered per round. */
  readonly offerLimit: number;
  /** A part of the tree with at most so many ids on both sides is not narrowed further. */
  readonly partSize: number;
}

export const defaultSyncConfig: SyncConfig = {
  batchSize: 128,
  maxRounds: 10,
  errorRate: 0.01,
  offerLimit: 20_000,
  partSize: 8,
};
