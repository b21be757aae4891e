import type { MigrationDryRun, MigrationSubject } from "@parley/wire/http";
import { useQuery } from "@tanstack/react-query";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";

export const useMigrations = () =>
  useQuery({ queryKey: keys.migrations, queryFn: () => api.migrations.list() });

/** One journal that a step of a dry run would read anew. */
export interface DryRow {
  readonly step: string;
  readonly journal: string;
  readonly title: string;
  readonly kind: string;
  readonly facts: number;
}

/** A dry run as rows: step by step, journal by journal. */
export const dryRows = ({ steps }: MigrationDryRun): readonly DryRow[] =>
  steps.flatMap(({ name, journals }) =>
    journals.map(({ id, title, kind, facts }) => ({ step: name, journal: id, title, kind, facts })),
  );

type Run = MigrationSubject["run"];

const words: { readonly [phase in Run["phase"]]: string } = {
  Idle: "not begun",
  Planned: "planned",
  Validated: "validated, not executed",
  Recorded: "half way",
  Done: "done",
  Failed: "failed",
};

/** Where a run stands, in words. */
export const phaseWords = (phase: Run["phase"]): string => words[phase];

export const phaseTone = ({ phase }: Run): "ok" | "warn" | "bad" | undefined => {
  if (phase === "Done") return "ok";
  if (phase === "Failed") return "bad";
  return phase === "Idle" ? undefined : "warn";
};
