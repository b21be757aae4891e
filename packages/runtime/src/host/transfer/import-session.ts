import { hashBytes, type WorkspaceInput } from "@parley/wire";
import type { SessionView } from "@parley/wire/http";
import type { Caller } from "../caller.ts";
import { runCommand } from "../commands/command.ts";
import type { HostCore } from "../core.ts";
import { type Result, refused } from "../host-error.ts";
import { workspacePart } from "../ledger/append.ts";
import { noteDeadline } from "../ledger/deadline-index.ts";
import type { UnitPart } from "../ledger/unit.ts";
import { newId } from "../new-id.ts";
import { readView } from "../views/read-view.ts";
import type { SessionFile } from "./session-file.ts";
import { type VerifiedFile, verifyFile } from "./verify-file.ts";

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

/**
 * The protocol that imported sessions belong to here: the one of the same id
 * when it has their version, else a protocol of its own. A version from
 * elsewhere never becomes the latest one of a protocol that is here already.
 */
const protocolHere = (
  core: HostCore,
  { id, name, version, source, imports }: SessionFile["protocol"],
): { readonly id: string; readonly inputs: readonly WorkspaceInput[] } => {
  const known = core.workspace.tentative.protocols.get(id);
  if (known?.versions.some((one) => one.version === version)) return { id, inputs: [] };
  const own = known === undefined ? id : newId(core.random, "pro");
  const title = known === undefined ? name : `${name} (imported)`;
  return {
    id: own,
    inputs: [
      { kind: "protocol.created", id: own, name: title, origin: "mine" },
      {
        kind: "protocol.versioned",
        id: own,
        version,
        source,
        ...(imports === undefined ? {} : { imports }),
      },
    ],
  };
};

/** What the workspace learns: the protocol and version if they are new, and every session of the file. */
const registrations = (
  core: HostCore,
  verified: VerifiedFile,
  fresh: readonly FilePart[],
): readonly WorkspaceInput[] => {
  const { version } = verified.file.protocol;
  const { id: protocol, inputs } = protocolHere(core, verified.file.protocol);
  const sessions = fresh.flatMap(({ entries }): readonly WorkspaceInput[] => {
    const pin = entries[0]?.entry.input;
    if (pin?.kind === "open") return [{ kind: "session.registered", id: pin.stream, protocol, version }];
    if (pin?.kind !== "fork") return [];
    const { stream: id, parent, at } = pin;
    return [{ kind: "session.registered", id, protocol, version, parent, at }];
  });
  return [...inputs, ...sessions];
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

/** The timers of a session that came from elsewhere run on here. */
const noteLoaded = async (core: HostCore, session: string): Promise<void> => {
  const loaded = await core.sessions.load(session);
  if (loaded.ok) noteDeadline(core.deadlines, loaded.cell.state);
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
      if (!written.ok) return written;
      await noteLoaded(core, session);
      return readView(core, session);
    },
  });
