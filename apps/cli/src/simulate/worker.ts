import { parentPort, workerData } from "node:worker_threads";
import { makeRun, type RawScenario, type SweepPlan, sweepRunAt } from "@parley/runtime/simulation";
import { loadProtocol } from "./load-protocol.ts";

/** What a worker is started with. */
export interface WorkerJob {
  readonly file: string;
  readonly raw: RawScenario;
  readonly plan: SweepPlan;
}

/** Runs to make: indices from `from` up to, not including, `to`. */
export interface WorkerPart {
  readonly from: number;
  readonly to: number;
}

const { file, raw, plan } = workerData as WorkerJob;
const { imageFor } = loadProtocol(file);

parentPort?.on("message", ({ from, to }: WorkerPart) => {
  const indices = Array.from({ length: to - from }, (_, i) => from + i);
  parentPort?.postMessage(indices.map((index) => makeRun(sweepRunAt(raw, plan, index), imageFor).row));
});
