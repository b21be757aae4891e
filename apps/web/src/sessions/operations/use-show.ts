import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { useOpenSession } from "../session-context.ts";

/** Shows the panel of operations, or the text, beside what else the address says. */
export const useShow = (): ((part: { readonly side?: "operations"; readonly tab?: "source" }) => void) => {
  const { id } = useOpenSession().data;
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
