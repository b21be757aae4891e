import { useSyncExternalStore } from "react";

const query = matchMedia("(max-width: 700px)");
const subscribe = (notify: () => void): (() => void) => {
  query.addEventListener("change", notify);
  return () => query.removeEventListener("change", notify);
};

/** Whether the window is as narrow as a phone. */
export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => query.matches);
