import type { AuthorityInput } from "@parley/wire";
import type { Caller } from "../caller.ts";
import { runCommand } from "../commands/command.ts";
import type { HostCore } from "../core.ts";
import { type Result, refused } from "../host-error.ts";
import { authorityPart } from "../ledger/append.ts";
import type { AuthorityState } from "../streams/authority-state.ts";
import { wakeDenied } from "./wake-denied.ts";

/** What a command adds to an authority, and what its answer is found by again. */
export interface Planned<R> {
  readonly inputs: readonly AuthorityInput[];
  readonly receipt: R;
}

/** One command on an authority: judged on its present state, written whole or not at all. */
export interface AuthorityCommand<T, R> {
  readonly name: string;
  readonly authority: string;
  readonly request: unknown;
  /** What to write; refused, nothing is. Must not wait: the state is the one it is written on. */
  readonly plan: (state: AuthorityState) => Result<Planned<R>>;
  readonly answer: (receipt: R) => Promise<Result<T>>;
}

/** Runs a command on an authority; sessions it sets free go on before it answers. */
export const authorityCommand = <T, R>(
  core: HostCore,
  caller: Caller,
  command: AuthorityCommand<T, R>,
): Promise<Result<T>> => {
  const { name, authority, request, plan, answer } = command;
  return runCommand<T, R>(core, caller, {
    name,
    subject: authority,
    request: [authority, request],
    restore: answer,
    run: async (idempotency) => {
      const cell = core.authorities.get(authority);
      if (cell === undefined || cell.tentative.seq < 0)
        return refused({ code: "PAR7001", kind: "not-found", what: "authority", id: authority });
      const planned = plan(cell.tentative);
      if (!planned.ok) return planned;
      const { inputs, receipt } = planned.value;
      const asked = { actor: caller.actor, key: caller.key, now: core.clock.now() };
      const part = authorityPart(core, authority, inputs, asked);
      const row = idempotency(receipt);
      if (part !== undefined) {
        const written = await core.writer.write({
          parts: [part],
          ...(row === undefined ? {} : { idempotency: row }),
        });
        if (!written.ok) return written;
        await wakeDenied(core);
      }
      return answer(receipt);
    },
  });
};
