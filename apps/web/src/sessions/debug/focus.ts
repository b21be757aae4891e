import { create } from "zustand";

/** Only the past of one event is shown: everything else is folded away. */
export interface Focus {
  readonly session: string;
  readonly seq: number;
  readonly text: string;
  /** Positions of its causal past, in order. */
  readonly past: readonly number[];
  /** The first position that was looked at; earlier ones are shown as they are. */
  readonly from: number;
}

export const useFocusStore = create<{ readonly focus: Focus | undefined }>(() => ({ focus: undefined }));

export const setFocus = (focus: Focus | undefined): void => useFocusStore.setState({ focus });

/** The fold of the open session. */
export const useFocus = (session: string): Focus | undefined =>
  useFocusStore(({ focus }) => (focus?.session === session ? focus : undefined));

/** Whether a position stays when everything outside the past is folded. */
export const staysIn = ({ past, from }: Focus): ((seq: number) => boolean) => {
  const kept = new Set(past);
  return (seq) => seq < from || kept.has(seq);
};

/** Positions shown of `0 … head` while folded: all before what was looked at, and the past. */
export const shownPositions = (focus: Focus, head: number): readonly number[] => [
  ...Array.from({ length: Math.min(focus.from, head + 1) }, (_, seq) => seq),
  ...focus.past.filter((seq) => seq >= focus.from && seq <= head),
];
