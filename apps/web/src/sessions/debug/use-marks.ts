import { useMemo } from "react";
import { create } from "zustand";
import { type Marks, noMarks, readMarks } from "./marks.ts";

const keyOf = (protocol: string): string => `parley.marks.${protocol}`;

const load = (protocol: string): Marks => {
  try {
    return readMarks(localStorage.getItem(keyOf(protocol)));
  } catch {
    return noMarks;
  }
};

/** Breakpoints and expressions by protocol; kept in this browser. */
const useStore = create<{ readonly byProtocol: Readonly<Record<string, Marks>> }>(() => ({ byProtocol: {} }));

export const marksOf = (protocol: string): Marks =>
  useStore.getState().byProtocol[protocol] ?? load(protocol);

/** Changes the marks of a protocol. A browser that keeps nothing forgets them with the page. */
export const changeMarks = (protocol: string, change: (marks: Marks) => Marks): void => {
  const next = change(marksOf(protocol));
  useStore.setState(({ byProtocol }) => ({ byProtocol: { ...byProtocol, [protocol]: next } }));
  try {
    localStorage.setItem(keyOf(protocol), JSON.stringify(next));
  } catch {
    // Full, or forbidden.
  }
};

export const useMarks = (protocol: string): Marks => {
  const known = useStore(({ byProtocol }) => byProtocol[protocol]);
  return useMemo(() => known ?? load(protocol), [known, protocol]);
};
