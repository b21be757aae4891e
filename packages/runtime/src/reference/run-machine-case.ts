import {
  decodeGlobal,
  decodeLocal,
  type LocalTypeR,
  projectAll,
  TheoryDecodeError,
  wellFormed,
} from "@parley/core/theory";
import { compile } from "../machine/code/compile.ts";
import { type CodeImage, imageOf } from "../machine/code/image.ts";
import type { Program } from "../machine/code/program.ts";
import { compareRoles } from "../machine/code/role-order.ts";
import { decodeInstruction, encodeProgram } from "./code-form.ts";
import { decodeConfig, type ReferenceConfig, retained } from "./config-form.ts";
import { consumption } from "./consumption-form.ts";
import { effectForms, exchangeCount } from "./effect-form.ts";
import { normalizeTrace } from "./event-form.ts";
import { asObject, FormError, type Json, type JsonObject, numberAt } from "./json.ts";
import { fromReference, referenceValueType } from "./local-form.ts";
import { type RunLog, runScript, start } from "./run.ts";
import { readScript } from "./script.ts";
import { coroutineForms, sessionForms } from "./status-form.ts";

const compileReference = (type: LocalTypeR): Program => compile(fromReference(type), referenceValueType);

/** An image of core local types, as the reference's loader makes it. */
export const imageOfLocals = (locals: ReadonlyMap<string, LocalTypeR>): CodeImage =>
  imageOf(
    { version: "" },
    new Map([...locals].map(([role, type]) => [role, compileReference(type)] as const)),
  );

/** Each role's program in the reference's form. */
export const codeForm = (image: CodeImage): JsonObject =>
  Object.fromEntries(image.roles.map((role, i) => [role, encodeProgram(image.programs[i] as Program)]));

const localsOf = (input: JsonObject): ReadonlyMap<string, LocalTypeR> | JsonObject => {
  if (input.locals !== undefined)
    return new Map(Object.entries(asObject(input.locals)).map(([role, type]) => [role, decodeLocal(type)]));
  const projected = projectAll(decodeGlobal(input.global));
  if (!projected.ok) {
    const role = "role" in projected.error ? projected.error.role : "";
    return { projection_error: { role, message: projected.error.kind } };
  }
  return new Map(projected.locals);
};

/** Replaces the code of roles, keeping their types: the monitor still watches. */
const withPrograms = (image: CodeImage, input: JsonObject): CodeImage => {
  if (input.programs === undefined) return image;
  const programs = asObject(input.programs);
  const all = new Map(image.roles.map((role, i) => [role, image.programs[i] as Program]));
  for (const [role, code] of Object.entries(programs)) {
    const old = all.get(role);
    const decoded = (code as readonly Json[]).map(decodeInstruction);
    all.set(role, {
      code: decoded,
      states: old?.states ?? [{ kind: "end" }],
      start: old?.start ?? 0,
      prefix: decoded.length,
    });
  }
  return imageOf({ version: "" }, new Map([...all].sort(([a], [b]) => compareRoles(a, b))));
};

const replayForm = (image: CodeImage, config: ReferenceConfig, input: JsonObject, sessions: number): Json => {
  const runs = [1, 2].map(() => {
    const started = start(image, config, sessions);
    if (!started.ok) return undefined;
    runScript(started.log, readScript(input), input, numberAt(input, "max_steps", 60));
    return started.log;
  });
  const [first, second] = runs;
  if (first === undefined || second === undefined) return { error: { kind: "SessionNotFound", message: "" } };
  const same = JSON.stringify(first.trace) === JSON.stringify(second.trace);
  return {
    replay_consistent: same,
    config_mode_consistent: same,
    exact_trace_match: same,
    exact_effect_trace_match:
      JSON.stringify(effectForms(first.exchanges, "full")) ===
      JSON.stringify(effectForms(second.exchanges, "full")),
    recorded_effects: exchangeCount(first.exchanges),
    baseline_events: first.trace.length,
    replay_events: second.trace.length,
  };
};

const logForm = (log: RunLog, config: ReferenceConfig, input: JsonObject): JsonObject => {
  const { machine, host } = log;
  const trace = retained(log.trace, config.retention);
  const effects = retained(effectForms(log.exchanges, config.effects), config.retention);
  const consumed = consumption(log.events, config.machine);
  return {
    status: log.status,
    steps: log.steps,
    trace,
    coroutines: coroutineForms(machine),
    session_states: sessionForms(machine),
    ticks: machine.tick + log.lost,
    ...(host.length > 0 ? { host } : {}),
    ...(input.normalize === true ? { normalized: normalizeTrace(trace) } : {}),
    ...(input.effects === true ? { effects } : {}),
    ...(input.effect_kinds === true
      ? { effect_kinds: effects.map((effect) => effect.effect_kind as string) }
      : {}),
    ...(input.audit === true
      ? {
          consumption: consumed.records,
          replay_root: consumed.root,
          delegations: delegations(log),
          output_checks: retained(log.checks, config.retention),
        }
      : {}),
  };
};

/** The audit of committed transfers, read off their events. */
const delegations = (log: RunLog): readonly JsonObject[] =>
  log.events
    .filter((event) => event.kind === "observed" && event.name === "Transferred")
    .map((event, i) => {
      const { session, role, from, to } = (event.kind === "observed" ? event.fields : {}) as JsonObject;
      return {
        reason: null,
        status: "Committed",
        tick: event.tick,
        receipt: {
          endpoint: { role: role ?? null, sid: session ?? null },
          from_coro: from ?? null,
          to_coro: to ?? null,
          receipt_id: i,
          scope: { Fragments: [role ?? null] },
          session: session ?? null,
        },
      };
    });

const runCase = (input: JsonObject): JsonObject => {
  const global = decodeGlobal(input.global);
  const locals = localsOf(input);
  if (!(locals instanceof Map)) return locals as JsonObject;
  let config: ReferenceConfig;
  try {
    config = decodeConfig(input.config === undefined ? {} : asObject(input.config));
  } catch (cause) {
    if (cause instanceof FormError) return { config_error: cause.message };
    throw cause;
  }
  const image = withPrograms(imageOfLocals(locals), input);
  const code = codeForm(image);
  if (config.problem !== undefined) return { code, config_error: config.problem };
  if (image.roles.length > 0 && !wellFormed(global)) {
    const error = { kind: "InvalidCodeImage", message: "the global type is not well-formed" };
    return { code, load_error: error, opened: 0 };
  }
  const sessions = numberAt(input, "sessions", 1);
  const started = start(image, config, sessions);
  if (!started.ok) return { code, load_error: started.error, opened: started.opened };
  runScript(started.log, readScript(input), input, numberAt(input, "max_steps", 60));
  const replay = input.replay === true ? { replay: replayForm(image, config, input, sessions) } : {};
  return { code, ...logForm(started.log, config, input), ...replay };
};

/**
 * Runs one machine case of the corpus (`conformance/machine/NAME.json`) on our
 * machine and writes the result in the golden's form. A case that is not in
 * the corpus's form answers `{ decode_error }`, as the oracle does.
 */
export const runMachineCase = (input: unknown): unknown => {
  try {
    return runCase(asObject(input as Json));
  } catch (cause) {
    if (cause instanceof FormError || cause instanceof TheoryDecodeError)
      return { decode_error: cause.message };
    throw cause;
  }
};
