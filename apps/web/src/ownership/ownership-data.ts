import type { HandoffView, OwnerScopeJson, OwnershipView } from "@parley/wire/http";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";

/** Who owns a session at a position; the present without one. */
export const useOwnership = (session: string, at: number | undefined) =>
  useQuery({
    queryKey: [...keys.ownership(session), at ?? "head"],
    queryFn: () => api.ownership.get(session, at),
    placeholderData: keepPreviousData,
  });

/** What an owner may speak for, in words. */
export const scopeWords = (scope: OwnerScopeJson): string =>
  scope.kind === "session"
    ? "the whole session"
    : scope.keys.length === 0
      ? "no fragment"
      : `the fragments ${scope.keys.join(", ")}`;

/** The class of a session in a footprint, in words. */
export const classWords: Readonly<Record<"native" | "delegatedIn" | "delegatedOut", string>> = {
  native: "native",
  delegatedIn: "delegated in",
  delegatedOut: "delegated out",
};

/** A handoff of a session by the id of its receipt; the last one without it. */
export const handoffOf = ({ receipts }: OwnershipView, id: string | undefined): HandoffView | undefined =>
  receipts.find(({ receipt }) => receipt.id === id) ?? receipts.at(-1);

type Node = OwnershipView["lineage"]["nodes"][number];

/** Owners of earlier generations, newest first: each can still try to act and is refused. */
export const formerOwners = ({ lineage }: OwnershipView): readonly Node[] =>
  lineage.nodes.filter(({ current }) => !current).reverse();

/** Where a session stands in a sentence a former owner understands. */
export const staleWords = (
  view: OwnershipView,
  presented: { readonly owner: string; readonly generation: number },
): string | undefined => {
  const now = view.lineage.nodes.find(({ current }) => current);
  if (!now || (now.owner === presented.owner && now.generation === presented.generation)) return undefined;
  const since = now.seq === null ? "" : ` since ${now.name} took over at #${now.seq}`;
  return now.owner === presented.owner
    ? `You presented generation ${presented.generation}, the session is at ${now.generation}${since}.`
    : `You held generation ${presented.generation}, the session is at ${now.generation} and belongs to ${now.name}${since}.`;
};
