import { describeProblem, readConfig } from "@parley/core";
import type { FindingSettings } from "@parley/wire/http";
import type { Caller } from "../caller.ts";
import type { HostCore } from "../core.ts";
import { done, type Result, refused } from "../host-error.ts";
import { runCommand } from "./command.ts";
import { writeWorkspace } from "./write-workspace.ts";

/** Sets what findings count in the studio; refused as a whole when a code is unknown or may not be lowered. */
export const putFindingSettings = (
  core: HostCore,
  caller: Caller,
  request: FindingSettings,
): Promise<Result<FindingSettings>> => {
  const now = (): Result<FindingSettings> => done({ severities: { ...core.workspace.durable.severities } });
  return runCommand<FindingSettings, null>(core, caller, {
    name: "put-finding-settings",
    request,
    restore: async () => now(),
    run: async (idempotency) => {
      const read = readConfig(JSON.stringify({ severities: request.severities }));
      if (!read.ok)
        return refused({
          code: "PAR7108",
          kind: "bad-settings",
          reasons: read.problems.map(describeProblem),
        });
      const { severities } = read.config;
      const input = { kind: "workspace.configured", severities } as const;
      const written = await writeWorkspace(core, caller, [input], idempotency(null));
      return written.ok ? now() : written;
    },
  });
};
