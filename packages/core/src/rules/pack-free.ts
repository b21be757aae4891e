import type { SourceFile } from "../constructs/protocol/node.ts";

/** Kinds of protocols that stay without theorem packs, and why (inventory 90–102 and 131–136). */
const kinds: readonly { readonly pattern: RegExp; readonly reason: string }[] = [
  {
    pattern: /anonymous_?path|reply_?block|adaptive_?privacy|hold_?(?:deposit|retrieval|audit)|move_?receipt/,
    reason: "the protocols of adaptive privacy are admitted through their registry and stay without packs",
  },
  {
    pattern: /cover(?:_?traffic)?(?:_|$)|^cover/,
    reason: "cover traffic decides nothing, and asking for evidence would make it tell itself apart",
  },
  {
    pattern: /amp_?transport|data_?plane|onion|(?:move|transport)_?envelope|forward(?:ing)?(?:_|$)/,
    reason: "the data plane forwards what was admitted elsewhere; a pack would charge every message for it",
  },
  {
    pattern: /rendezvous/,
    reason: "rendezvous finds a peer and opens a channel; no authority or ownership changes hands",
  },
  {
    pattern: /^invitation(?:_exchange|_guardian)?\.|invitation_?exchange$|guardian_?invitation$/,
    reason: "a plain invitation is settled by its answer; what follows from it asks for its own evidence",
  },
  {
    pattern: /^invitation_device_enrollment\.|device_?enrollment$/,
    reason: "device enrollment is a candidate, and for now an explicit non-goal",
  },
  {
    pattern: /guardian_?membership/,
    reason: "the change of guardians is a candidate, and for now an explicit non-goal",
  },
  {
    pattern:
      /(?:^|[._])(?:fixture|baseline|current|example|demo|sample|test)s?(?:[._]|$)|(?:baseline|current|fixture)$/,
    reason: "a fixture is never launched, so nothing would be admitted by it",
  },
  {
    pattern: /^session_coordination\./,
    reason:
      "coordinating a session changes no authority, and the sessions it starts are admitted by themselves",
  },
  {
    pattern: /^dkd_protocol\./,
    reason: "what the key ceremony needs is asked for by its startup capabilities",
  },
  {
    pattern: /^guardian_auth_relational\./,
    reason: "authentication proves itself by its signatures; symmetry with recovery is no reason",
  },
  {
    pattern: /^epoch_rotation\./,
    reason:
      "its termination bound is asked for by the startup capabilities; symmetry with the device rotation is no reason",
  },
  {
    pattern: /^aura_consensus\./,
    reason: "its evidence is checked by the consensus profiles, and the pack for it is only reserved",
  },
];

const snake = (name: string): string => name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toLowerCase();

/** Why this protocol should stay without theorem packs; `undefined` when nothing speaks against one. */
export function packFreeReason({ module, protocol }: SourceFile): string | undefined {
  if (protocol === undefined) return undefined;
  const qualified = `${snake(module?.name.text ?? "")}.${snake(protocol.name.text)}`;
  return kinds.find(({ pattern }) => pattern.test(qualified))?.reason;
}
