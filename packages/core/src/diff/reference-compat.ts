import { parse } from "../parse.ts";
import { renderReference } from "../reference/render.ts";
import { type AsyncSubtypeError, asyncSubtype, isInconclusive } from "../theory/async-subtype.ts";
import { compareText } from "../theory/label.ts";
import { decodeLocal, type LocalJson } from "../theory/local-type-r.ts";

/** The reference's answer for one role of both versions. */
export interface ReferenceRoleCompat {
  readonly role: string;
  readonly ok: boolean;
  /** Why not; `UnfoldLimitExceeded` leaves it open, and still counts as failed. */
  readonly error?: AsyncSubtypeError;
  readonly inconclusive?: true;
}

/** The reference's own check, or which version it cannot read. */
export type ReferenceCompat =
  | { readonly ok: true; readonly compatible: boolean; readonly roles: readonly ReferenceRoleCompat[] }
  | { readonly ok: false; readonly side: "old" | "new"; readonly why: string };

const localsOf = (source: string): Readonly<Record<string, LocalJson>> | string => {
  const { file, diagnostics } = parse(source);
  const { parse: read, compile, locals, locals_error } = renderReference(file, diagnostics, source);
  if (!read.ok) return "it cannot be read";
  if (compile !== undefined && !compile.ok) return compile.message;
  return locals ?? `it has no local types of the theory (${locals_error?.kind ?? "too large"})`;
};

/**
 * The check of the reference (spec/language §23), with its orientation: per
 * role of both versions, sorted, the new local type as an asynchronous
 * subtype of the old one. It demands the same labels phase by phase, does not
 * look at payloads, and gives up on loops that talk.
 */
export const referenceCompat = (oldText: string, newText: string): ReferenceCompat => {
  const old = localsOf(oldText);
  if (typeof old === "string") return { ok: false, side: "old", why: old };
  const now = localsOf(newText);
  if (typeof now === "string") return { ok: false, side: "new", why: now };
  const roles = Object.keys(old)
    .filter((role) => Object.hasOwn(now, role))
    .sort(compareText)
    .map((role): ReferenceRoleCompat => {
      const error = asyncSubtype(decodeLocal(now[role]), decodeLocal(old[role]));
      if (error === undefined) return { role, ok: true };
      return { role, ok: false, error, ...(isInconclusive(error) ? { inconclusive: true as const } : {}) };
    });
  return { ok: true, compatible: roles.every(({ ok }) => ok), roles };
};
