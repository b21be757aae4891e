import { decodeLocal, type LocalTypeR } from "@parley/core/theory";
import type { CodeImage } from "../machine/code/image.ts";
import { decodeConfig } from "./config-form.ts";
import type { JsonObject } from "./json.ts";
import { runScript, start } from "./run.ts";
import { codeForm, imageOfLocals } from "./run-machine-case.ts";
import { readScript } from "./script.ts";

/** Core local types per role, in the reference's serde form. */
export type LocalsJson = { readonly [role: string]: unknown };

const decodeLocals = (locals: LocalsJson): ReadonlyMap<string, LocalTypeR> =>
  new Map(Object.entries(locals).map(([role, type]) => [role, decodeLocal(type)]));

/** The `code` key of a language golden: each role's program as the reference lays it out. */
export const renderCode = (locals: LocalsJson): JsonObject => codeForm(imageOfLocals(decodeLocals(locals)));

/** A run of an image in the form of a language golden: at most 60 rounds under the default configuration, first labels. */
export const renderImageRuns = (image: CodeImage): readonly JsonObject[] => {
  const started = start(image, decodeConfig({}), 1);
  if (!started.ok) return [{ pick: 0, load_error: started.error, opened: started.opened }];
  const { log } = started;
  runScript(log, readScript({}), {}, 60);
  return [{ pick: 0, status: log.status, steps: log.steps, trace: log.trace }];
};

/** The `runs` key of a language golden. */
export const renderRuns = (locals: LocalsJson): readonly JsonObject[] =>
  renderImageRuns(imageOfLocals(decodeLocals(locals)));
