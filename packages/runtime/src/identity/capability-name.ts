/** What is wrong with the name of a capability (spec/aura-state.md §14). */
export type CapabilityNameError =
  | { readonly code: "Empty" }
  | { readonly code: "Invalid"; readonly value: string };

/**
 * Why `name` is no capability's: it is empty, or has another character than
 * `a–z 0–9 _ : -`; nothing when it is one.
 *
 * @example capabilityNameError("Amp:Send") // { code: "Invalid", value: "Amp:Send" }
 */
export const capabilityNameError = (name: string): CapabilityNameError | undefined => {
  if (name === "") return { code: "Empty" };
  return /^[a-z0-9_:-]+$/.test(name) ? undefined : { code: "Invalid", value: name };
};

/** The capability that a generic operation needs; any other operation needs the one of its own name. */
const needs: { readonly [operation: string]: string } = {
  list: "read",
  update: "write",
  append: "write",
};

/**
 * The capability an operation requires: `read` for read and list, `write` for
 * write, update and append, else the one of the same name (spec §14).
 */
export const requiredCapability = (operation: string): string =>
  Object.hasOwn(needs, operation) ? (needs[operation] ?? operation) : operation;
