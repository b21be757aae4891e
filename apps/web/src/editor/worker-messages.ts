import type { AnalysisResult } from "./analysis.ts";
import type { QuestionName } from "./answers.ts";

/** A text of the studio, by the address its editor model has. */
export interface StudioFile {
  readonly uri: string;
  readonly source: string;
}

/** What findings count, by code. */
export type Severities = Readonly<Record<string, "error" | "warning" | "info" | "off">>;

/** From the page to the worker, handled in order. `text` and `files` replace what was there. */
export type ToWorker =
  | { readonly kind: "text"; readonly uri: string; readonly source: string }
  | { readonly kind: "files"; readonly files: readonly StudioFile[] }
  | { readonly kind: "severities"; readonly severities: Severities }
  | { readonly kind: "analyse"; readonly version: number }
  | {
      readonly kind: "ask";
      readonly id: number;
      readonly name: QuestionName;
      readonly args: readonly unknown[];
    };

export type FromWorker =
  | { readonly kind: "analysed"; readonly result: AnalysisResult }
  | { readonly kind: "answer"; readonly id: number; readonly answer: unknown };
