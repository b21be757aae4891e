import { create } from "zustand";

/**
 * What is looked at, everywhere at once: a span of the source, a message, an
 * automaton's state, an instruction, a log entry (ui principle 2). `edge` is
 * the kernel's edge id; `seq` a position of the open session.
 */
export interface Selection {
  readonly edge?: string;
  readonly seq?: number;
  /** Which event of that position, where one is meant. */
  readonly index?: number;
  readonly role?: string;
  readonly span?: { readonly start: number; readonly end: number };
  /** Where the click came from, so that a view does not scroll to itself. */
  readonly source?:
    | "editor"
    | "sequence"
    | "roles"
    | "automaton"
    | "events"
    | "machine"
    | "twin"
    | "url"
    | "problems";
}

interface SelectionState {
  readonly selection: Selection;
  readonly past: readonly Selection[];
  readonly future: readonly Selection[];
  select(selection: Selection): void;
  clear(): void;
  back(): void;
  forward(): void;
}

const HISTORY = 100;

const same = (a: Selection, b: Selection): boolean =>
  a.edge === b.edge && a.seq === b.seq && a.role === b.role;

export const useSelection = create<SelectionState>((set) => ({
  selection: {},
  past: [],
  future: [],
  select: (selection) =>
    set((state) =>
      same(state.selection, selection)
        ? { selection }
        : { selection, past: [...state.past, state.selection].slice(-HISTORY), future: [] },
    ),
  clear: () =>
    set((state) =>
      same(state.selection, {}) ? {} : { selection: {}, past: [...state.past, state.selection], future: [] },
    ),
  back: () =>
    set(({ selection, past, future }) => {
      const previous = past.at(-1);
      return previous ? { selection: previous, past: past.slice(0, -1), future: [selection, ...future] } : {};
    }),
  forward: () =>
    set(({ selection, past, future }) => {
      const [next, ...rest] = future;
      return next ? { selection: next, past: [...past, selection], future: rest } : {};
    }),
}));

/** `2.Card.0#1` and `2.Card.0` name legs of the same statement. */
export const statementOf = (edge: string): string => edge.replace(/#\d+$/, "");

/** Whether an edge id is the selected message or a leg of it. */
export const isSelected = (selected: string | undefined, edge: string): boolean =>
  selected !== undefined && (selected === edge || statementOf(selected) === statementOf(edge));
