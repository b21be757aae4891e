import { type Composition, hashText, type Phase, type ProgramEffect, type SeatBinding } from "@parley/wire";
import { type CompositionRun, phasesOf } from "../../services/index.ts";
import { addContextFacts } from "../authority/context-commands.ts";
import { frontierOf } from "../authority/frontier.ts";
import type { Caller } from "../caller.ts";
import { prepareSession } from "../commands/prepare-session.ts";
import type { HostCore } from "../core.ts";
import { hostErrorDetail } from "../host-error-detail.ts";
import { contextOf } from "../streams/context-state.ts";
import { openingOf } from "./composition-request.ts";

/** Stands for the context of a session that is not open yet: no token names it. */
const NEW_CONTEXT = "ctx:new";

interface Seated {
  readonly seats: readonly SeatBinding[];
  readonly context: string;
}

/** Who sits in a phase: of its session, or of the one that would be opened. */
const seatsOf = async (core: HostCore, run: CompositionRun, phase: Phase): Promise<Seated | undefined> => {
  const state = run.phases.get(phase.name);
  const session = state !== undefined && "session" in state ? state.session : null;
  if (session !== null) {
    const loaded = await core.sessions.load(session);
    return loaded.ok ? { seats: loaded.cell.state.pin.seats, context: contextOf(session) } : undefined;
  }
  const ready = prepareSession(core, openingOf(core, run.composition, phase, phase.protocol));
  return ready.ok ? { seats: ready.value.seats, context: NEW_CONTEXT } : undefined;
};

/** The phases from a step of a program on, then those before it: whose role an effect means. */
const inOrderFrom = (composition: Composition, step: number): readonly Phase[] => {
  if (composition.kind !== "program") return phasesOf(composition);
  const phases = (from: number, to?: number) =>
    composition.steps.slice(from, to).flatMap((one) => (one.kind === "phase" ? [one.phase] : []));
  return [...phases(step), ...phases(0, step)];
};

const means = (role: string, seat: SeatBinding): boolean =>
  seat.role === role || seat.role.startsWith(`${role}[`);

/**
 * Why the seat of a role may not do something: judged by what its device's
 * tokens admit in the phase that follows. Undefined when it may, or where guards are not judged.
 */
const capabilityProblem = async (
  core: HostCore,
  run: CompositionRun,
  step: number,
  { capability, role }: Extract<ProgramEffect, { readonly kind: "ValidateCapability" }>,
): Promise<string | undefined> => {
  for (const phase of inOrderFrom(run.composition, step)) {
    const seated = await seatsOf(core, run, phase);
    const seat = seated?.seats.find((one) => means(role, one));
    if (seated === undefined || seat === undefined) continue;
    const { authority, device } = seat;
    const state = core.authorities.get(authority)?.tentative;
    if (core.authority === undefined || state === undefined) return undefined;
    const question = {
      device,
      context: seated.context,
      capabilities: [capability],
      at: core.clock.now(),
    };
    const seen = frontierOf(core.authority.frontier, state, question);
    return seen.admitted.includes(capability)
      ? undefined
      : `${role} sits at ${device} of ${authority}, whose tokens do not admit ${capability}`;
  }
  return `no phase has a role ${role}`;
};

/**
 * Adds a sentence to the context of a session, at the replica of its first
 * seat; once, however often it is asked for. Answers why it could not.
 */
export const noteInContext = async (
  core: HostCore,
  caller: Caller,
  session: string,
  /** `at`: session time of the note, ms. */
  note: { readonly id: string; readonly at: number; readonly text: string },
): Promise<string | undefined> => {
  const loaded = await core.sessions.load(session);
  const replica = loaded.ok ? loaded.cell.state.pin.seats[0]?.authority : undefined;
  if (replica === undefined) return `the session ${session} cannot be read`;
  const added = await addContextFacts(core, { actor: caller.actor }, contextOf(session), {
    replica,
    facts: [
      {
        type: "context.note",
        payload: { text: note.text },
        order: hashText(`parley.composition-note/1:${note.id}`),
        // The time is part of what a fact is: asked for again, it is the same fact.
        time: { kind: "physical", ms: note.at },
      },
    ],
  });
  return added.ok || added.error.kind === "duplicate-fact" ? undefined : hostErrorDetail(added.error);
};

/** The session of the last phase that has one: where a program's events are noted. */
const lastSession = (run: CompositionRun): string | undefined => {
  let last: string | undefined;
  for (const state of run.phases.values())
    if (state.kind === "completed" || state.kind === "running") last = state.session;
  return last;
};

/** Does an effect of a program; answers why it is refused. */
export const doEffect = async (
  core: HostCore,
  caller: Caller,
  asked: {
    readonly id: string;
    readonly run: CompositionRun;
    readonly step: number;
    readonly effect: ProgramEffect;
  },
): Promise<string | undefined> => {
  const { id, run, step, effect } = asked;
  if (effect.kind === "ValidateCapability") return capabilityProblem(core, run, step, effect);
  const session = lastSession(run);
  // Before any phase the workspace's own entry is all there is to note it in.
  return session === undefined
    ? undefined
    : noteInContext(core, caller, session, {
        id: `${id}:${step}`,
        at: run.startedAt,
        text: effect.event,
      });
};
