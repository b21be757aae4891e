import type { EffectCommand } from "./effect-command.ts";

/** A list of commands that would send before it paid (spec/aura-state.md §12.3). */
export type CommandOrderError =
  | { readonly code: "PAR7620"; readonly kind: "charge-after-send"; readonly index: number }
  | { readonly code: "PAR7621"; readonly kind: "missing-charge-before-send"; readonly index: number };

/**
 * Whether every send of a list is paid for before it goes: the first breach,
 * with the index of the command, or undefined. A charge after a send is named
 * before a send without any.
 *
 * @example checkCommandOrder([send, charge])?.kind // "charge-after-send"
 */
export const checkCommandOrder = (commands: readonly EffectCommand[]): CommandOrderError | undefined => {
  const send = commands.findIndex(({ kind }) => kind === "sendEnvelope");
  if (send < 0) return undefined;
  const late = commands.findIndex(({ kind }, i) => i > send && kind === "chargeBudget");
  if (late >= 0) return { code: "PAR7620", kind: "charge-after-send", index: late };
  const paid = commands.slice(0, send).some(({ kind }) => kind === "chargeBudget");
  return paid ? undefined : { code: "PAR7621", kind: "missing-charge-before-send", index: send };
};
