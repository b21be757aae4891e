import type { AuthorityInput, StoredEntry, TokenCheck } from "@parley/wire";
import type { DerivedChange } from "./derived-change.ts";
import type { DerivedLook } from "./derived-look.ts";
import type { DerivedRow } from "./derived-tables.ts";

type TokenInput = Extract<
  AuthorityInput,
  { readonly kind: "token.issued" | "token.presented" | "token.revoked" }
>;

const earliest = (checks: readonly TokenCheck[], inherited: number | null | undefined): number | null => {
  const ends = checks.flatMap((check) => (check.kind === "expires" ? [check.at] : []));
  if (inherited !== null && inherited !== undefined) ends.push(inherited);
  return ends.length === 0 ? null : Math.min(...ends);
};

const blocksOf = ({ revocations }: DerivedRow<"tokens">): readonly string[] =>
  JSON.parse(revocations) as readonly string[];

/** Revoking a block takes every token that stands on it; the first revocation of each is the one that counts. */
const revoked = (
  { stream: authority, entry, commit }: StoredEntry,
  { token, reason }: Extract<TokenInput, { readonly kind: "token.revoked" }>,
  look: DerivedLook,
): readonly DerivedChange[] => {
  const [own] = look("tokens", { authority, id: token });
  const block = own && blocksOf(own).at(-1);
  if (block === undefined) return [];
  return look("tokens", { authority })
    .filter((row) => (row.revoked ?? null) === null && blocksOf(row).includes(block))
    .map(({ id }) => ({
      op: "patch",
      table: "tokens",
      key: { authority, id },
      set: { revoked: entry.at, reason, commit },
    }));
};

/** What an entry changes of the tokens of its authority. */
export const deriveToken = (
  stored: StoredEntry,
  input: TokenInput,
  look: DerivedLook,
): readonly DerivedChange[] => {
  const { stream: authority, entry, commit } = stored;
  if (input.kind === "token.revoked") return revoked(stored, input, look);
  if (input.kind === "token.presented") {
    const { device, token } = input;
    const row = { authority, device, token, seq: entry.seq, commit };
    return [{ op: "put", table: "presentations", row }];
  }
  const { token } = input;
  const { id, issuer, holder, device, scope } = token;
  const [parent] = token.parent === undefined ? [] : look("tokens", { authority, id: token.parent });
  const row = {
    authority,
    id,
    issuer,
    holder,
    device,
    scope: scope.kind,
    context: scope.kind === "context" ? scope.context : null,
    parent: token.parent ?? null,
    capabilities: JSON.stringify(token.capabilities),
    expires: earliest(token.checks, parent?.expires),
    revoked: parent?.revoked ?? null,
    reason: parent?.reason ?? null,
    revocations: JSON.stringify(token.revocationIds),
    at: entry.at,
    seq: entry.seq,
    commit,
  };
  return [{ op: "put", table: "tokens", row }];
};
