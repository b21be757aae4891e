import type { DelegateSession } from "@parley/wire/http";
import { operator } from "../host/caller.ts";
import type { Host } from "../host/host-api.ts";
import type { Result } from "../host/host-error.ts";
import { hostFixture } from "./host-fixture.ts";
import { linkedCatalogue } from "./linked-source.ts";

/** The value of a result that must not be a refusal. */
export const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

/** Code and name of a refusal. */
export const refusal = (result: Result<unknown>) =>
  result.ok
    ? "accepted"
    : {
        code: result.error.code,
        variant: "variant" in result.error ? result.error.variant : result.error.kind,
      };

/** ada gives, bea takes. */
export const seats = [
  { role: "Giver", authority: "ada", device: "ada-phone" },
  { role: "Taker", authority: "bea", device: "bea-phone" },
];

/** A session that may be cut, just opened by ada. */
export const start = async () => {
  const fixture = await hostFixture({ seed: linkedCatalogue });
  const opened = must(
    await fixture.host.openSession(operator, {
      protocol: "moving",
      seats,
      grant: "declared",
      clock: "manual",
    }),
  );
  return { ...fixture, id: opened.session.id };
};

/** Hands on what the session's owner holds now. */
export const ask = async (host: Host, id: string, to: string, more: Partial<DelegateSession> = {}) => {
  const { owner, generation, head } = must(await host.ownership(id));
  if (owner === null) throw new Error(`nobody owns ${id} at generation ${generation}`);
  const presented = { owner: owner.owner, generation: owner.generation };
  return { presented, to, bundle: "moving", expectedHead: head, ...more };
};

/** Hands the session on to somebody. */
export const handOn = async (host: Host, id: string, to: string, more: Partial<DelegateSession> = {}) =>
  host.delegateSession(operator, id, await ask(host, id, to, more));

/** Everything a handoff could change. */
export const standing = async (host: Host, id: string) => {
  const { owner, generation, fragments, boundary, receipts, lineage, head } = must(await host.ownership(id));
  const { footprints, bundles, upgrades, delegations } = await host.reconfiguration();
  return {
    owner,
    generation,
    fragments,
    boundary,
    receipts,
    lineage,
    head,
    footprints,
    bundles,
    upgrades,
    delegations,
  };
};

/** What an authority has to do with sessions. */
export const footprintOf = async (host: Host, authority: string) =>
  (await host.reconfiguration()).footprints.find((one) => one.authority === authority)?.footprint;
