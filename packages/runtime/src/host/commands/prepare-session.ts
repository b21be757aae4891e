import type { Hash, SeatBinding, SessionScript, WorkspaceInput } from "@parley/wire";
import type { AdmissionReport, OpenSessionRequest } from "@parley/wire/http";
import { admit } from "../../admission/admit.ts";
import type { CapabilityInventory } from "../../admission/capability-inventory.ts";
import { manifestOf } from "../../admission/manifest.ts";
import { openingPolicy } from "../../admission/opening-policy.ts";
import { registryEntry } from "../../admission/registry.ts";
import { inventoryOfProfile, type RuntimeProfile } from "../../admission/runtime-profile.ts";
import type { CodeImage } from "../../machine/code/image.ts";
import { seatFrontiers } from "../authority/seat-frontier.ts";
import type { HostCore } from "../core.ts";
import { done, type HostError, type Result, refused } from "../host-error.ts";
import { type Compiled, compileSource, doesNotCheck, type Numbers } from "../protocols/bind-source.ts";
import { checkScript, scriptProblemText } from "../session/check-script.ts";
import { sessionConfig } from "../session/session-config.ts";
import type { ProtocolRecord, ProtocolVersion } from "../streams/workspace-state.ts";
import { findProfile } from "./profile-commands.ts";
import { findProtocol } from "./protocol-commands.ts";
import { seatRoles } from "./seats.ts";

/** Everything an opening needs, worked out and judged; nothing written yet. */
export interface PreparedSession {
  readonly protocol: ProtocolRecord;
  readonly version: Hash;
  readonly numbers: Numbers;
  readonly compiled: Compiled;
  readonly seats: readonly SeatBinding[];
  readonly admission: AdmissionReport;
  /** The runtime it is admitted on. */
  readonly runtime: RuntimeProfile;
  /** The policy its manifest names, which the opening may have passed over. */
  readonly namedPolicy: string;
  /** What decides where `decisions` is `script`. */
  readonly script: SessionScript | undefined;
  /** Whether seats get tokens for what their edges declare. */
  readonly grant: OpenSessionRequest["grant"];
  /** What each authority may spend on messages to each it sends to, where the request says. */
  readonly budget: number | undefined;
  /** The entry that registers a user protocol, when the registry does not hold it yet. */
  readonly register: Extract<WorkspaceInput, { readonly kind: "protocol.registered" }> | undefined;
}

const versionAsked = (record: ProtocolRecord, version: string | undefined): ProtocolVersion | HostError => {
  const found =
    version === undefined ? record.versions.at(-1) : record.versions.find((one) => one.version === version);
  if (found !== undefined) return found;
  return version === undefined
    ? { code: "PAR7103", kind: "no-version", protocol: record.id }
    : { code: "PAR7102", kind: "unknown-version", protocol: record.id, version };
};

/** Plain data of a record whose values may be missing. */
const numbersOf = (request: OpenSessionRequest): Numbers => ({
  families: { ...request.families },
  names: { ...request.names },
});

/** The script of a request, checked against the image it is to run on. */
const scriptOf = (image: CodeImage, request: OpenSessionRequest): Result<SessionScript | undefined> => {
  const decides = request.decisions === "script";
  if (request.script === undefined)
    return decides
      ? refused({
          code: "PAR7109",
          kind: "bad-script",
          problems: ["script: decisions is script, and there is none"],
        })
      : done(undefined);
  // Through JSON: rows carry no missing fields.
  const script = JSON.parse(JSON.stringify(request.script)) as SessionScript;
  const problems = checkScript(image, script, { decides, manualClock: request.clock === "manual" });
  return problems.length === 0
    ? done(script)
    : refused({ code: "PAR7109", kind: "bad-script", problems: problems.map(scriptProblemText) });
};

/** The parity profile of a request with the scheduler its session would run on; nothing where none is asked for. */
const parityOfRequest = (image: CodeImage, policy: string, request: OpenSessionRequest) =>
  request.parity === undefined
    ? {}
    : {
        parity: {
          profile: request.parity,
          scheduler: sessionConfig(image, policy, request).config.scheduler,
        },
      };

/** Stands for the context a session will have: no token names it. */
const NEW_CONTEXT = "ctx:new";

/**
 * Analyses, binds, projects, compiles, seats and judges what a request asks to
 * open, on the runtime profile it names; `on` is an inventory that stands in for it.
 */
export const prepareSession = (
  core: HostCore,
  request: OpenSessionRequest,
  on?: CapabilityInventory,
): Result<PreparedSession> => {
  const runtime = findProfile(core.workspace.tentative.profiles, request.runtime);
  if (!runtime.ok) return runtime;
  const found = findProtocol(core, request.protocol);
  if (!found.ok) return found;
  const protocol = found.value;
  const asked = versionAsked(protocol, request.version);
  if ("kind" in asked) return refused(asked);
  const { source, version, imports } = asked;
  const numbers = numbersOf(request);
  const analysis = core.analyses.of(source, imports);
  const built = compileSource(analysis, protocol.id, version, numbers);
  if (!built.ok) return built;
  const { compiled } = built;
  const scripted = scriptOf(compiled.image, request);
  if (!scripted.ok) return scripted;
  const strange = Object.keys(request.priorities ?? {}).find((role) => !compiled.roles.includes(role));
  if (strange !== undefined)
    return refused({
      code: "PAR7106",
      kind: "bad-bindings",
      reason: `there is no role ${strange} to give a priority`,
    });
  const seated = seatRoles(core, compiled.roles, request.seats);
  if (!seated.ok) return seated;
  const named = manifestOf(compiled.kernel, request.policy);
  const manifest = { ...named, determinism_policy_ref: openingPolicy(named, request.policy) };
  const known = core.workspace.tentative.registry.get(manifest.protocol_id);
  const register = registryEntry(manifest, compiled.image, known);
  const admission = admit(
    {
      manifest,
      ...(named.determinism_policy_ref === manifest.determinism_policy_ref
        ? {}
        : { namedPolicy: named.determinism_policy_ref }),
      image: compiled.image,
      registered: register ?? known,
      seats: seated.seats,
      roles: compiled.roles,
      ...parityOfRequest(compiled.image, manifest.determinism_policy_ref, request),
    },
    on ?? inventoryOfProfile(runtime.value),
  );
  // Fail closed: an error that no rule of the admission saw still refuses.
  if (admission.admitted && analysis.verdict !== "sound") return refused(doesNotCheck(analysis, protocol.id));
  const { seats } = seated;
  const { grant } = request;
  const frontier = seatFrontiers(core, { image: compiled.image, seats, grant, context: NEW_CONTEXT });
  return done({
    protocol,
    version,
    numbers,
    compiled,
    seats,
    admission: frontier.length === 0 ? admission : { ...admission, frontier: [...frontier] },
    runtime: runtime.value,
    namedPolicy: manifestOf(compiled.kernel).determinism_policy_ref,
    script: scripted.value,
    grant,
    budget: request.budget,
    register,
  });
};
