import type { HostCore } from "../core.ts";
import { forgetSecrets } from "./group-secrets.ts";

/** After a ceremony ended without a commit: its timer stops, its secrets are forgotten. */
export const forgetEnded = (
  core: Pick<HostCore, "authority" | "ceremonyDeadlines" | "workspace">,
  id: string,
): void => {
  core.ceremonyDeadlines.set(id, undefined);
  const ceremony = core.workspace.durable.ceremonies.ceremonies.get(id);
  const outcome = ceremony?.outcome?.kind;
  if (ceremony !== undefined && outcome !== undefined && outcome !== "committed")
    forgetSecrets(core, ceremony, { shares: true });
};
