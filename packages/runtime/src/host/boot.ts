import { type AuthorityInput, hashText, type StoredEntry, type WorkspaceInput } from "@parley/wire";
import { outgrownTokens } from "./authority/outgrown-tokens.ts";
import { forgetReplaced, seedInputs } from "./authority/seed-authority.ts";
import { cast, castInputs } from "./cast.ts";
import { type HostCore, WORKSPACE } from "./core.ts";
import { bundleInputs } from "./handover/seed-bundles.ts";
import type { HostError } from "./host-error.ts";
import { authorityPart, workspacePart } from "./ledger/append.ts";
import { newCell } from "./ledger/cell.ts";
import type { UnitPart } from "./ledger/unit.ts";
import { newId } from "./new-id.ts";
import type { LogStore } from "./ports.ts";
import { pinImports } from "./protocols/pin-imports.ts";
import { versionOf } from "./protocols/version-of.ts";
import { type AuthorityState, emptyAuthority, foldAuthority } from "./streams/authority-state.ts";
import { foldRecorded } from "./streams/register-entry.ts";
import { emptyWorkspace, foldWorkspace, type WorkspaceState } from "./streams/workspace-state.ts";

const PAGE = 1_024;
const system = { kind: "policy", id: "boot" } as const;

/** Folds a stream from its first entry. */
const foldAll = async <S>(
  store: LogStore,
  stream: string,
  start: S,
  step: (state: S, stored: StoredEntry) => S,
): Promise<S> => {
  let state = start;
  for (let from = 0; ; from += PAGE) {
    const page = await store.read(stream, from, PAGE);
    for (const stored of page) state = step(state, stored);
    if (page.length < PAGE) return state;
  }
};

/** The workspace as the store has it. */
export const loadWorkspace = (store: LogStore): Promise<WorkspaceState> =>
  foldAll(
    store,
    WORKSPACE,
    emptyWorkspace(WORKSPACE),
    (state, stored) => foldRecorded<WorkspaceState, WorkspaceInput>(state, foldWorkspace, stored).state,
  );

/** Every authority as the store has it, in order of creation. */
export const loadAuthorities = async (core: HostCore): Promise<void> => {
  const streams = [...(await core.store.streams("authority"))];
  const loaded: { readonly commit: number; readonly state: AuthorityState }[] = [];
  for (const { stream } of streams) {
    const [first] = await core.store.read(stream, 0, 1);
    const state = await foldAll(
      core.store,
      stream,
      emptyAuthority(stream),
      (before, stored) => foldRecorded<AuthorityState, AuthorityInput>(before, foldAuthority, stored).state,
    );
    loaded.push({ commit: first?.commit ?? 0, state });
  }
  loaded.sort((a, b) => a.commit - b.commit);
  for (const { state } of loaded) core.authorities.set(state.stream, newCell(state));
};

/** What the catalogue adds to the workspace: new protocols, and new versions of texts that changed. */
const catalogueInputs = (core: HostCore): readonly WorkspaceInput[] => {
  const { protocols } = core.workspace.tentative;
  const seeds = new Map(
    [...core.catalogue.values()].map(({ id, source }) => [
      id,
      { protocol: id, text: { source, version: hashText(source) } },
    ]),
  );
  return [...core.catalogue.values()].flatMap(
    ({ id, name, namespace, source }): readonly WorkspaceInput[] => {
      const known = protocols.get(id);
      const created: WorkspaceInput = {
        kind: "protocol.created",
        id,
        name,
        origin: "catalogue",
        ...(namespace === undefined ? {} : { namespace }),
      };
      // A version from an earlier catalogue that is still the latest is not saved again.
      if (known?.versions.some((one) => one.source === source)) return [];
      const imports = pinImports(
        source,
        [...seeds.values()].filter(({ protocol }) => protocol !== id),
      );
      const version = versionOf(core.analyses.of(source, imports), imports);
      const versioned: WorkspaceInput = {
        kind: "protocol.versioned",
        id,
        version,
        source,
        ...(imports.length === 0 ? {} : { imports }),
      };
      return known === undefined ? [created, versioned] : [versioned];
    },
  );
};

/**
 * Fills a fresh store with its workspace, cast and catalogue, in one commit;
 * a later start adds only what the catalogue has new. A store that can only be
 * read is left as it is.
 */
export const seedWorkspace = async (core: HostCore): Promise<HostError | undefined> => {
  const asked = { actor: system, now: core.clock.now() };
  const fresh = core.workspace.tentative.seq < 0;
  const created: readonly WorkspaceInput[] = fresh
    ? [{ kind: "workspace.created", stream: WORKSPACE, seed: newId(core.random, "seed") }]
    : [];
  const protocols = catalogueInputs(core);
  const { bundles } = core.workspace.tentative.handover;
  const linked = protocols.length > 0 || bundles.size === 0 ? bundleInputs(core) : [];
  const parts: (UnitPart | undefined)[] = [workspacePart(core, [...created, ...protocols, ...linked], asked)];
  if (core.authorities.size === 0)
    for (const member of cast) {
      const devices = member.devices.map((device) => `${member.id}-${device}`);
      const inputs = [...castInputs(member), ...seedInputs(core, { id: member.id, devices })];
      parts.push(authorityPart(core, member.id, inputs, asked));
    }
  else
    for (const { tentative } of [...core.authorities.values()]) {
      const id = tentative.stream;
      const outgrown = await outgrownTokens(core, id);
      const member = { id, devices: tentative.devices.map((device) => device.id), outgrown };
      forgetReplaced(core, id);
      parts.push(authorityPart(core, member.id, seedInputs(core, member), asked));
    }
  const written = parts.filter((part) => part !== undefined);
  if (written.length === 0) return undefined;
  const outcome = await core.writer.write({ parts: written });
  return outcome.ok ? undefined : outcome.error;
};
