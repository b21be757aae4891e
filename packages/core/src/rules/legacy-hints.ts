import { ignoredKeys } from "../constructs/annotation/check.ts";
import type { Annotation, SenderRecord } from "../constructs/annotation/node.ts";
import type { Advice } from "./advice.ts";
import { homes } from "./homes.ts";
import { type Link, linksOf, liveBundles, readLink } from "./link.ts";
import { removeEntry } from "./record-edit.ts";

const outside = new Set([...ignoredKeys, "audit_log"]);

/**
 * Annotations the canonical shape has no place for: links of bundles that are
 * not live, `journal_merge`, `leakage_budget`, and keys beyond the five
 * (language chapter §21, inventory 44–53). A fix deletes the hint.
 */
export function adviseLegacyHints(advice: Advice): void {
  const live = new Set<string>([...liveBundles, ...(advice.options.bundles ?? [])]);
  const links = linksOf(advice.annotations);
  for (const { record, entry } of advice.annotations) {
    const { key } = entry;
    if (key.text === "link") adviseLink(entry, record, live, links, advice);
    else if (key.text === "journal_merge" && isFlag(entry)) {
      advice.sink.report("journalMergeLegacy", entry.span, { fix: removeEntry(record, entry) });
    } else if (key.text === "leakage_budget" && isBudget(entry)) {
      advice.sink.report("leakageBudgetLegacy", entry.span, { fix: removeEntry(record, entry) });
    } else if (outside.has(key.text)) {
      advice.sink.report("keyNotSanctioned", key.span, {
        args: { key: key.text },
        fix: removeEntry(record, entry),
      });
    }
  }
}

// A value that cannot be read has a finding of its own.
const isFlag = ({ value }: Annotation): boolean => value === "true" || value === "false";
const isBudget = ({ value }: Annotation): boolean => /^\[?[\d\s,]+\]?$/.test(value.trim());

function adviseLink(
  entry: Annotation,
  record: SenderRecord,
  live: ReadonlySet<string>,
  links: readonly Link[],
  { sink }: Advice,
): void {
  const read = readLink(entry);
  if (!read.ok || live.has(read.link.bundle)) return;
  const others = links.filter(({ span }) => span.start !== entry.valueSpan.start);
  const exported = new Set(others.flatMap((other) => other.exports));
  // Deleting it must not take away what another link imports.
  const needed = others.some((other) =>
    other.imports.some((name) => read.link.exports.includes(name) && !exported.has(name)),
  );
  sink.report("linkNotLive", entry.span, {
    args: { bundle: read.link.bundle, home: homes.link },
    fix: needed ? undefined : removeEntry(record, entry),
  });
}
