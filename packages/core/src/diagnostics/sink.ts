import type { Span } from "../text/span.ts";
import { type CodeEntry, type CodeName, codes } from "./codes.ts";
import type { Diagnostic, Fix, Related } from "./diagnostic.ts";

/** What a report may carry beside its place. */
export interface ReportOptions {
  readonly args?: Readonly<Record<string, string>>;
  readonly related?: readonly Related[];
  readonly fix?: Fix | undefined;
  /** Said after the sentence of the table, for instance a suggestion. */
  readonly hint?: string | undefined;
}

const noArgs: Readonly<Record<string, string>> = {};

function fill(text: string, args: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => args[name] ?? place);
}

/** Builds one finding from a row of the table. */
export function diagnostic(name: CodeName, span: Span, options: ReportOptions = {}): Diagnostic {
  const entry: CodeEntry = codes[name];
  const args = options.args ?? noArgs;
  const sentence = fill(entry.text, args);
  return {
    code: entry.id,
    severity: entry.severity,
    span,
    message: options.hint === undefined ? sentence : `${sentence}; ${options.hint}`,
    related: options.related ?? [],
    ...(options.fix === undefined ? {} : { fix: options.fix }),
    args,
  };
}

/**
 * Collects findings. After `limit` it only counts: a megabyte of garbage must
 * not become a megabyte of messages.
 */
export class DiagnosticSink {
  private readonly found: Diagnostic[] = [];
  private dropped = 0;
  private readonly limit: number;

  constructor(limit = 500) {
    this.limit = limit;
  }

  report(name: CodeName, span: Span, options?: ReportOptions): void {
    if (this.found.length < this.limit) this.found.push(diagnostic(name, span, options));
    else this.dropped++;
  }

  /** Whether further findings are only counted, so that costly hints need not be made. */
  get full(): boolean {
    return this.found.length >= this.limit;
  }

  get size(): number {
    return this.found.length + this.dropped;
  }

  /** Findings in order of place; a closing note says how many were dropped. */
  finish(): Diagnostic[] {
    const sorted = this.found.sort((a, b) => a.span.start - b.span.start);
    const last = sorted.at(-1);
    if (this.dropped > 0 && last !== undefined) {
      sorted.push(diagnostic("tooManyErrors", last.span, { args: { count: String(this.dropped) } }));
    }
    return sorted;
  }
}
