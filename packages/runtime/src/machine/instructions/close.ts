import type { Instruction } from "../code/instruction.ts";
import { faults } from "../faults.ts";
import { endSession } from "../finish.ts";
import { endpointIn, faulted, gated, isFault, observe, type Round, type Step, sessionOf } from "../round.ts";

/** Closes the session of an owned endpoint: whoever waits in it ends with it (design §6). */
export const close = (round: Round, instruction: Extract<Instruction, { kind: "close" }>): Step => {
  const { machine, coroutine } = round;
  const endpoint = endpointIn(round, instruction.session);
  if (isFault(endpoint))
    return faulted(endpoint.variant === "ChannelClosed" ? faults.close("endpoint not owned") : endpoint);
  const session = sessionOf(machine, endpoint.sid);
  return gated(round, () => {
    session.status = { kind: "closed" };
    session.epoch += 1;
    endSession(machine, session.sid, coroutine);
    coroutine.pc += 1;
    round.events.push({ kind: "closed", tick: machine.tick, sid: session.sid });
    observe(round, "SessionTerminal", {
      session: session.sid,
      reason: { Closed: { reason: "close instruction" } },
    });
    observe(round, "EpochAdvanced", { sid: session.sid, epoch: session.epoch });
  });
};
