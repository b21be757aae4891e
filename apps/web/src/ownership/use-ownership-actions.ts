import { useMemo } from "react";
import type { Action } from "../actions/action.ts";
import { useActions } from "../actions/registry.ts";
import { useAddress } from "../sessions/use-address.ts";

/** Keys of the ownership of an open session. */
export const useOwnershipActions = (session: string): void => {
  const { set } = useAddress(session);
  useActions(
    useMemo<readonly Action[]>(
      () => [
        {
          id: "session.ownership",
          label: "Show who owns the session",
          group: "Session",
          keys: ["g w"],
          run: () => set({ side: "ownership" }),
        },
      ],
      [set],
    ),
  );
};
