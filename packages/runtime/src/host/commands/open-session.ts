import type { SessionPin, WorkspaceInput } from "@parley/wire";
import type { AdmissionReport, OpenSessionRequest, SessionView } from "@parley/wire/http";
import { encodeImage, imageId } from "../../machine/code/image.ts";
import { SEMANTICS } from "../../machine/semantics.ts";
import { grantInputs, limitInputs } from "../authority/seat-frontier.ts";
import { UnitBook } from "../authority/unit-book.ts";
import type { Caller } from "../caller.ts";
import { bookCeremony, ceremonyForSession } from "../ceremonies/session-ceremony.ts";
import type { HostCore } from "../core.ts";
import { done, type Result, refused } from "../host-error.ts";
import { loadContext } from "../ledger/append.ts";
import { newId } from "../new-id.ts";
import { liveGather } from "../session/gather.ts";
import { openSession } from "../session/open-session.ts";
import { sessionConfig } from "../session/session-config.ts";
import { sessionEntry } from "../session/session-entry.ts";
import { sessionRuntime } from "../session/session-runtime.ts";
import { contextOf } from "../streams/context-state.ts";
import { readView } from "../views/read-view.ts";
import { numbersFor } from "./admission-matrix.ts";
import { runCommand } from "./command.ts";
import { type PreparedSession, prepareSession } from "./prepare-session.ts";
import { cellPart, newCellFor } from "./session-unit.ts";

export interface OpenedSession {
  readonly session: SessionView;
  readonly admission: AdmissionReport;
}

const pinOf = (
  core: HostCore,
  stream: string,
  request: OpenSessionRequest,
  ready: PreparedSession,
): SessionPin => {
  const { image } = ready.compiled;
  const { config, execution } = sessionConfig(image, ready.admission.policy, request);
  const seedBytes = request.seed ?? newId(core.random, "seed");
  return {
    kind: "open",
    stream,
    title: request.title ?? ready.protocol.name,
    semantics: SEMANTICS,
    protocol: ready.protocol.id,
    version: ready.version,
    image: imageId(image),
    imageBytes: encodeImage(image),
    families: ready.numbers.families,
    names: ready.numbers.names,
    seats: ready.seats,
    policy: ready.admission.policy,
    decisions: request.decisions ?? "ask",
    // In full, so that a default that changes later does not change what this log means.
    config: { ...config },
    seed: seedBytes,
    clock: request.clock ?? "real",
    drive: request.drive ?? "manual",
    ...(execution === undefined ? {} : { execution }),
    ...(ready.script === undefined ? {} : { script: ready.script }),
    runtime: sessionRuntime(ready.runtime, {
      backend: core.backend,
      policy: request.policy,
      named: ready.namedPolicy,
    }),
  };
};

/** Everything in the workspace an opening leaves behind. */
const registerInputs = (stream: string, ready: PreparedSession): readonly WorkspaceInput[] => [
  ...(ready.register === undefined ? [] : [ready.register]),
  { kind: "session.registered", id: stream, protocol: ready.protocol.id, version: ready.version },
];

/** A request that gives no numbers is judged with those of the protocol's scenario, else with small ones. */
const withNumbers = (core: HostCore, request: OpenSessionRequest): OpenSessionRequest => {
  if (request.families !== undefined || request.names !== undefined) return request;
  const record = core.workspace.durable.protocols.get(request.protocol);
  const version = record?.versions.findLast(
    (one) => request.version === undefined || one.version === request.version,
  );
  if (version === undefined) return request;
  const { families, names } = numbersFor(core, request.protocol, version);
  return { ...request, families: { ...families }, names: { ...names } };
};

/** The admission report of a request; nothing is written. */
export const previewAdmission = (core: HostCore, request: OpenSessionRequest): Result<AdmissionReport> => {
  const ready = prepareSession(core, withNumbers(core, request));
  return ready.ok ? done(ready.value.admission) : ready;
};

/** Opens an admitted session: its entry 0, its place in the workspace, the ceremony it needs and its first facts, in one commit. */
export const openHostedSession = (
  core: HostCore,
  caller: Caller,
  request: OpenSessionRequest,
  /** What else the workspace is to hold of it, in the same commit. */
  also: (stream: string) => readonly WorkspaceInput[] = () => [],
): Promise<Result<OpenedSession>> => {
  const answer = async (id: string, admission: AdmissionReport): Promise<Result<OpenedSession>> => {
    const view = await readView(core, id, 0);
    return view.ok ? done({ session: view.value, admission }) : view;
  };
  return runCommand<OpenedSession, { readonly id: string; readonly admission: AdmissionReport }>(
    core,
    caller,
    {
      name: "open-session",
      request,
      restore: ({ id, admission }) => answer(id, admission),
      run: async (idempotency) => {
        const stream = newId(core.random, "ses");
        const context = await loadContext(core, contextOf(stream));
        const prepared = prepareSession(core, request);
        if (!prepared.ok) return prepared;
        const ready = prepared.value;
        const { admission } = ready;
        if (!admission.admitted) return refused({ code: "PAR7101", kind: "not-admitted", admission });
        const now = core.clock.now();
        const pin = pinOf(core, stream, request, ready);
        const asked = { actor: caller.actor, key: caller.key, now };
        const ceremony = ceremonyForSession(core, {
          stream,
          request,
          protocol: ready.protocol,
          title: pin.title,
          seats: ready.seats,
          runtime: ready.runtime,
          asked,
        });
        if (!ceremony.ok) return ceremony;
        const book = new UnitBook(core, { stream, pin }, { context, base: undefined });
        const own = contextOf(stream);
        for (const { authority, input } of [
          ...grantInputs(core, ready, own),
          ...limitInputs(core, ready, own),
        ])
          book.add(authority, input);
        const { state, applied } = openSession(
          pin,
          ready.compiled.image,
          now,
          liveGather(core.guards, book.hooks()),
        );
        for (const input of registerInputs(stream, ready)) book.tell(input);
        bookCeremony(book, ceremony.value);
        for (const input of also(stream)) book.tell(input);
        const effects = book.effectsOf(state, applied.facts);
        const entry = sessionEntry(state, pin, applied, { ...asked, effects });
        const cell = newCellFor(core, state);
        const row = idempotency({ id: stream, admission });
        const written = await core.writer.write({
          parts: [cellPart(core, cell, [entry]), ...book.parts(asked)],
          ...(row === undefined ? {} : { idempotency: row }),
        });
        if (!written.ok) return written;
        const { begun } = ceremony.value;
        if (begun !== undefined) core.ceremonyDeadlines.set(begun.id, begun.due);
        return answer(stream, admission);
      },
    },
  );
};
