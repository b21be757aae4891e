import { useMemo } from "react";
import { type SessionAction, useActionsOfSession } from "../sessions/use-actions-of-session.ts";
import { useAddress } from "../sessions/use-address.ts";

/** Keys of the ownership of an open session. */
export const useOwnershipActions = (session: string): void => {
  const { set } = useAddress(session);
  useActionsOfSession(
    useMemo<readonly SessionAction[]>(
      () => [["ownership", "Show who owns the session", ["g w"], () => set({ side: "ownership" })]],
      [set],
    ),
  );
};
