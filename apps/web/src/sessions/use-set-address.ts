import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";

/** The parts of a session's address that its page changes. */
interface AddressPart {
  readonly tab?: string | undefined;
  readonly side?: string | undefined;
  readonly role?: string | undefined;
  readonly with?: string | undefined;
  readonly q?: string | undefined;
  readonly kind?: string | undefined;
  readonly receipt?: string | undefined;
}

/** Changes a part of a session's address without a step in the browser's history. */
export const useSetAddress = (id: string): ((part: AddressPart) => void) => {
  const navigate = useNavigate();
  return useCallback(
    (part) =>
      void navigate({
        to: "/sessions/$id",
        params: { id },
        search: (before) => ({ ...before, ...part }),
        replace: true,
      }),
    [navigate, id],
  );
};
