import { useCallback, useEffect, useRef, useState } from "react";
import { ApiError, api } from "../api/api.ts";
import { noteText } from "../editor/studio-files.ts";

export type SaveState =
  | { readonly kind: "saved" }
  | { readonly kind: "unsaved" }
  | { readonly kind: "saving" }
  | { readonly kind: "failed"; readonly reason: string }
  /** Another tab saved first; `theirs` is its text. */
  | { readonly kind: "conflict"; readonly theirs: string; readonly revision: number };

interface Kept {
  readonly text: string;
  readonly revision: number;
}

const DELAY_MS = 600;
const keyOf = (id: string): string => `parley.draft.${id}`;

/** The copy this browser keeps until the server has the text: closing the tab loses nothing. */
export const keptText = (id: string): Kept | undefined => {
  try {
    const stored = localStorage.getItem(keyOf(id));
    return stored === null ? undefined : (JSON.parse(stored) as Kept);
  } catch {
    return undefined;
  }
};

const keep = (id: string, kept: Kept | undefined): void => {
  try {
    if (kept) localStorage.setItem(keyOf(id), JSON.stringify(kept));
    else localStorage.removeItem(keyOf(id));
  } catch {
    // A full or blocked storage: the server's copy is then the only one, and the state says whether it has it.
  }
};

const conflictOf = (error: unknown): { readonly source: string; readonly revision: number } | undefined => {
  if (!(error instanceof ApiError) || error.problem.status !== 409) return undefined;
  const current = error.problem.fields?.current as { source: string; revision: number } | null | undefined;
  return current ?? undefined;
};

export interface DraftControl {
  readonly text: string;
  readonly state: SaveState;
  edit(text: string): void;
  /** Saves at once; resolves when the server has the text, or could not take it. */
  flush(): Promise<boolean>;
  /** After a conflict: keep this text over theirs. */
  keepMine(): void;
  /** After a conflict: go on from their text. */
  takeTheirs(): string | undefined;
}

/** Autosave: a short while after the last key, on leaving, and never over somebody else's edit. */
export const useDraft = (id: string, initial: string, initialRevision: number): DraftControl => {
  const [text, setText] = useState(initial);
  const [state, setState] = useState<SaveState>({ kind: "saved" });
  const latest = useRef({ text: initial, saved: initial, revision: initialRevision, saving: false });
  const stateRef = useRef(state);
  stateRef.current = state;

  const flush = useCallback(async (): Promise<boolean> => {
    const now = latest.current;
    if (now.saving || stateRef.current.kind === "conflict") return false;
    if (now.text === now.saved) return true;
    now.saving = true;
    setState({ kind: "saving" });
    const sent = now.text;
    try {
      const { revision } = await api.protocols.putDraft(id, sent, now.revision);
      now.revision = revision;
      now.saved = sent;
      now.saving = false;
      noteText(id, sent);
      if (now.text === sent) {
        keep(id, undefined);
        setState({ kind: "saved" });
        return true;
      }
      return flush();
    } catch (error) {
      now.saving = false;
      const theirs = conflictOf(error);
      if (theirs && theirs.source === now.text) {
        now.revision = theirs.revision;
        now.saved = theirs.source;
        setState({ kind: "saved" });
        return true;
      }
      setState(
        theirs
          ? { kind: "conflict", theirs: theirs.source, revision: theirs.revision }
          : { kind: "failed", reason: error instanceof Error ? error.message : String(error) },
      );
      return false;
    }
  }, [id]);

  const edit = useCallback(
    (next: string): void => {
      latest.current.text = next;
      setText(next);
      if (next === latest.current.saved) {
        // Typed and taken back: the server has this text already.
        keep(id, undefined);
        setState((before) => (before.kind === "unsaved" ? { kind: "saved" } : before));
        return;
      }
      keep(id, { text: next, revision: latest.current.revision });
      setState((before) => (before.kind === "conflict" ? before : { kind: "unsaved" }));
    },
    [id],
  );

  useEffect(() => {
    if (text === latest.current.saved) return;
    const timer = setTimeout(() => void flush(), DELAY_MS);
    return () => clearTimeout(timer);
  }, [text, flush]);

  useEffect(() => {
    const leave = (): void => {
      if (document.visibilityState === "hidden") void flush();
    };
    document.addEventListener("visibilitychange", leave);
    return () => {
      document.removeEventListener("visibilitychange", leave);
      void flush();
    };
  }, [flush]);

  return {
    text,
    state,
    edit,
    flush,
    keepMine: () => {
      if (state.kind !== "conflict") return;
      latest.current.revision = state.revision;
      stateRef.current = { kind: "unsaved" };
      setState({ kind: "unsaved" });
      void flush();
    },
    takeTheirs: () => {
      if (state.kind !== "conflict") return undefined;
      Object.assign(latest.current, { text: state.theirs, saved: state.theirs, revision: state.revision });
      keep(id, undefined);
      setText(state.theirs);
      setState({ kind: "saved" });
      return state.theirs;
    },
  };
};
