import type { OwnerCapability, OwnerScope } from "@parley/wire";
import type { OwnerError } from "./owner-error.ts";
import { sameScope, sessionScope, showScope } from "./scope.ts";

/**
 * Who owns which session. Generations outlive their records, so that a
 * capability of an earlier life of a session never counts again
 * (spec/aura-runtime.md §10.1).
 */
export interface OwnerRegistry {
  readonly records: ReadonlyMap<string, OwnerCapability>;
  readonly generations: ReadonlyMap<string, number>;
}

export const emptyOwners: OwnerRegistry = { records: new Map(), generations: new Map() };

/** A registry after an operation, with what the operation answers; or why it was refused, with nothing changed. */
export type OwnerResult<T> =
  | { readonly ok: true; readonly owners: OwnerRegistry; readonly value: T }
  | { readonly ok: false; readonly error: OwnerError };

export const ownerOf = (owners: OwnerRegistry, session: string): OwnerCapability | undefined =>
  owners.records.get(session);

const put = (owners: OwnerRegistry, capability: OwnerCapability): OwnerRegistry => ({
  records: new Map(owners.records).set(capability.session, capability),
  generations: new Map(owners.generations).set(capability.session, capability.generation),
});

/**
 * Takes a session that nobody owns, in the next generation and whole. The
 * owner claiming again gets what it has; anybody else is refused
 * (`OwnerConflict`).
 *
 * @example claimOwner(emptyOwners, "s-1", "ada") // generation 1, scope session
 */
export const claimOwner = (
  owners: OwnerRegistry,
  session: string,
  owner: string,
): OwnerResult<OwnerCapability> => {
  const held = owners.records.get(session);
  if (held?.owner === owner) return { ok: true, owners, value: held };
  if (held !== undefined)
    return {
      ok: false,
      error: { code: "PAR8302", variant: "OwnerConflict", session, existing: held.owner, requested: owner },
    };
  const generation = (owners.generations.get(session) ?? 0) + 1;
  const value = { session, owner, generation, scope: sessionScope };
  return { ok: true, owners: put(owners, value), value };
};

/**
 * Whether a capability counts now, asked in the order: there is an owner, it
 * is this one, the capability is for this session, generation and scope are
 * the present ones.
 */
export const checkOwner = (
  owners: OwnerRegistry,
  session: string,
  presented: OwnerCapability,
): OwnerError | undefined => {
  const held = owners.records.get(session);
  if (held === undefined) return { code: "PAR8301", variant: "MissingOwner", session };
  if (held.owner !== presented.owner)
    return {
      code: "PAR8303",
      variant: "OwnerMismatch",
      session,
      owner: held.owner,
      presented: presented.owner,
    };
  if (presented.session !== session)
    return {
      code: "PAR8304",
      variant: "CapabilitySessionMismatch",
      session,
      presented: presented.session,
    };
  if (held.generation === presented.generation && sameScope(held.scope, presented.scope)) return undefined;
  return {
    code: "PAR8305",
    variant: "CapabilityMismatch",
    session,
    current: held.generation,
    presented: presented.generation,
    scope: showScope(held.scope),
  };
};

/** Hands a session to another owner, in the next generation, with a scope of its own; needs a capability that counts. */
export const transferOwner = (
  owners: OwnerRegistry,
  presented: OwnerCapability,
  to: string,
  scope: OwnerScope,
): OwnerResult<OwnerCapability> => {
  const error = checkOwner(owners, presented.session, presented);
  if (error !== undefined) return { ok: false, error };
  const value = { session: presented.session, owner: to, generation: presented.generation + 1, scope };
  return { ok: true, owners: put(owners, value), value };
};

/** Gives a session up; its generation is remembered. */
export const releaseOwner = (owners: OwnerRegistry, presented: OwnerCapability): OwnerResult<null> => {
  const error = checkOwner(owners, presented.session, presented);
  if (error !== undefined) return { ok: false, error };
  const records = new Map(owners.records);
  records.delete(presented.session);
  return { ok: true, owners: { ...owners, records }, value: null };
};
