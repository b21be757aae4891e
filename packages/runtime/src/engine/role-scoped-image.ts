import { type BoundProtocol, type LocalType, project } from "@parley/core";
import { encodeCanonical, hashBytes } from "@parley/wire";
import { type CodeImage, compileImage } from "../machine/code/image.ts";
import type { ValueType } from "../machine/code/value-type.ts";

/** Why there is no image for a role alone (spec/aura-runtime.md §9.4). */
export interface RoleScopedImageError {
  readonly code: "PAR8274";
  readonly variant: "RoleScopedImage";
  readonly role: string;
  readonly reason: string;
}

export type RoleScopedImage =
  | { readonly ok: true; readonly image: CodeImage }
  | { readonly ok: false; readonly error: RoleScopedImageError };

/** Local types by role, a family's members each under its own name. */
export type LocalTypes = Readonly<Record<string, LocalType>>;

const ended: LocalType = { kind: "end" };

/** On the bridge a payload is the text of its bytes in hex; a message without one stays without. */
const bridged = (payload: { readonly sort: string }): ValueType =>
  payload.sort === "Unit" ? { kind: "unit" } : { kind: "str" };

const familyOf = (role: string): string => role.replace(/\[\d+\]$/, "");

const programOf = (role: string, type: LocalType): string =>
  hashBytes(encodeCanonical(compileImage({ version: "", locals: new Map([[role, type]]) }).programs));

const projectionFault = (globalType: BoundProtocol, role: string, type: LocalType): string | undefined => {
  const projected = project(globalType, role);
  if (!projected.ok) return "the global type has no projection for it";
  return programOf(role, projected.local) === programOf(role, type)
    ? undefined
    : "its local type is not the projection of the global type";
};

/**
 * The image in which one role has its program and everybody else has ended,
 * so that it can be run where the others are not (model §6). The role must be
 * one the manifest lists, have a local type, and that type must be what the
 * global type projects to.
 */
export const roleScopedImage = (
  role: string,
  roleNames: readonly string[],
  globalType: BoundProtocol,
  localTypes: LocalTypes,
): RoleScopedImage => {
  const refused = (reason: string): RoleScopedImage => ({
    ok: false,
    error: { code: "PAR8274", variant: "RoleScopedImage", role, reason },
  });
  if (!roleNames.includes(familyOf(role))) return refused("the manifest lists no such role");
  const type = Object.hasOwn(localTypes, role) ? localTypes[role] : undefined;
  if (type === undefined) return refused("there is no local type for it");
  if (!globalType.roles.includes(role)) return refused("the global type has no such role");
  const fault = projectionFault(globalType, role, type);
  if (fault !== undefined) return refused(fault);
  const locals = new Map(globalType.roles.map((name) => [name, name === role ? type : ended]));
  return { ok: true, image: compileImage({ version: "", locals, valueType: bridged }) };
};
