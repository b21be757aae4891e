import { useState } from "react";
import { queryClient } from "../api/query-client.ts";

/** A command on its way, and the refusal of the last one. */
export interface Command {
  readonly busy: boolean;
  readonly error: unknown;
  /** Sends it; afterwards the named queries are read again. False when it was refused. */
  readonly run: <T>(work: () => Promise<T>, done?: (answer: T) => void) => Promise<boolean>;
  readonly clear: () => void;
}

/** Sends commands one at a time and keeps why the last one was refused; `stale` are the queries they change. */
export const useCommand = (...stale: readonly (readonly string[])[]): Command => {
  const [state, setState] = useState<{ busy: boolean; error: unknown }>({ busy: false, error: undefined });
  const run: Command["run"] = async (work, done) => {
    setState({ busy: true, error: undefined });
    try {
      const answer = await work();
      await Promise.all(stale.map((queryKey) => queryClient.invalidateQueries({ queryKey })));
      setState({ busy: false, error: undefined });
      done?.(answer);
      return true;
    } catch (error) {
      setState({ busy: false, error });
      return false;
    }
  };
  return { ...state, run, clear: () => setState({ busy: false, error: undefined }) };
};
