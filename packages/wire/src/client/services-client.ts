import type {
  CompositionList,
  CompositionView,
  MigrationDryRun,
  MigrationList,
  MigrationRequest,
  MigrationSubject,
  StartCompositionRequest,
  StepCompositionRequest,
} from "../http/index.ts";
import type { Call } from "./authority-client.ts";

/** Schema migrations of facts. `demo` names a failing run that a test studio offers. */
export const migrationClient = (call: Call) => {
  const of = (what: string, demo?: string) =>
    `/api/migrations/${what}${demo === undefined ? "" : `?demo=${encodeURIComponent(demo)}`}`;
  return {
    list: () => call<MigrationList>("GET", "/api/migrations"),
    dryRun: (body: MigrationRequest, demo?: string) =>
      call<MigrationDryRun>("POST", of("dry-run", demo), body),
    run: (body: MigrationRequest, demo?: string) => call<MigrationSubject>("POST", of("run", demo), body),
    resume: (body: MigrationRequest, demo?: string) =>
      call<MigrationSubject>("POST", of("resume", demo), body),
  };
};

/** Compositions of protocols. */
export const compositionClient = (call: Call) => {
  const of = (id: string) => `/api/compositions/${encodeURIComponent(id)}`;
  return {
    list: () => call<CompositionList>("GET", "/api/compositions"),
    get: (id: string) => call<CompositionView>("GET", of(id)),
    start: (body: StartCompositionRequest) => call<CompositionView>("POST", "/api/compositions", body),
    step: (id: string, until?: StepCompositionRequest["until"]) =>
      call<CompositionView>("POST", `${of(id)}/step`, until === undefined ? {} : { until }),
    cancel: (id: string, reason?: string) =>
      call<CompositionView>("POST", `${of(id)}/cancel`, reason === undefined ? {} : { reason }),
  };
};
