import type { Statement } from "../constructs/statement.ts";
import { blocksOf } from "../constructs/table.ts";

/** Visits every statement of a body, outer ones before those inside them, in source order. Calls are not followed. */
export function walk(body: readonly Statement[], visit: (statement: Statement) => void): void {
  for (const statement of body) {
    visit(statement);
    for (const block of blocksOf(statement)) walk(block, visit);
  }
}
