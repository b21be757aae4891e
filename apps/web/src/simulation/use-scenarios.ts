import type { ScenarioDetail } from "@parley/wire/http";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { ApiError, api } from "../api/api.ts";
import { queryClient } from "../api/query-client.ts";
import { toast, toastProblem } from "../ui/toast.tsx";

const keyOf = (protocol: string) => ["protocols", protocol, "scenarios"] as const;
const storedUnder = (protocol: string, name: string): string => `parley.scenario.${protocol}.${name}`;

/** What was written and not saved yet, kept by this browser until it is. */
interface Unsaved {
  readonly text: string;
  readonly base: number;
}

const kept = (protocol: string, name: string): Unsaved | undefined => {
  try {
    const stored = localStorage.getItem(storedUnder(protocol, name));
    return stored === null ? undefined : (JSON.parse(stored) as Unsaved);
  } catch {
    return undefined;
  }
};

const keep = (protocol: string, name: string, unsaved: Unsaved | undefined): void => {
  try {
    if (unsaved) localStorage.setItem(storedUnder(protocol, name), JSON.stringify(unsaved));
    else localStorage.removeItem(storedUnder(protocol, name));
  } catch {
    // A full or blocked storage: what is unsaved is then lost with the page.
  }
};

const refresh = (protocol: string): Promise<void> =>
  queryClient.invalidateQueries({ queryKey: keyOf(protocol) });

/** The scenario another tab saved first, if that is what went wrong. */
const conflictOf = (error: unknown): { readonly source: string; readonly revision: number } | undefined => {
  if (!(error instanceof ApiError) || error.problem.code !== "PAR7104") return undefined;
  return (error.problem.fields?.current as { source: string; revision: number } | null) ?? undefined;
};

/** The scenarios of a protocol as the server has them. */
export const useScenarios = (protocol: string) => {
  const { data, error, refetch } = useQuery({
    queryKey: keyOf(protocol),
    queryFn: () => api.scenarios.list(protocol),
  });
  const remove = useCallback(
    async (name: string): Promise<void> => {
      try {
        await api.scenarios.remove(protocol, name);
        keep(protocol, name, undefined);
        await refresh(protocol);
        const undo = async (): Promise<void> => {
          await api.scenarios.restore(protocol, name);
          await refresh(protocol);
        };
        toast({ text: `Deleted ${name}`, undo: () => void undo().catch(toastProblem) });
      } catch (cause) {
        toastProblem(cause);
      }
    },
    [protocol],
  );
  return { items: data?.items, error, refetch, remove };
};

/** One scenario being edited. */
export interface ScenarioDraft {
  readonly text: string;
  /** Differs from what the server has. */
  readonly dirty: boolean;
  /** Changes whenever the text was set from outside the editor. */
  readonly epoch: number;
  readonly edit: (text: string) => void;
  /** Puts a whole text in place of the one there is. */
  readonly replace: (text: string) => void;
  readonly save: () => Promise<boolean>;
}

/** Edits a scenario, or a new one that nobody has saved yet; `initial` is its first text. */
export const useScenarioDraft = (
  protocol: string,
  name: string,
  stored: ScenarioDetail | undefined,
  initial: string,
): ScenarioDraft => {
  const [unsaved, setUnsaved] = useState(() => kept(protocol, name));
  const [epoch, setEpoch] = useState(0);
  const source = stored?.text ?? initial;
  const text = unsaved?.text ?? source;
  const base = unsaved?.base ?? stored?.revision ?? 0;
  const dirty = stored === undefined || text !== stored.text;
  const edit = useCallback(
    (next: string): void => {
      const change = stored !== undefined && next === stored.text ? undefined : { text: next, base };
      keep(protocol, name, change);
      setUnsaved(change);
    },
    [protocol, name, stored, base],
  );
  const replace = (next: string): void => {
    edit(next);
    setEpoch((before) => before + 1);
  };
  const save = async (): Promise<boolean> => {
    try {
      await api.scenarios.put(protocol, name, text, base);
      await refresh(protocol);
      keep(protocol, name, undefined);
      setUnsaved(undefined);
      return true;
    } catch (cause) {
      const theirs = conflictOf(cause);
      if (theirs === undefined) toastProblem(cause);
      else {
        // The next save is meant to go over it; until then theirs can be had.
        setUnsaved({ text, base: theirs.revision });
        toast({
          text: `${name} was saved elsewhere meanwhile. Save again to keep this text; undo takes theirs.`,
          tone: "bad",
          undo: () => {
            keep(protocol, name, undefined);
            setUnsaved({ text: theirs.source, base: theirs.revision });
            setEpoch((before) => before + 1);
          },
        });
      }
      return false;
    }
  };
  return { text, dirty, epoch, edit, replace, save };
};

/** Saves a text under a name that is free; refused where it is not. */
export const saveScenarioAs = async (protocol: string, name: string, text: string): Promise<boolean> => {
  try {
    await api.scenarios.put(protocol, name, text, 0);
    await refresh(protocol);
    return true;
  } catch (cause) {
    if (conflictOf(cause)) toast({ text: `There is a scenario ${name} already`, tone: "bad" });
    else toastProblem(cause);
    return false;
  }
};
