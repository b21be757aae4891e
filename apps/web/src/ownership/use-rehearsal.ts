import type { HandoffStage } from "@parley/wire";
import type { Delegated, OwnershipView, PreviewDelegation } from "@parley/wire/http";
import { useState } from "react";
import { api } from "../api/api.ts";
import { keys, queryClient } from "../api/query-client.ts";

/** A handoff that was made to fail: the ownership as it was read just before and just after. */
export interface Rehearsed {
  readonly stage: HandoffStage;
  readonly before: OwnershipView;
  readonly after: OwnershipView;
}

export interface Rehearsal {
  readonly tried: Rehearsed | undefined;
  /** Always refused: by what was asked for, else by what stands against the handoff anyway. */
  readonly rehearse: (stage: HandoffStage, request: PreviewDelegation) => Promise<Delegated>;
  readonly clear: () => void;
}

/** Makes handoffs of a session fail, and keeps what the last one left. */
export const useRehearsal = (session: string): Rehearsal => {
  const [tried, setTried] = useState<Rehearsed>();
  const rehearse: Rehearsal["rehearse"] = async (stage, request) => {
    const before = await api.ownership.get(session);
    try {
      const asked = { ...request, expectedHead: before.head, failAt: stage };
      return await api.ownership.delegate(session, asked);
    } finally {
      setTried({ stage, before, after: await api.ownership.get(session) });
      void queryClient.invalidateQueries({ queryKey: keys.ownership(session) });
    }
  };
  return { tried, rehearse, clear: () => setTried(undefined) };
};
