// biome-ignore-all lint/suspicious/noTemplateCurlyInString: places of snippets are written `${1:name}`.
import type { Span } from "../text/span.ts";
import type { SymbolKind } from "./occurrence.ts";

export type CompletionKind = SymbolKind | "keyword" | "snippet" | "annotation" | "value";

/** One offer. `insert` is in snippet syntax (`${1:name}`) when `snippet` is set. */
export interface CompletionItem {
  readonly label: string;
  readonly kind: CompletionKind;
  readonly insert: string;
  readonly snippet: boolean;
  /** What the item replaces: the word around the cursor. */
  readonly span: Span;
  /** Order among the others, by code point. */
  readonly sort: string;
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
}

/** An offer before its place is known; a smaller `rank` comes first. */
export interface Offer {
  readonly label: string;
  readonly kind: CompletionKind;
  readonly rank: number;
  readonly insert?: string;
  readonly snippet?: boolean;
  readonly detail?: string;
  readonly documentation?: string;
}

/** Offers as items: each label and kind once, in order. */
export const itemsOf = (offers: readonly Offer[], span: Span): readonly CompletionItem[] => {
  const seen = new Set<string>();
  const items: CompletionItem[] = [];
  for (const { label, kind, rank, insert, snippet, detail, documentation } of offers) {
    const key = `${label} ${kind === "snippet" ? "keyword" : kind}`;
    if (seen.has(key)) continue;
    seen.add(key);
    items.push({
      label,
      kind,
      insert: insert ?? label,
      snippet: snippet ?? false,
      span,
      sort: `${String(rank).padStart(2, "0")} ${label}`,
      ...(detail === undefined ? {} : { detail }),
      ...(documentation === undefined ? {} : { documentation }),
    });
  }
  return items.sort((a, b) => (a.sort < b.sort ? -1 : a.sort > b.sort ? 1 : 0));
};
