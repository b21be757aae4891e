import type { Host } from "@parley/runtime/host";
import { putScenarioSchema, scenarioDetailSchema, scenarioListSchema } from "@parley/wire/http";
import type { Api } from "../http/api.ts";
import { mount } from "../http/endpoint.ts";

/** Scenarios of a protocol: how it is simulated, and what its saved tests expect. */
export const scenarioRoutes = (api: Api, host: Host): void => {
  const path = "/api/protocols/{id}/scenarios";
  mount(api, {
    method: "get",
    path,
    operation: "listScenarios",
    summary: "One's own scenarios, then those shipped with the protocol",
    answer: scenarioListSchema,
    handle: async ({ params }) => host.scenarios(params.id ?? ""),
  });
  mount(api, {
    method: "put",
    path: `${path}/{name}`,
    operation: "putScenario",
    summary: "Save a scenario; refused if it was saved elsewhere since",
    body: putScenarioSchema,
    answer: scenarioDetailSchema,
    handle: ({ params, caller, body }) => host.putScenario(caller, params.id ?? "", params.name ?? "", body),
  });
  mount(api, {
    method: "delete",
    path: `${path}/{name}`,
    operation: "deleteScenario",
    summary: "Delete a scenario; it can be restored",
    status: 204,
    handle: ({ params, caller }) => host.deleteScenario(caller, params.id ?? "", params.name ?? ""),
  });
  mount(api, {
    method: "post",
    path: `${path}/{name}/restore`,
    operation: "restoreScenario",
    summary: "Bring a deleted scenario back",
    answer: scenarioDetailSchema,
    handle: ({ params, caller }) => host.restoreScenario(caller, params.id ?? "", params.name ?? ""),
  });
};
