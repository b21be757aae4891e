import { legacyForm } from "./legacy-form.ts";

/** What `upgrade` made of a text. */
export type Upgrade =
  /** In the language's own shape already. */
  | { readonly kind: "current" }
  | { readonly kind: "upgraded"; readonly form: string; readonly text: string }
  | { readonly kind: "unreadable"; readonly form: string; readonly why: string };

/**
 * Rewrites a text in one of the forms the guides print (`tell! { … }`,
 * `choreography!`, the braces of a `.choreo` file) into the canonical shape,
 * with the same meaning (inventory 26, 27, 279).
 *
 * @example upgrade("tell! { protocol P { roles: A, B; A -> B: M(T); } }").kind // "upgraded"
 */
export function upgrade(source: string): Upgrade {
  const form = legacyForm(source);
  if (form === undefined) return { kind: "current" };
  return form.upgraded.ok
    ? { kind: "upgraded", form: form.name, text: form.upgraded.text }
    : { kind: "unreadable", form: form.name, why: form.upgraded.why };
}
