import type { DeclaredFactType } from "@parley/wire";
import type { DeclareFactTypeRequest, FactTypeView } from "@parley/wire/http";
import type { Caller } from "../caller.ts";
import { runCommand } from "../commands/command.ts";
import { writeWorkspace } from "../commands/write-workspace.ts";
import type { HostCore } from "../core.ts";
import { done, type Result, refused } from "../host-error.ts";
import { declarationProblem, factTypesOf, listFactTypes } from "./fact-types.ts";

const read = (core: HostCore, type: string): Result<FactTypeView> => {
  const view = listFactTypes(factTypesOf(core)).find((one) => one.type === type);
  return view === undefined
    ? refused({ code: "PAR7001", kind: "not-found", what: "fact type", id: type })
    : done(view);
};

const definitionOf = (request: DeclareFactTypeRequest, owner: string): DeclaredFactType => ({
  ...request,
  owner,
  fields: Object.fromEntries(
    Object.entries(request.fields).map(([name, { optional, ...field }]) => [
      name,
      optional === true ? { ...field, optional } : field,
    ]),
  ),
});

/**
 * Declares a type of fact of one's own, or a later version of one. A type that
 * ships keeps its owner; facts written before are read as long as `minVersion`
 * lets them.
 */
export const declareFactType = (
  core: HostCore,
  caller: Caller,
  request: DeclareFactTypeRequest,
): Promise<Result<FactTypeView>> =>
  runCommand<FactTypeView, null>(core, caller, {
    name: "declare-fact-type",
    request,
    restore: async () => read(core, request.type),
    run: async (idempotency) => {
      const definition = definitionOf(request, caller.actor.id);
      const problem = declarationProblem(core.workspace.tentative.factTypes, definition);
      if (problem !== undefined)
        return refused({ code: "PAR7796", kind: "bad-declaration", type: request.type, ...problem });
      const input = { kind: "factType.declared", definition } as const;
      const written = await writeWorkspace(core, caller, [input], idempotency(null));
      return written.ok ? read(core, request.type) : written;
    },
  });
