/** A copy of a tree without its places, for comparing what two texts mean. */
export function withoutSpans(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutSpans);
  if (typeof node !== "object" || node === null) return node;
  const out: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(node)) {
    if (key !== "span" && !key.endsWith("Span")) out[key] = withoutSpans(value);
  }
  return out;
}
