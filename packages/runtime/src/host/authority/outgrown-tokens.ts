import { firstPartyCapabilities } from "../../identity/capability-vocabulary.ts";
import type { HostCore } from "../core.ts";
import { getFrom } from "../streams/persistent-map.ts";

/**
 * Devices that still present the token an earlier seed gave them, when the
 * first-party vocabulary has grown since. What a person issued, narrowed or
 * put in its place is left as it is: who made a token is in the entry that
 * issued it.
 */
export const outgrownTokens = async (
  core: Pick<HostCore, "authorities" | "store">,
  authority: string,
): Promise<ReadonlySet<string>> => {
  const state = core.authorities.get(authority)?.tentative;
  const outgrown = new Set<string>();
  for (const [device, { token }] of Object.entries(state?.tokens.presented ?? {})) {
    const kept = token === undefined || state === undefined ? undefined : getFrom(state.tokens.tokens, token);
    if (kept === undefined || kept.record.parent !== undefined) continue;
    const { capabilities } = kept.record;
    if (firstPartyCapabilities.every((name) => capabilities.includes(name))) continue;
    const [issued] = await core.store.read(authority, kept.seq, 1);
    const { kind, id } = issued?.entry.actor ?? {};
    if (kind === "policy" && id === "boot") outgrown.add(device);
  }
  return outgrown;
};
