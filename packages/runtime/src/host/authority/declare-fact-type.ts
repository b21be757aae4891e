import type { DeclaredFactType } from "@parley/wire";
import type { DeclareFactTypeRequest, FactTypeView } from "@parley/wire/http";
import type { Caller } from "../caller.ts";
import { runCommand } from "../commands/command.ts";
import { type HostCore, WORKSPACE } from "../core.ts";
import { done, type Result, refused } from "../host-error.ts";
import { workspacePart } from "../ledger/append.ts";
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
      const reason = declarationProblem(core.workspace.tentative.factTypes, definition);
      if (reason !== undefined)
        return refused({ code: "PAR7793", kind: "bad-fact", type: request.type, reason });
      const asked = { actor: caller.actor, key: caller.key, now: core.clock.now() };
      const part = workspacePart(core, [{ kind: "factType.declared", definition }], asked);
      if (part === undefined) throw new Error(`nothing to append to ${WORKSPACE}`);
      const row = idempotency(null);
      const written = await core.writer.write({
        parts: [part],
        ...(row === undefined ? {} : { idempotency: row }),
      });
      return written.ok ? read(core, request.type) : written;
    },
  });
