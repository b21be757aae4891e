import { displayId } from "./display-id.ts";
import { uuidBytes } from "./id-bytes.ts";
import { parseStoragePath } from "./storage-path.ts";

/** What can be done to an authority, with its cost in flow units (spec/aura-state.md §12.6). */
export const authorityOperations = {
  update_tree: 100,
  add_device: 75,
  remove_device: 75,
  rotate: 150,
  add_guardian: 200,
  remove_guardian: 200,
  modify_threshold: 300,
  revoke_device: 100,
} as const;

/** What can be done in a context, with its cost in flow units (spec/aura-state.md §12.6). */
export const contextOperations = {
  add_binding: 100,
  approve_recovery: 200,
  update_params: 50,
  recover_device_key: 250,
  recover_account_access: 300,
  update_guardian_set: 250,
  emergency_freeze: 500,
} as const;

/** A resource that a token is asked about (spec/aura-state.md §14). */
export type ResourceScope =
  | { readonly kind: "authority"; readonly authority: string; readonly operation: string }
  | { readonly kind: "context"; readonly context: string; readonly operation: string }
  | { readonly kind: "storage"; readonly authority: string; readonly path: string };

/** Why a text names no resource. */
export type ResourceScopeError =
  | "MissingLeadingSlash"
  | "MissingSegments"
  | "UnknownScopeType"
  | "InvalidAuthorityId"
  | "InvalidContextId"
  | "InvalidOperation"
  | "InvalidStoragePath";

/** A resource, or why there is none. */
export type ResourceScopeResult =
  | { readonly ok: true; readonly scope: ResourceScope }
  | { readonly ok: false; readonly error: ResourceScopeError };

const bad = (error: ResourceScopeError): ResourceScopeResult => ({ ok: false, error });

/** An id of Parley, or a UUID behind the prefix of its type; never the prefix of another type. */
const isId = (text: string, kind: "authority" | "context"): boolean => {
  if (!/^[A-Za-z0-9][A-Za-z0-9._:~-]{0,255}$/.test(text)) return false;
  const typed = /^(authority|context)-(.*)$/.exec(text);
  return typed === null || (typed[1] === kind && uuidBytes(typed[2] ?? "") !== undefined);
};

/**
 * Reads `/authority/<id>/<op>`, `/context/<id>/<op>` or
 * `/storage/<authority>/<path>`.
 *
 * @example parseResourceScope("/context/ctx:s-1/foo") // { ok: false, error: "InvalidOperation" }
 */
export const parseResourceScope = (text: string): ResourceScopeResult => {
  if (!text.startsWith("/")) return bad("MissingLeadingSlash");
  const [type = "", id = "", ...rest] = text.slice(1).split("/");
  if (type !== "" && type !== "authority" && type !== "context" && type !== "storage")
    return bad("UnknownScopeType");
  if (type === "" || id === "" || rest.length === 0) return bad("MissingSegments");
  const tail = rest.join("/");
  if (type === "context") {
    if (!isId(id, "context")) return bad("InvalidContextId");
    if (!Object.hasOwn(contextOperations, tail)) return bad("InvalidOperation");
    return { ok: true, scope: { kind: "context", context: id, operation: tail } };
  }
  if (!isId(id, "authority")) return bad("InvalidAuthorityId");
  if (type === "authority") {
    if (!Object.hasOwn(authorityOperations, tail)) return bad("InvalidOperation");
    return { ok: true, scope: { kind: "authority", authority: id, operation: tail } };
  }
  const path = parseStoragePath(tail);
  if (!path.ok) return bad("InvalidStoragePath");
  return { ok: true, scope: { kind: "storage", authority: id, path: path.path } };
};

/** The text of a resource: what an attenuation's prefix is matched against. */
export const resourceText = (scope: ResourceScope): string => {
  switch (scope.kind) {
    case "authority":
      return `/authority/${displayId("authority", scope.authority)}/${scope.operation}`;
    case "context":
      return `/context/${displayId("context", scope.context)}/${scope.operation}`;
    case "storage":
      return `/storage/${displayId("authority", scope.authority)}/${scope.path}`;
  }
};
