import { recordedFact } from "@parley/runtime/derived";
import type { ContextInput, StoredEntry } from "@parley/wire";
import { deriveFacts } from "./derive-facts.ts";
import { forgetWhole, Membership } from "./derive-membership.ts";
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
  const members = new Membership(id, look);
  const parting = (set: {
    readonly parted?: 1;
    readonly groups: string | null;
  }): readonly DerivedChange[] => [{ op: "patch", table: "contexts", key: { id }, set }];
  switch (input.kind) {
    case "context.created":
      return [{ op: "put", table: "contexts", row: { id, title: input.title, created: entry.at, commit } }];
    case "fact.recorded": {
      const before = look("contexts", { id })[0]?.untyped ?? 0;
      const fact = recordedFact(id, input, before);
      members.add(input.by, [fact]);
      return [
        ...replicas(stored, [input.by]),
        ...deriveFacts(stored, [fact]),
        ...members.changes,
        { op: "patch", table: "contexts", key: { id }, set: { untyped: before + 1 } },
      ];
    }
    case "replica.joined":
      members.join(input.authorities);
      return [...replicas(stored, input.authorities), ...members.changes];
    case "facts.added":
      members.add(input.replica, input.facts);
      return [...replicas(stored, [input.replica]), ...deriveFacts(stored, input.facts), ...members.changes];
    case "replicas.parted":
      forgetWhole(id, look);
      return parting({ parted: 1, groups: JSON.stringify(input.groups) });
    case "replicas.healed":
      return parting({ groups: null });
    case "replicas.synced": {
      const { requester, responder, toRequester, toResponder } = input;
      members.sync([requester, responder], toRequester, toResponder);
      return [...replicas(stored, [requester, responder]), ...members.changes];
    }
    case "sync.tried":
      return [];
  }
};
