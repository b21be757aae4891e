import type { WorkspaceInput } from "@parley/wire";
import type { SessionView } from "@parley/wire/http";
import type { Caller } from "../caller.ts";
import { runCommand } from "../commands/command.ts";
import type { HostCore } from "../core.ts";
import { type Result, refused } from "../host-error.ts";
import { workspacePart } from "../ledger/append.ts";
import { noteDeadline } from "../ledger/deadline-index.ts";
import { newId } from "../new-id.ts";
import type { Stage } from "../ports.ts";
import { readView } from "../views/read-view.ts";
import { type ReadFile, type ReadStream, readSessionFile } from "./read-session-file.ts";
import type { SessionFile } from "./session-file.ts";

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
  file: ReadFile,
  fresh: readonly ReadStream[],
): readonly WorkspaceInput[] => {
  const { version } = file.protocol;
  const { id: protocol, inputs } = protocolHere(core, file.protocol);
  const sessions = fresh.flatMap(({ pin }): readonly WorkspaceInput[] => {
    if (pin?.kind === "open") return [{ kind: "session.registered", id: pin.stream, protocol, version }];
    if (pin?.kind !== "fork") return [];
    const { stream: id, parent, at } = pin;
    return [{ kind: "session.registered", id, protocol, version, parent, at }];
  });
  return [...inputs, ...sessions];
};

/** Streams of the file that the store has not: a parent may be here already, and is then the same up to the fork. */
const missingStreams = async (core: HostCore, file: ReadFile): Promise<Result<readonly ReadStream[]>> => {
  const fresh: ReadStream[] = [];
  for (const part of file.streams) {
    const { stream } = part;
    const seq = Math.max(0, part.head);
    const [here] = await core.store.read(stream, seq, 1);
    if ((await core.store.head(stream)) === undefined) fresh.push(part);
    else if (stream === file.session)
      return refused({ code: "PAR7603", kind: "session-exists", session: file.session });
    else if (here?.hash !== part.hash)
      return refused({ code: "PAR7602", kind: "export-differs", stream, seq, what: "the log already here" });
  }
  return { ok: true, value: fresh };
};

/** The timers of a session that came from elsewhere run on here. */
const noteLoaded = async (core: HostCore, session: string): Promise<void> => {
  const loaded = await core.sessions.load(session);
  if (loaded.ok) noteDeadline(core.deadlines, loaded.cell.state);
};

/** Takes what was read into the log: all of it and its place in the workspace, in one commit. */
const takeIn = (core: HostCore, caller: Caller, file: ReadFile, stage: Stage): Promise<Result<SessionView>> =>
  runCommand<SessionView, { readonly id: string }>(core, caller, {
    name: "import",
    request: file.hash,
    restore: ({ id }) => readView(core, id),
    run: async (idempotency) => {
      const fresh = await missingStreams(core, file);
      if (!fresh.ok) return fresh;
      const { session } = file;
      const asked = { actor: caller.actor, key: caller.key, now: core.clock.now() };
      const register = workspacePart(core, registrations(core, file, fresh.value), asked);
      const row = idempotency({ id: session });
      const written = await core.writer.write({
        parts: register === undefined ? [] : [register],
        staged: { stage, streams: fresh.value.map(({ stream }) => stream) },
        ...(row === undefined ? {} : { idempotency: row }),
      });
      if (!written.ok) return written;
      await noteLoaded(core, session);
      return readView(core, session);
    },
  });

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/**
 * Takes in an exported session, read and replayed as it arrives; it goes on
 * from where it stood. Until all of it was read and agrees, it is put aside:
 * a file that breaks off leaves nothing. Throws what `file` throws.
 */
export const importSession = async (
  core: HostCore,
  caller: Caller,
  file: Uint8Array | AsyncIterable<Uint8Array>,
): Promise<Result<SessionView>> => {
  const stage = await core.store.stage();
  try {
    const pieces = file instanceof Uint8Array ? whole(file) : file;
    const read = await readSessionFile(pieces, stage, core.yield);
    return read.ok ? await takeIn(core, caller, read.value, stage) : read;
  } finally {
    await stage.drop();
  }
};
