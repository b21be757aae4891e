import { recordedFact } from "@parley/runtime/derived";
import type { ContextInput, StoredEntry } from "@parley/wire";
import { deriveFacts } from "./derive-facts.ts";
import type { DerivedChange } from "./derived-change.ts";
import type { DerivedLook } from "./derived-look.ts";

const replicas = (
  { stream: context, commit }: StoredEntry,
  authorities: readonly string[],
): readonly DerivedChange[] =>
  authorities.map((authority) => ({
    op: "put",
    table: "replicas",
    row: { context, authority, commit },
    update: [],
  }));

/** What an entry of a context's stream changes. The context's id is the name of its stream. */
export const deriveContext = (
  stored: StoredEntry,
  input: ContextInput,
  look: DerivedLook,
): readonly DerivedChange[] => {
  const { stream: id, entry, commit } = stored;
  switch (input.kind) {
    case "context.created":
      return [{ op: "put", table: "contexts", row: { id, title: input.title, created: entry.at, commit } }];
    case "fact.recorded": {
      const before = look("contexts", { id })[0]?.untyped ?? 0;
      return [
        ...replicas(stored, [input.by]),
        ...deriveFacts(stored, [recordedFact(id, input, before)]),
        { op: "patch", table: "contexts", key: { id }, set: { untyped: before + 1 } },
      ];
    }
    case "replica.joined":
      return replicas(stored, input.authorities);
    case "facts.added":
      return [...replicas(stored, [input.replica]), ...deriveFacts(stored, input.facts)];
    case "replicas.parted":
      return [{ op: "patch", table: "contexts", key: { id }, set: { parted: 1 } }];
    case "replicas.synced":
      return replicas(stored, [input.requester, input.responder]);
    case "replicas.healed":
    case "sync.tried":
      return [];
  }
};
