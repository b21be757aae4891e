import type { StartCeremonyRequest } from "@parley/wire/http";
import type { Ceremony } from "../../ceremony/index.ts";
import type { HostCore } from "../core.ts";

/** A request that asks the same of the same as a ceremony did, and takes its place in the record. */
export const sameAgain = (core: Pick<HostCore, "workspace">, ceremony: Ceremony): StartCeremonyRequest => {
  const { id, kind, context, initiator, participants, threshold, title, trace } = ceremony;
  return {
    kind,
    context,
    initiator,
    participants: [...participants],
    threshold,
    operation: core.workspace.tentative.ceremonies.details.get(id)?.operation ?? {},
    supersede: [id],
    ...(title === undefined ? {} : { title }),
    ...(trace === undefined ? {} : { trace }),
  };
};
