import type { PinnedImport, WorkspaceInput } from "@parley/wire";
import type { DraftRevision, ProtocolDetail, VersionDetail } from "@parley/wire/http";
import type { OperationCategory } from "../../guards/categories/operation-category.ts";
import type { Caller } from "../caller.ts";
import type { HostCore } from "../core.ts";
import { done, type HostError, type Result, refused } from "../host-error.ts";
import { asStoreError, storeFailure } from "../ledger/writer.ts";
import { newId } from "../new-id.ts";
import { declaredCategory } from "../protocols/declared-category.ts";
import { pinsNow } from "../protocols/importable.ts";
import { currentSource, protocolDetail, versionDetail } from "../protocols/protocol-views.ts";
import { versionOf } from "../protocols/version-of.ts";
import type { ProtocolRecord } from "../streams/workspace-state.ts";
import { runCommand } from "./command.ts";
import { writeWorkspace } from "./write-workspace.ts";

/** Characters a text may have (model §7). */
export const MAX_SOURCE = 1_048_576;

const missing = (id: string): HostError => ({ code: "PAR7001", kind: "not-found", what: "protocol", id });

export const sourceTooLarge = (source: string): HostError | undefined =>
  source.length > MAX_SOURCE
    ? { code: "PAR7301", kind: "too-large", limit: "text characters", max: MAX_SOURCE, size: source.length }
    : undefined;

/** A protocol of the workspace as it will be once everything on its way is durable. */
export const findProtocol = (core: HostCore, id: string): Result<ProtocolRecord> => {
  const record = core.workspace.tentative.protocols.get(id);
  return record === undefined ? refused(missing(id)) : done(record);
};

export const readProtocol = async (core: HostCore, id: string): Promise<Result<ProtocolDetail>> => {
  const record = core.workspace.durable.protocols.get(id);
  if (record === undefined) return refused(missing(id));
  return done(protocolDetail(core, record, await core.drafts.draft(id)));
};

/** A command that adds entries about one protocol and answers with it. */
const protocolCommand = (
  core: HostCore,
  caller: Caller,
  command: {
    readonly name: string;
    readonly request: unknown;
    readonly prepare: () => Promise<
      Result<{ readonly id: string; readonly inputs: readonly WorkspaceInput[] }>
    >;
  },
): Promise<Result<ProtocolDetail>> =>
  runCommand<ProtocolDetail, { readonly id: string }>(core, caller, {
    name: command.name,
    request: command.request,
    restore: ({ id }) => readProtocol(core, id),
    run: async (idempotency) => {
      const prepared = await command.prepare();
      if (!prepared.ok) return prepared;
      const { id, inputs } = prepared.value;
      const written = await writeWorkspace(core, caller, inputs, idempotency({ id }));
      return written.ok ? readProtocol(core, id) : written;
    },
  });

/** A text as an immutable version, with what it imports as that is now. */
const withVersion = (
  core: HostCore,
  id: string,
  source: string,
  label?: string,
  imports: readonly PinnedImport[] = pinsNow(core, source, id),
): WorkspaceInput => ({
  kind: "protocol.versioned",
  id,
  version: versionOf(core.analyses.of(source, imports), imports),
  source,
  ...(label === undefined ? {} : { label }),
  ...(imports.length === 0 ? {} : { imports }),
});

const importsTooLarge = (imports: readonly PinnedImport[]): HostError | undefined => {
  const size = imports.reduce((sum, { source }) => sum + source.length, 0);
  return size > MAX_SOURCE
    ? { code: "PAR7301", kind: "too-large", limit: "imported text characters", max: MAX_SOURCE, size }
    : undefined;
};

const sameImports = (a: readonly PinnedImport[], b: readonly PinnedImport[]): boolean =>
  a.length === b.length &&
  a.every(({ protocol, source }, at) => protocol === b[at]?.protocol && source === b[at]?.source);

/** A new protocol of the person; a text that is not empty becomes its first version. */
export const createProtocol = (
  core: HostCore,
  caller: Caller,
  request: { readonly name: string; readonly source?: string },
): Promise<Result<ProtocolDetail>> =>
  protocolCommand(core, caller, {
    name: "create-protocol",
    request,
    prepare: async () => {
      const source = request.source ?? "";
      const large = sourceTooLarge(source);
      if (large !== undefined) return refused(large);
      const id = newId(core.random, "pro");
      const created: WorkspaceInput = { kind: "protocol.created", id, name: request.name, origin: "mine" };
      return done({
        id,
        inputs: source.trim() === "" ? [created] : [created, withVersion(core, id, source)],
      });
    },
  });

/** A copy to change: the same text under a new id. */
export const duplicateProtocol = (
  core: HostCore,
  caller: Caller,
  id: string,
): Promise<Result<ProtocolDetail>> =>
  protocolCommand(core, caller, {
    name: "duplicate-protocol",
    request: id,
    prepare: async () => {
      const found = findProtocol(core, id);
      if (!found.ok) return found;
      const source = currentSource(found.value, await core.drafts.draft(id));
      const last = found.value.versions.at(-1);
      const imports = last?.source === source ? last.imports : undefined;
      const copy = newId(core.random, "pro");
      const name = `${found.value.name} copy`;
      const created: WorkspaceInput = { kind: "protocol.created", id: copy, name, origin: "mine" };
      const { category } = declaredCategory(core, found.value);
      const version = source === "" ? [] : [withVersion(core, copy, source, undefined, imports)];
      const picked: readonly WorkspaceInput[] =
        category === null ? [] : [{ kind: "protocol.categorised", id: copy, category }];
      return done({ id: copy, inputs: [created, ...version, ...picked] });
    },
  });

/** One entry about a protocol that exists; nothing when it is so already. */
export const changeProtocol = (
  core: HostCore,
  caller: Caller,
  input: Extract<
    WorkspaceInput,
    { readonly kind: "protocol.renamed" | "protocol.hidden" | "protocol.restored" }
  >,
): Promise<Result<ProtocolDetail>> =>
  protocolCommand(core, caller, {
    name: input.kind,
    request: input,
    prepare: async () => {
      const found = findProtocol(core, input.id);
      if (!found.ok) return found;
      const { hidden, name } = found.value;
      const already =
        input.kind === "protocol.renamed"
          ? input.name === name
          : hidden === (input.kind === "protocol.hidden");
      return done({ id: input.id, inputs: already ? [] : [input] });
    },
  });

/** Picks the operation category of a protocol; refused where its page declares one. */
export const categoriseProtocol = (
  core: HostCore,
  caller: Caller,
  id: string,
  category: OperationCategory | undefined,
): Promise<Result<ProtocolDetail>> =>
  protocolCommand(core, caller, {
    name: "categorise-protocol",
    request: [id, category ?? null],
    prepare: async () => {
      const found = findProtocol(core, id);
      if (!found.ok) return found;
      const { category: declared, by } = declaredCategory(core, found.value);
      if (by === "page")
        return refused({
          code: "PAR7108",
          kind: "bad-settings",
          reasons: [`its page declares category ${declared}`],
        });
      const input: WorkspaceInput = {
        kind: "protocol.categorised",
        id,
        ...(category === undefined ? {} : { category }),
      };
      return done({ id, inputs: found.value.category === category ? [] : [input] });
    },
  });

/**
 * Saves a text as an immutable version, with the latest versions of what it
 * imports. The latest version saved again, without a new label and with the
 * same imports, is answered, not repeated.
 */
export const saveVersion = (
  core: HostCore,
  caller: Caller,
  id: string,
  request: { readonly source: string; readonly label?: string | undefined },
): Promise<Result<VersionDetail>> => {
  const latest = async (at?: number): Promise<Result<VersionDetail>> => {
    const record = core.workspace.durable.protocols.get(id);
    const version = at === undefined ? record?.versions.at(-1) : record?.versions[at];
    return version === undefined ? refused(missing(id)) : done(versionDetail(core, version));
  };
  return runCommand<VersionDetail, { readonly at: number }>(core, caller, {
    name: "save-version",
    request: [id, request],
    restore: ({ at }) => latest(at),
    run: async (idempotency) => {
      const large = sourceTooLarge(request.source);
      if (large !== undefined) return refused(large);
      const found = findProtocol(core, id);
      if (!found.ok) return found;
      const { versions } = found.value;
      const last = versions.at(-1);
      const imports = pinsNow(core, request.source, id);
      const wide = importsTooLarge(imports);
      if (wide !== undefined) return refused(wide);
      const same = last?.source === request.source && sameImports(last.imports, imports);
      if (same && (request.label ?? last.label) === last.label) return latest();
      const input = withVersion(core, id, request.source, request.label, imports);
      const at = versions.length;
      const written = await writeWorkspace(core, caller, [input], idempotency({ at }));
      return written.ok ? latest(at) : written;
    },
  });
};

/** Keeps the text of the open editor; refused with the present draft when it was changed elsewhere. */
export const putDraft = async (
  core: HostCore,
  id: string,
  request: { readonly source: string; readonly baseRevision: number },
): Promise<Result<DraftRevision>> => {
  if (core.closing) return refused({ code: "PAR7901", kind: "host-closed" });
  const large = sourceTooLarge(request.source);
  if (large !== undefined) return refused(large);
  const found = findProtocol(core, id);
  if (!found.ok) return found;
  const draft = { protocol: id, source: request.source, at: core.clock.now() };
  try {
    const put = await core.drafts.putDraft(draft, request.baseRevision);
    if (put.ok) return done({ revision: put.draft.revision, at: put.draft.at });
    const { current } = put;
    const known = current && { revision: current.revision, at: current.at, source: current.source };
    return refused({ code: "PAR7104", kind: "stale-draft", current: known ?? null });
  } catch (cause) {
    return refused(storeFailure(asStoreError(cause)));
  }
};
