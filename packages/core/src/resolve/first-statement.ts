import type { LocalProtocol } from "../constructs/call/node.ts";
import type { Statement } from "../constructs/statement.ts";

/** The statement a body really starts with once calls are expanded; `undefined` when a called body is empty or has no end of calls. */
export function firstStatement(
  statement: Statement,
  locals: ReadonlyMap<string, LocalProtocol>,
): Statement | undefined {
  const seen = new Set<string>();
  let at: Statement | undefined = statement;
  while (at?.kind === "call") {
    const name: string = at.target.text;
    const local = locals.get(name);
    // Unknown and circular calls are reported where they stand.
    if (local === undefined || seen.has(name)) return at;
    seen.add(name);
    at = local.body[0];
  }
  return at;
}
