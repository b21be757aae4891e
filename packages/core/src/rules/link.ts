import type { Annotation } from "../constructs/annotation/node.ts";
import type { Span } from "../text/span.ts";
import type { Annotated } from "./edges.ts";

/** One `link` annotation taken apart (language chapter §21, runtime chapter §2.1). */
export interface Link {
  readonly bundle: string;
  readonly exports: readonly string[];
  readonly imports: readonly string[];
  readonly span: Span;
}

/** A link, or why its text is none. */
export type LinkRead =
  | { readonly ok: true; readonly link: Link }
  | { readonly ok: false; readonly reason: string };

/** Bundles that are live in every workspace; others are registered by name. */
export const liveBundles = ["device_migration", "guardian_handoff", "epoch_rotation_transfer"] as const;

const names = (text: string): readonly string[] =>
  text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");

/** `bundle=ID|exports=a,b|imports=c`, with `|` or `;` between the parts; a repeated part overwrites. */
export function readLink({ value, valueSpan }: Annotation): LinkRead {
  const parts = new Map<string, string>();
  for (const segment of value.split(/[|;]/)) {
    const equals = segment.indexOf("=");
    if (equals < 0) return { ok: false, reason: `has a part without \`=\`: \`${segment.trim()}\`` };
    const key = segment.slice(0, equals).trim();
    if (key !== "bundle" && key !== "exports" && key !== "imports")
      return { ok: false, reason: `has an unsupported key \`${key}\`` };
    const text = segment.slice(equals + 1).trim();
    if (key === "bundle" && text === "") return { ok: false, reason: "has an empty bundle id" };
    parts.set(key, text);
  }
  const bundle = parts.get("bundle");
  if (bundle === undefined) return { ok: false, reason: "requires bundle=<id>" };
  const exports = names(parts.get("exports") ?? "");
  return { ok: true, link: { bundle, exports, imports: names(parts.get("imports") ?? ""), span: valueSpan } };
}

/** The links of a file that can be read. */
export function linksOf(annotations: readonly Annotated[]): readonly Link[] {
  const links: Link[] = [];
  for (const { entry } of annotations) {
    const read = entry.key.text === "link" ? readLink(entry) : undefined;
    if (read?.ok) links.push(read.link);
  }
  return links;
}
