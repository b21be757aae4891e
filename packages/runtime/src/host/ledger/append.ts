import type { Actor, AuthorityInput, ContextInput, WorkspaceInput } from "@parley/wire";
import { type HostCore, WORKSPACE } from "../core.ts";
import { emptyAuthority, foldAuthority } from "../streams/authority-state.ts";
import { type ContextState, emptyContext, foldContext } from "../streams/context-state.ts";
import { type Prepared, registerEntry } from "../streams/register-entry.ts";
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

/**
 * The context cell of a stream. Its last entry is all that later entries
 * build on, so nothing else is read.
 */
export const loadContext = async (core: HostCore, stream: string): Promise<Cell<ContextState>> => {
  const known = core.contexts.get(stream);
  if (known !== undefined) return known;
  const head = await core.store.head(stream);
  const [last] = head === undefined ? [] : await core.store.read(stream, head.seq, 1);
  const raced = core.contexts.get(stream);
  if (raced !== undefined) return raced;
  const state: ContextState =
    last === undefined
      ? emptyContext(stream)
      : {
          ...emptyContext(stream),
          seq: last.entry.seq,
          at: last.entry.at,
          hash: last.hash,
          stateHash: last.entry.stateHash,
          facts: last.entry.seq,
        };
  const cell = newCell(state);
  core.contexts.set(stream, cell);
  return cell;
};
