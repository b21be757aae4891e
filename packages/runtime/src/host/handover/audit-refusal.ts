import type { Caller } from "../caller.ts";
import type { HostCore } from "../core.ts";
import type { HostError } from "../host-error.ts";
import { hostErrorDetail } from "../host-error-detail.ts";
import { workspacePart } from "../ledger/append.ts";

/**
 * Keeps that something was tried and refused: the one thing left of it. Who
 * was refused is told so whether or not this could be written.
 */
export const auditRefusal = async (
  core: HostCore,
  caller: Caller,
  what: string,
  subject: string,
  error: HostError,
): Promise<void> => {
  const variant = "variant" in error && typeof error.variant === "string" ? error.variant : error.kind;
  const part = workspacePart(
    core,
    [
      {
        kind: "audit.refused",
        what,
        subject,
        code: error.code,
        variant,
        detail: hostErrorDetail(error),
        ...("injected" in error && error.injected !== undefined ? { injected: error.injected } : {}),
      },
    ],
    { actor: caller.actor, key: caller.key, now: core.clock.now() },
  );
  if (part !== undefined) await core.writer.write({ parts: [part] });
};
