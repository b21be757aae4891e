import type { Span } from "../text/span.ts";
import type { Advice } from "./advice.ts";
import { removeComment } from "./comment-edit.ts";
import { type Home, homes } from "./homes.ts";

/** Lore by topic, as comments of older protocols word it; the first match counts. */
const lore: readonly (readonly [Home, RegExp])[] = [
  ["upgrade", /\bruntime[ -]upgrades?\b|\bupgrade (?:owner|bundle|plan)/i],
  [
    "link",
    /\blink\s*=|\bbundle\s*[=:]|\b(?:link|composed|linked)[ -]bundles?\b|\bbundle (?:owns?|exports?|imports?|transfer|boundary)/i,
  ],
  [
    "handoff",
    /\b(?:session|ownership|bundle|live|owner|recovery|membership|guardian)[ -]?(?:hand-?off|migration|delegation)s?\b|\bhand(?:s|ed)? over (?:the )?(?:session|fragment|bundle|ownership)/i,
  ],
  ["recovery", /\brecovery[ -](?:bundle|owner(?:ship)?|evidence|authority|lore)\b/i],
  [
    "ownership",
    /\bownership (?:of|moves?|stays?|passes|transfers?|scope|boundary)\b|\bowns? (?:the |this )?(?:fragment|session|bundle)|\bowner(?:ship)? (?:transfer|lore|fragment)/i,
  ],
];

/** Most comments hold none of these words. */
const mayMatter = /link|bundle|owner|owns|hand|migration|delegation|recovery|upgrade|phase|step|stage/i;

const phase =
  /^[-=*#\s]*(?:phase|step|stage)\s*(?:\d+|[ivx]+|one|two|three|four|five|six|[a-d])\b(?:\s*[:.)\-–—].*)?[-=*#\s]*$/i;

const wordsOf = (source: string, { start, end }: Span): string =>
  source
    .slice(start, end)
    .replace(/^(?:--+|\{-)/, "")
    .replace(/-\}$/, "")
    .trim();

/**
 * Comments that keep what no longer belongs to a choreography: bundle,
 * ownership, recovery and handoff lore, and headings that restate the phase
 * (inventory 49–54). Other comments are the author's.
 */
export function adviseComments({ source, comments, sink }: Advice): void {
  for (const span of comments) {
    const words = wordsOf(source, span);
    if (!mayMatter.test(words)) continue;
    if (words.startsWith("parley:")) continue;
    const fix = removeComment(source, span);
    const topic = lore.find(([, pattern]) => pattern.test(words))?.[0];
    if (topic !== undefined) sink.report("loreComment", span, { args: { topic, home: homes[topic] }, fix });
    else if (phase.test(words)) sink.report("phaseComment", span, { fix });
  }
}
