import type { SessionView } from "@parley/wire/http";
import { showScope } from "../../ownership/index.ts";
import type { HostCore } from "../core.ts";
import { rootSession } from "../handover/ownership-at.ts";
import type { SessionState } from "../session/session-state.ts";
import { topologyText } from "./summary.ts";

type Lanes = NonNullable<SessionView["lanes"]>;

const ownershipLane = (core: HostCore, id: string, head: number): Lanes["ownership"] => {
  const root = rootSession(core, id, head);
  const { handovers, released } = core.workspace.durable.handover;
  const moved = (handovers.get(root.id) ?? []).flatMap(({ input, witness, at }) => {
    const { ownershipReceipt: receipt } = witness;
    if (receipt === undefined || input.position > root.at) return [];
    const scope = showScope(receipt.scope);
    return [
      {
        seq: input.position,
        at,
        owner: receipt.toOwner,
        generation: receipt.toGeneration,
        scope,
        bundle: witness.bundle,
      },
    ];
  });
  const first = handovers.get(root.id)?.[0]?.input.presented;
  if (moved.length === 0 || first === undefined) return [];
  const { owner, generation: before } = first;
  const all = [
    { seq: 0, at: 0, owner, generation: before, scope: showScope(first.scope), bundle: null },
    ...moved,
  ];
  const ended = released.get(root.id);
  if (ended === undefined || ended.position > root.at) return all;
  const { generation } = ended.owner;
  return [
    ...all,
    { seq: ended.position, at: ended.at, owner: null, generation, scope: "nothing", bundle: null },
  ];
};

/**
 * What changed when over a session up to `head`: its owners, once there was
 * more than one; what was broken and mended. Nothing where nothing ever did.
 */
export const sessionLanes = (
  core: HostCore,
  { topology, stream }: SessionState,
  head: number,
): Pick<SessionView, "lanes"> => {
  const ownership = ownershipLane(core, stream, head);
  if (ownership.length + topology.length === 0) return {};
  const pair = ([from, to]: readonly [string, string]) => ({ from, to });
  return {
    lanes: {
      ownership,
      topology: topology.map(({ position, at, event, crashed, cut, garbled }) => ({
        seq: position,
        at,
        event: topologyText(event),
        crashed: [...crashed],
        cut: cut.map(pair),
        garbled: garbled.map(pair),
      })),
    },
  };
};
