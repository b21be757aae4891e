import type { MachineEvent, SessionInput } from "@parley/wire";
import { happeningOf, type SessionReplay, type SessionStep } from "./session-replay.ts";

/** How a session is asked: over HTTP, or in the same process. */
export interface PlayPort {
  /**
   * Hands in a batch, all or nothing, and answers the events it made; throws
   * when it is refused. What is `structural` names the session's head.
   */
  readonly post: (
    inputs: readonly SessionInput[],
    structural: boolean,
  ) => Promise<readonly Pick<MachineEvent, "kind">[]>;
  /** The session's clock when it was opened, ms. */
  readonly openedAt: number;
}

/** How far a simulated run was taken. */
export type Played =
  | { readonly kind: "done" }
  /** The session does something else, or refuses: it stands before `step`. */
  | { readonly kind: "parted"; readonly step: number; readonly expected: string; readonly why: string };

/** A role may first have to be told to wait, or to leave a scope, before it does what it did in the run. */
const TRIES = 4;

const happenings = (events: readonly Pick<MachineEvent, "kind">[]): readonly string[] =>
  events.flatMap((event) => happeningOf(event as MachineEvent) ?? []);

const playRole = async (
  { role, answers, expect }: Extract<SessionStep, { readonly kind: "role" }>,
  { post }: PlayPort,
): Promise<string | undefined> => {
  // The last to end ends the session, which takes no pause any more.
  const ends = expect.startsWith("halted") || expect.startsWith("faulted");
  const pause: readonly SessionInput[] = [{ kind: "pause", role }];
  for (let turn = 0; turn < TRIES; turn += 1) {
    const said = turn === 0 ? answers : [];
    const go: readonly SessionInput[] = [{ kind: "resume", role }, ...said, { kind: "advance" }];
    const happened = happenings(await post(ends ? go : [...go, ...pause], false));
    if (ends) await post(pause, false).catch(() => undefined);
    if (happened.includes(expect)) return undefined;
    if (happened.length > 0) return `the session does otherwise: ${happened.join(", ")}`;
  }
  return `${role} does not go on`;
};

const playStep = async (step: SessionStep, port: PlayPort): Promise<string | undefined> => {
  switch (step.kind) {
    case "role":
      return playRole(step, port);
    case "fault":
      await port.post([step.input], true);
      return undefined;
    case "clock":
      await port.post([{ kind: "clock", at: port.openedAt + step.at }], false);
      return undefined;
  }
};

const nameOf = (step: SessionStep): string =>
  step.kind === "role" ? step.expect : step.kind === "clock" ? "the clock" : step.input.kind;

/** Lets go of everybody but those who are down; a session that has ended has nobody to let go of. */
const letGo = async (roles: readonly string[], { post }: PlayPort): Promise<void> => {
  const resumed = roles.map((role): SessionInput => ({ kind: "resume", role }));
  if (resumed.length > 0) await post(resumed, false).catch(() => undefined);
};

/**
 * Takes a session, opened for it, through a simulated run: everybody is
 * paused, one role at a time goes on, the world does what it did. Ends where
 * the run ends, or before the first step the session does not take in the same
 * way.
 *
 * @example await playReplay(replay, roles, { post, openedAt: 0 })
 */
export const playReplay = async (
  replay: SessionReplay,
  roles: readonly string[],
  port: PlayPort,
): Promise<Played> => {
  await port.post(
    roles.map((role) => ({ kind: "pause", role })),
    false,
  );
  for (const [at, step] of replay.steps.entries()) {
    let why: string | undefined;
    try {
      why = await playStep(step, port);
    } catch (cause) {
      why = cause instanceof Error ? cause.message : String(cause);
    }
    if (why === undefined) continue;
    await letGo(roles, port);
    return { kind: "parted", step: at, expected: nameOf(step), why };
  }
  await letGo(
    roles.filter((role) => !replay.down.includes(role)),
    port,
  );
  return { kind: "done" };
};
