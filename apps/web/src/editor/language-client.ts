import type { AnalysisResult } from "./analysis.ts";
import type { Answer, Args, QuestionName } from "./answers.ts";
import type { FromWorker, Severities, StudioFile, ToWorker } from "./worker-messages.ts";

/** The address of a protocol's text, in the editor and in the worker. */
export const uriOf = (protocol: string): string => `parley:/protocols/${encodeURIComponent(protocol)}`;

/** The protocol whose text has this address. */
export const protocolOf = (uri: string): string | undefined => {
  const id = /^parley:\/protocols\/([^/]+)$/.exec(uri)?.[1];
  return id === undefined ? undefined : decodeURIComponent(id);
};

/**
 * The page's end of the one worker that reads the open text: the analysis that
 * feeds the pictures and the questions of the editor go to the same place, so
 * that a text is read once.
 */
export class LanguageClient {
  readonly uri: string;
  private readonly worker: Worker;
  private readonly pending = new Map<number, (answer: unknown) => void>();
  private text: string | undefined;
  private others: readonly StudioFile[] = [];
  private asked = 0;
  onAnalysed: (result: AnalysisResult) => void = () => undefined;

  constructor(uri: string) {
    this.uri = uri;
    this.worker = new Worker(new URL("./analysis-worker.ts", import.meta.url), { type: "module" });
    this.worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind === "analysed") this.onAnalysed(data.result);
      else {
        this.pending.get(data.id)?.(data.answer);
        this.pending.delete(data.id);
      }
    });
  }

  private post(message: ToWorker): void {
    this.worker.postMessage(message);
  }

  private put(source: string): void {
    if (this.text === source) return;
    this.text = source;
    this.post({ kind: "text", uri: this.uri, source });
  }

  /** The other texts of the studio, for imports. */
  get files(): readonly StudioFile[] {
    return this.others;
  }

  setFiles(files: readonly StudioFile[]): void {
    this.others = files;
    this.post({ kind: "files", files });
  }

  setSeverities(severities: Severities): void {
    this.post({ kind: "severities", severities });
  }

  analyse(version: number, source: string): void {
    this.put(source);
    this.post({ kind: "analyse", version });
  }

  /** Asks about a text as it is now. The caller drops the answer when the text has changed meanwhile. */
  ask<K extends QuestionName>(name: K, source: string, ...args: Args<K>): Promise<Answer<K>> {
    this.put(source);
    const id = ++this.asked;
    this.post({ kind: "ask", id, name, args });
    return new Promise((done) => this.pending.set(id, done as (answer: unknown) => void));
  }

  dispose(): void {
    this.worker.terminate();
    this.pending.clear();
  }
}
