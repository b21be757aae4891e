import type { Actor, AuthorityInput, ContextInput, WorkspaceInput } from "@parley/wire";
import { noteSyncDeadlines } from "../authority/sync-tries.ts";
import { type HostCore, WORKSPACE } from "../core.ts";
import { emptyAuthority, foldAuthority } from "../streams/authority-state.ts";
import { type ContextState, emptyContext, foldContext } from "../streams/context-state.ts";
import { foldRecorded, type Prepared, registerEntry } from "../streams/register-entry.ts";
import { foldWorkspace } from "../streams/workspace-state.ts";
import { type Cell, newCell } from "./cell.ts";
import { type UnitPart, unitPart } from "./unit.ts";

/** Who asked, when, and under which key. */
export interface Asked {
  readonly actor: Actor;
  readonly now: number;
  readonly key?: string | undefined;
}

/** Folds inputs onto a state, one entry each. */
const chain = <S, I>(
  start: S,
  inputs: readonly I[],
  next: (state: S, input: I) => Prepared<S>,
): readonly Prepared<S>[] => {
  const prepared: Prepared<S>[] = [];
  let state = start;
  for (const input of inputs) {
    const one = next(state, input);
    prepared.push(one);
    state = one.state;
  }
  return prepared;
};

/** Entries for the workspace stream. */
export const workspacePart = (
  core: Pick<HostCore, "workspace">,
  inputs: readonly WorkspaceInput[],
  asked: Asked,
): UnitPart | undefined => {
  const cell = core.workspace;
  const prepared = chain(cell.tentative, inputs, (state, input) =>
    registerEntry(state, foldWorkspace, { ...asked, input }),
  );
  return unitPart({ stream: WORKSPACE, kind: "workspace", cell, prepared });
};

/** A new authority's stream, with its devices. */
export const authorityPart = (
  core: Pick<HostCore, "authorities">,
  stream: string,
  inputs: readonly AuthorityInput[],
  asked: Asked,
): UnitPart | undefined => {
  const cell = core.authorities.get(stream) ?? newCell(emptyAuthority(stream));
  core.authorities.set(stream, cell);
  const prepared = chain(cell.tentative, inputs, (state, input) =>
    registerEntry(state, foldAuthority, { ...asked, input }),
  );
  return unitPart({ stream, kind: "authority", cell, prepared });
};

/** Entries for a session's context stream. */
export const contextPart = (
  stream: string,
  cell: Cell<ContextState>,
  inputs: readonly ContextInput[],
  asked: Asked,
): UnitPart | undefined => {
  const prepared = chain(cell.tentative, inputs, (state, input) =>
    registerEntry(state, foldContext, { ...asked, input }),
  );
  return unitPart({ stream, kind: "context", cell, prepared });
};

const PAGE = 1_024;

/** Folds what a context's stream holds. */
const foldContextStream = async (core: Pick<HostCore, "store">, stream: string): Promise<ContextState> => {
  let state = emptyContext(stream);
  for (let from = 0; ; from += PAGE) {
    const page = await core.store.read(stream, from, PAGE);
    for (const stored of page)
      state = foldRecorded<ContextState, ContextInput>(state, foldContext, stored).state;
    if (page.length < PAGE) return state;
  }
};

/** The context cell of a stream, folded when it is first asked for. */
export const loadContext = async (core: HostCore, stream: string): Promise<Cell<ContextState>> => {
  const known = core.contexts.get(stream);
  if (known !== undefined) return known;
  const state = await foldContextStream(core, stream);
  const raced = core.contexts.get(stream);
  if (raced !== undefined) return raced;
  const cell = newCell(state);
  core.contexts.set(stream, cell);
  noteSyncDeadlines(core, state);
  return cell;
};
