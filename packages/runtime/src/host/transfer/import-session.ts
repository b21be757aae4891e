import { hashBytes, type WorkspaceInput } from "@parley/wire";
import type { SessionView } from "@parley/wire/http";
import type { Caller } from "../caller.ts";
import { runCommand } from "../commands/command.ts";
import type { HostCore } from "../core.ts";
import { type Result, refused } from "../host-error.ts";
import { workspacePart } from "../ledger/append.ts";
import type { UnitPart } from "../ledger/unit.ts";
import { readView } from "../views/read-view.ts";
import type { VerifiedFile } from "./verify-file.ts";
import { verifyFile } from "./verify-file.ts";

type FilePart = VerifiedFile["streams"][number];

/** A stream of the file as it will stand in the store, entry for entry. */
const importedPart = ({ stream, entries }: FilePart): UnitPart => ({
  append: {
    stream: stream.stream,
    kind: stream.kind,
    expectedSeq: -1,
    entries: entries.map(({ entry, bytes, hash }) => ({ seq: entry.seq, bytes, hash })),
  },
  entries,
  cell: { pending: 0 },
  settle: () => undefined,
  revert: () => undefined,
});

/** What the workspace learns: the protocol and version if they are new, and every session of the file. */
const registrations = (
  core: HostCore,
  verified: VerifiedFile,
  fresh: readonly FilePart[],
): readonly WorkspaceInput[] => {
  const { protocol } = verified.file;
  const { id, name, version, source } = protocol;
  const known = core.workspace.tentative.protocols.get(id);
  const created: WorkspaceInput[] =
    known === undefined ? [{ kind: "protocol.created", id, name, origin: "mine" }] : [];
  const versioned: WorkspaceInput[] = known?.versions.some((one) => one.version === version)
    ? []
    : [{ kind: "protocol.versioned", id, version, source }];
  const sessions = fresh.flatMap(({ entries }): readonly WorkspaceInput[] => {
    const pin = entries[0]?.entry.input;
    if (pin?.kind === "open")
      return [{ kind: "session.registered", id: pin.stream, protocol: pin.protocol, version: pin.version }];
    return pin?.kind === "fork"
      ? [
          {
            kind: "session.registered",
            id: pin.stream,
            protocol: id,
            version,
            parent: pin.parent,
            at: pin.at,
          },
        ]
      : [];
  });
  return [...created, ...versioned, ...sessions];
};

/** Streams of the file that the store has not: a parent may be here already, and is then the same up to the fork. */
const missingStreams = async (
  core: HostCore,
  verified: VerifiedFile,
): Promise<Result<readonly FilePart[]>> => {
  const fresh: FilePart[] = [];
  for (const part of verified.streams) {
    const last = part.entries.at(-1);
    const [here] = await core.store.read(part.stream.stream, last?.entry.seq ?? 0, 1);
    const head = await core.store.head(part.stream.stream);
    if (head === undefined) fresh.push(part);
    else if (part.stream.stream === verified.file.session)
      return refused({ code: "PAR7603", kind: "session-exists", session: verified.file.session });
    else if (here?.hash !== last?.hash)
      return refused({
        code: "PAR7602",
        kind: "export-differs",
        stream: part.stream.stream,
        seq: last?.entry.seq ?? 0,
        what: "the log already here",
      });
  }
  return { ok: true, value: fresh };
};

/** Takes in an exported session after replaying all of it; it goes on from where it stood. */
export const importSession = (
  core: HostCore,
  caller: Caller,
  bytes: Uint8Array,
): Promise<Result<SessionView>> =>
  runCommand<SessionView, { readonly id: string }>(core, caller, {
    name: "import",
    request: hashBytes(bytes),
    restore: ({ id }) => readView(core, id),
    run: async (idempotency) => {
      const verified = verifyFile(bytes);
      if (!verified.ok) return verified;
      const fresh = await missingStreams(core, verified.value);
      if (!fresh.ok) return fresh;
      const { session } = verified.value.file;
      const asked = { actor: caller.actor, key: caller.key, now: core.clock.now() };
      const register = workspacePart(core, registrations(core, verified.value, fresh.value), asked);
      const row = idempotency({ id: session });
      const parts = [...fresh.value.map(importedPart), register].filter((part) => part !== undefined);
      const written = await core.writer.write({ parts, ...(row === undefined ? {} : { idempotency: row }) });
      return written.ok ? readView(core, session) : written;
    },
  });
