import type { ScenarioDetail, ScenarioList } from "@parley/wire/http";
import type { Caller } from "../caller.ts";
import type { HostCore } from "../core.ts";
import { done, type HostError, type Result, refused } from "../host-error.ts";
import type { ScenarioInput, ScenarioRecord } from "../streams/scenario-records.ts";
import { runCommand } from "./command.ts";
import { findProtocol } from "./protocol-commands.ts";
import { writeWorkspace } from "./write-workspace.ts";

/** Characters the text of a scenario may have. */
export const MAX_SCENARIO = 65_536;

/** Scenarios a protocol may have, deleted ones among them. */
export const MAX_SCENARIOS = 500;

/** A name is one part of an address and of a file's name. */
const NAME = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,63}$/;

/** The scenarios of one host's protocols: named texts, each change an entry of the workspace. */
export interface ScenarioHost {
  /** One's own in order of creation, then those shipped with the protocol. */
  scenarios(protocol: string): Result<ScenarioList>;
  /** Refused (`stale-draft`) when it was saved elsewhere since `baseRevision` (0 for a new one). */
  putScenario(
    caller: Caller,
    protocol: string,
    name: string,
    request: { readonly text: string; readonly baseRevision: number },
  ): Promise<Result<ScenarioDetail>>;
  deleteScenario(caller: Caller, protocol: string, name: string): Promise<Result<null>>;
  restoreScenario(caller: Caller, protocol: string, name: string): Promise<Result<ScenarioDetail>>;
}

const missing = (id: string): HostError => ({ code: "PAR7001", kind: "not-found", what: "scenario", id });

const detail = ({ name, text, revision, at }: ScenarioRecord): ScenarioDetail => ({
  name,
  text,
  revision,
  at,
  shipped: false,
});

const shippedOf = (core: HostCore, protocol: string): readonly ScenarioDetail[] =>
  (core.catalogue.get(protocol)?.simulations ?? []).map(({ name, text }) => ({
    name,
    text,
    revision: 0,
    at: 0,
    shipped: true,
  }));

const list = (core: HostCore, protocol: string): Result<ScenarioList> => {
  if (!core.workspace.durable.protocols.has(protocol))
    return refused({ code: "PAR7001", kind: "not-found", what: "protocol", id: protocol });
  const own = [...(core.workspace.durable.scenarios.get(protocol)?.values() ?? [])];
  return done({
    items: [...own.filter(({ deleted }) => !deleted).map(detail), ...shippedOf(core, protocol)],
  });
};

const read = (core: HostCore, protocol: string, name: string): Result<ScenarioDetail> => {
  const record = core.workspace.durable.scenarios.get(protocol)?.get(name);
  return record === undefined || record.deleted ? refused(missing(name)) : done(detail(record));
};

/** Why a text cannot be saved under a name, if so. */
const refusal = (
  core: HostCore,
  protocol: string,
  name: string,
  request: { readonly text: string; readonly baseRevision: number },
): HostError | undefined => {
  const found = findProtocol(core, protocol);
  if (!found.ok) return found.error;
  if (!NAME.test(name)) return { code: "PAR7110", kind: "bad-name", name };
  if (shippedOf(core, protocol).some((one) => one.name === name))
    return { code: "PAR7111", kind: "shipped-scenario", name };
  const tooLarge = (limit: string, max: number, size: number): HostError => ({
    code: "PAR7301",
    kind: "too-large",
    limit,
    max,
    size,
  });
  const size = request.text.length;
  if (size > MAX_SCENARIO) return tooLarge("scenario characters", MAX_SCENARIO, size);
  const own = core.workspace.tentative.scenarios.get(protocol);
  const known = own?.get(name);
  const count = (own?.size ?? 0) + 1;
  if (known === undefined && count > MAX_SCENARIOS) return tooLarge("scenarios", MAX_SCENARIOS, count);
  const revision = known === undefined || known.deleted ? 0 : known.revision;
  if (revision === request.baseRevision) return undefined;
  const current =
    known === undefined || known.deleted
      ? null
      : { revision: known.revision, at: known.at, source: known.text };
  return { code: "PAR7104", kind: "stale-draft", current };
};

const put = (
  core: HostCore,
  caller: Caller,
  protocol: string,
  name: string,
  request: { readonly text: string; readonly baseRevision: number },
): Promise<Result<ScenarioDetail>> =>
  runCommand<ScenarioDetail, null>(core, caller, {
    name: "put-scenario",
    request: [protocol, name, request],
    restore: async () => read(core, protocol, name),
    run: async (idempotency) => {
      const refusing = refusal(core, protocol, name, request);
      if (refusing !== undefined) return refused(refusing);
      const known = core.workspace.tentative.scenarios.get(protocol)?.get(name);
      // The same text again is no news.
      if (known?.deleted === false && known.text === request.text) return read(core, protocol, name);
      const input = { kind: "scenario.saved", protocol, name, text: request.text } as const;
      const written = await writeWorkspace(core, caller, [input], idempotency(null));
      return written.ok ? read(core, protocol, name) : written;
    },
  });

/** Deletes or brings back; nothing is written when it is so already. */
const change = <T>(
  core: HostCore,
  caller: Caller,
  input: Extract<ScenarioInput, { readonly kind: "scenario.deleted" | "scenario.restored" }>,
  answer: () => Result<T>,
): Promise<Result<T>> =>
  runCommand<T, null>(core, caller, {
    name: input.kind,
    request: input,
    restore: async () => answer(),
    run: async (idempotency) => {
      const found = findProtocol(core, input.protocol);
      if (!found.ok) return found;
      const known = core.workspace.tentative.scenarios.get(input.protocol)?.get(input.name);
      if (known === undefined) return refused(missing(input.name));
      if (known.deleted === (input.kind === "scenario.deleted")) return answer();
      const written = await writeWorkspace(core, caller, [input], idempotency(null));
      return written.ok ? answer() : written;
    },
  });

/** The scenarios of one host. */
export const scenarioHost = (core: HostCore): ScenarioHost => ({
  scenarios: (protocol) => list(core, protocol),
  putScenario: (caller, protocol, name, request) => put(core, caller, protocol, name, request),
  deleteScenario: (caller, protocol, name) =>
    change(core, caller, { kind: "scenario.deleted", protocol, name }, () => done(null)),
  restoreScenario: (caller, protocol, name) =>
    change(core, caller, { kind: "scenario.restored", protocol, name }, () => read(core, protocol, name)),
});
