import type { WorkspaceInput } from "@parley/wire";
import type { Caller } from "../caller.ts";
import type { HostCore } from "../core.ts";
import { done, type Result } from "../host-error.ts";
import { workspacePart } from "../ledger/append.ts";
import type { IdempotencyDraft } from "./command.ts";

/** Writes entries of the workspace, and the answer to a repetition, as one unit; resolves once they are durable. */
export const writeWorkspace = async (
  core: HostCore,
  caller: Caller,
  inputs: readonly WorkspaceInput[],
  row: IdempotencyDraft | undefined,
): Promise<Result<null>> => {
  const asked = { actor: caller.actor, key: caller.key, now: core.clock.now() };
  const part = workspacePart(core, inputs, asked);
  if (part === undefined) return done(null);
  const written = await core.writer.write({
    parts: [part],
    ...(row === undefined ? {} : { idempotency: row }),
  });
  return written.ok ? done(null) : written;
};
