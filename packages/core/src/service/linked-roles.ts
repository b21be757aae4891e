import type { ServiceDocument } from "./document.ts";
import { type Mention, mentionsOfSymbol, type Target, targetOf, type Workspace } from "./workspace.ts";

/** The documents whose protocol a document calls, or that call its own. */
const callsOf = (workspace: Workspace): ReadonlyMap<ServiceDocument, ReadonlySet<ServiceDocument>> => {
  const linked = new Map<ServiceDocument, Set<ServiceDocument>>();
  const link = (a: ServiceDocument, b: ServiceDocument): void => {
    const known = linked.get(a);
    if (known === undefined) linked.set(a, new Set([b]));
    else known.add(b);
  };
  for (const document of workspace.documents.values()) {
    for (const mention of document.occurrences) {
      if (mention.kind !== "localProtocol" || mention.role !== "reference" || mention.from === undefined)
        continue;
      const called = targetOf(workspace, document, mention).document;
      if (called === document) continue;
      link(document, called);
      link(called, document);
    }
  }
  return linked;
};

/**
 * The same role in every text it is shared with: a called protocol takes its
 * roles from its caller by name, so a role has one name in all of them.
 * Anything but a role is only itself.
 */
export const linkedRoles = (workspace: Workspace, target: Target): readonly Target[] => {
  const kind = target.document.symbols.get(target.key)?.[0]?.kind;
  if (kind !== "role") return [target];
  const linked = callsOf(workspace);
  const found = new Set([target.document]);
  for (const document of found) {
    for (const other of linked.get(document) ?? []) if (other.symbols.has(target.key)) found.add(other);
  }
  return [...found].map((document) => ({ document, key: target.key }));
};

/** Every mention of a symbol in the whole workspace; of a role also where it is shared by calls. */
export const mentionsOf = (workspace: Workspace, target: Target): readonly Mention[] =>
  linkedRoles(workspace, target).flatMap((one) => mentionsOfSymbol(workspace, one));
