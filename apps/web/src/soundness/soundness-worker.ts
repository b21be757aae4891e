/// <reference lib="webworker" />
/** Tries every run of a text off the main thread; ending the worker is how it is stopped. */
import { type Analysis, oneOfEachModule, parse, projectAll } from "@parley/core";
import { soundness } from "@parley/core/explore";
import { openWorkspace } from "@parley/core/service";
import type { SoundnessAnswer, SoundnessRequest } from "./soundness.ts";

/** States hold a number per role, so that many roles leave room for fewer of them. */
const CELLS = 4_000_000;

const moduleOf = (source: string): string | undefined => parse(source).file.module?.name.text;

const analysisOf = ({ own, files }: SoundnessRequest): Analysis | undefined => {
  const others = files
    .filter(({ uri }) => uri !== own.uri)
    .map((file) => ({ ...file, module: moduleOf(file.source) }));
  const seen = [...oneOfEachModule(others, moduleOf(own.source)), own];
  const workspace = openWorkspace(seen.map(({ uri, source }) => ({ uri, source, version: 1 })));
  const document = workspace.documents.get(own.uri);
  return document && workspace.analysis(document);
};

const answer = (message: SoundnessAnswer): void => postMessage(message);

addEventListener("message", ({ data }: MessageEvent<SoundnessRequest>) => {
  const { key, budget } = data;
  for (const { bindings, bound, locals } of analysisOf(data)?.samples ?? []) {
    const { roles } = bound;
    // Some numbers may not fit while others do; a role without a type would look as if it were not there.
    const failed = projectAll(bound).diagnostics.find(({ severity }) => severity === "error");
    if (failed) {
      answer({ kind: "skipped", key, skipped: { bindings, why: failed.message } });
      continue;
    }
    const limit = Math.max(1, Math.min(budget.states, Math.floor(CELLS / Math.max(1, roles.length))));
    const sound = soundness(locals, {
      projected: true,
      fullest: true,
      bound: budget.bound,
      states: limit,
      onStates: (states) => answer({ kind: "progress", key, bindings, states, limit }),
    });
    answer({ kind: "verdict", key, verdict: { bindings, roles, sound } });
  }
  answer({ kind: "done", key });
});
