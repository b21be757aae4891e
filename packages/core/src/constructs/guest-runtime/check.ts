import type { DeclarationChecker } from "../declaration-checker.ts";
import type { GuestRuntime } from "./node.ts";

/** A guest runtime has an entry; its effects and its entry had better exist. */
export function checkGuestRuntime(node: GuestRuntime, c: DeclarationChecker): void {
  const runtime = node.name.text;
  for (const name of node.uses) c.need("effect", name, "guestEffect", { runtime });
  const { protocol } = c;
  if (node.entry === undefined) {
    if (!c.wasRead(node.span)) return;
    const at = { start: node.span.end, end: node.span.end };
    const entry = protocol?.name.text ?? "Main";
    c.report("guestEntryMissing", node.name.span, {
      args: { name: runtime },
      fix: { title: `Add \`entry ${entry}\``, edits: [{ span: at, text: ` entry ${entry}` }] },
    });
    return;
  }
  if (protocol === undefined) return;
  const known = [protocol.name.text, ...protocol.locals.map((local) => local.name.text)];
  if (!known.includes(node.entry.text)) c.reportUnknown(node.entry, known, "guestEntry", { runtime });
}
