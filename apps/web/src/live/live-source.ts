import type { LiveEvent } from "@parley/wire/http";
import type { FromWorker } from "./live-protocol.ts";

/** Silence longer than this, with a heartbeat every 15 s, means the connection is gone. */
const SILENCE_MS = 40_000;
const RETRY_MS = 1_000;

/**
 * One EventSource for a set of topics. Reopens with the last commit when the
 * topics change or the connection dies, so nothing is missed or repeated.
 */
export class LiveSource {
  private topics = "";
  private source: EventSource | undefined;
  private last: string | undefined;
  private watchdog: ReturnType<typeof setTimeout> | undefined;
  private readonly tell: (message: FromWorker) => void;
  private lostSince: number | undefined;

  constructor(tell: (message: FromWorker) => void) {
    this.tell = tell;
  }

  setTopics(topics: Iterable<string>): void {
    const text = [...new Set(topics)].sort().join(",");
    if (text === this.topics) return;
    this.topics = text;
    this.open();
  }

  private open(): void {
    this.source?.close();
    clearTimeout(this.watchdog);
    if (this.topics === "") return;
    const after = this.last === undefined ? "" : `&after=${this.last}`;
    const source = new EventSource(`/api/stream?topics=${encodeURIComponent(this.topics)}${after}`);
    this.source = source;
    this.alive();
    source.addEventListener("hello", ({ lastEventId }) => {
      // Quiet commits count, too: the next connection goes on from here.
      this.seen(lastEventId);
      if (this.lostSince !== undefined) this.tell({ kind: "resync" });
      this.lostSince = undefined;
      this.alive();
      this.tell({ kind: "connection", connection: { state: "live" } });
    });
    source.addEventListener("heartbeat", ({ lastEventId }) => {
      this.seen(lastEventId);
      this.alive();
    });
    source.addEventListener("entry", (message) => {
      this.alive();
      this.seen(message.lastEventId);
      this.tell({ kind: "event", event: JSON.parse(message.data) as LiveEvent });
    });
    source.addEventListener("error", () => this.lost());
  }

  private seen(commit: string): void {
    if (commit !== "") this.last = commit;
  }

  private alive(): void {
    clearTimeout(this.watchdog);
    this.watchdog = setTimeout(() => this.lost(), SILENCE_MS);
  }

  private lost(): void {
    this.source?.close();
    this.lostSince ??= Date.now();
    this.tell({ kind: "connection", connection: { state: "reconnecting", since: this.lostSince } });
    clearTimeout(this.watchdog);
    this.watchdog = setTimeout(() => this.open(), RETRY_MS);
  }
}
