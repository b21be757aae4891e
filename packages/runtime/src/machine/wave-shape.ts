/**
 * How many coroutines a round may run (spec/machine-surfaces.md §19). `lanes`
 * are the workers of a threaded engine: a coroutine belongs to the lane
 * `id mod lanes`, and a wave takes at most one of a lane.
 */
export interface WaveShape {
  /** Steps a round may take, at least 1. */
  readonly width: number;
  readonly lanes: number;
  /** Whether two coroutines of one session may share a wave when they touch different endpoints and edges. */
  readonly widening: boolean;
}
