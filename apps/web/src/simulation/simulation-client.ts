import type { Simulated, SimulationAnswer, SimulationRequest } from "./simulation.ts";

type Listener = (answer: SimulationAnswer) => void;

/** A worker that knows one protocol. It answers one request after the other; ending it stops everything. */
export class SimulationClient {
  private readonly worker: Worker;
  /** One per request that is under way, oldest first. */
  private readonly waiting: { readonly listen: Listener; readonly fail: (error: Error) => void }[] = [];

  constructor(protocol: Simulated) {
    this.worker = new Worker(new URL("./simulation-worker.ts", import.meta.url), { type: "module" });
    this.worker.addEventListener("message", ({ data }: MessageEvent<SimulationAnswer>) => {
      this.waiting[0]?.listen(data);
      if (data.kind === "done") this.waiting.shift();
    });
    this.worker.addEventListener("error", ({ message }) => {
      const failed = new Error(message || "The simulation came to a stop");
      for (const { fail } of this.waiting.splice(0)) fail(failed);
    });
    this.protocol(protocol);
  }

  private post(request: SimulationRequest): void {
    this.worker.postMessage(request);
  }

  /** The protocol as it is from now on. */
  protocol(protocol: Simulated): void {
    this.post({ kind: "protocol", protocol });
  }

  /** Hands in a request; resolves when nothing more comes, rejects when the worker fails. */
  ask(request: Exclude<SimulationRequest, { kind: "protocol" }>, listen: Listener): Promise<void> {
    return new Promise((resolve, fail) => {
      const hear: Listener = (answer) => (answer.kind === "done" ? resolve() : listen(answer));
      this.waiting.push({ listen: hear, fail });
      this.post(request);
    });
  }

  end(): void {
    this.worker.terminate();
    this.waiting.length = 0;
  }
}

/** Runs per request: few enough to show progress, many enough that messages cost nothing. */
const PART = 25;

/** Workers of a sweep: all but one of the machine's cores. */
export const workerCount = (runs: number): number =>
  Math.max(1, Math.min((navigator.hardwareConcurrency || 2) - 1, 8, Math.ceil(runs / PART)));

interface SweepJob extends Omit<Extract<SimulationRequest, { kind: "rows" }>, "kind" | "from" | "to"> {
  readonly protocol: Simulated;
  readonly size: number;
  readonly onRows: (rows: Extract<SimulationAnswer, { kind: "rows" }>["rows"]) => void;
}

/** Starts a sweep on several workers. `cancel` ends them; what has been answered stays. */
export const startSweep = ({ protocol, text, form, size, onRows }: SweepJob) => {
  const clients = Array.from({ length: workerCount(size) }, () => new SimulationClient(protocol));
  let next = 0;
  const work = async (client: SimulationClient): Promise<void> => {
    while (next < size) {
      const from = next;
      next = Math.min(size, from + PART);
      let refused: string | undefined;
      await client.ask({ kind: "rows", text, form, from, to: next }, (answer) => {
        if (answer.kind === "rows") onRows(answer.rows);
        else if (answer.kind === "refused") refused = answer.why;
      });
      if (refused !== undefined) throw new Error(refused);
    }
  };
  const end = (): void => {
    for (const client of clients) client.end();
  };
  return { done: Promise.all(clients.map(work)).finally(end), cancel: end };
};
