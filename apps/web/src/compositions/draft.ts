import type { StartCompositionRequest } from "@parley/wire/http";

type Composition = Extract<StartCompositionRequest, { readonly composition: unknown }>["composition"];

/** How the phases of a draft go together. */
export type DraftKind = Composition["kind"];

/** One row of a draft: a protocol, or an effect of a program. */
export type DraftRow =
  | {
      readonly kind: "phase";
      readonly name: string;
      readonly protocol: string;
      /** A protocol that undoes it; empty = none. */
      readonly undo: string;
    }
  | { readonly kind: "validate"; readonly role: string; readonly capability: string }
  | { readonly kind: "log"; readonly event: string };

/** A composition under construction. */
export interface Draft {
  readonly name: string;
  readonly kind: DraftKind;
  /** Seconds, of phases side by side. */
  readonly timeout: number;
  /** Whether somebody takes the decisions, or the first label is taken. */
  readonly decisions: "ask" | "first";
  readonly rows: readonly DraftRow[];
}

export const emptyDraft: Draft = {
  name: "",
  kind: "sequential",
  timeout: 60,
  decisions: "ask",
  rows: [],
};

const filled = (row: DraftRow): boolean => {
  switch (row.kind) {
    case "phase":
      return row.name.trim() !== "" && row.protocol !== "";
    case "validate":
      return row.role.trim() !== "" && row.capability.trim() !== "";
    case "log":
      return row.event.trim() !== "";
  }
};

/** Why a draft cannot be started yet; what only the server can tell it tells itself. */
export const draftProblem = ({ name, rows, timeout, kind }: Draft): string | undefined => {
  if (name.trim() === "") return "Give it a name.";
  const phases = rows.filter((row) => row.kind === "phase");
  if (phases.length === 0) return "Add a phase.";
  if (!rows.every(filled)) return "Fill in every row.";
  const names = phases.map((row) => row.name.trim());
  const twice = names.find((one, at) => names.indexOf(one) !== at);
  if (twice !== undefined) return `Two phases are called ${twice}.`;
  return kind === "parallel" && !(timeout >= 1) ? "Give it at least a second." : undefined;
};

/**
 * The request a draft makes. Phases one after the other take the results of
 * all before them; effects stand in programs only.
 */
export const draftRequest = (draft: Draft): StartCompositionRequest => {
  const { kind, rows, decisions } = draft;
  const before: string[] = [];
  const phase = (row: Extract<DraftRow, { readonly kind: "phase" }>) => {
    const uses = kind === "parallel" ? [] : [...before];
    const name = row.name.trim();
    before.push(name);
    const open = { decisions, grant: "declared" } as const;
    return { name, protocol: row.protocol, uses, open, ...(row.undo === "" ? {} : { undo: row.undo }) };
  };
  const name = draft.name.trim();
  if (kind === "program")
    return {
      composition: {
        kind,
        name,
        steps: rows.map((row) => {
          if (row.kind === "phase") return { kind: "phase", phase: phase(row) };
          return row.kind === "log"
            ? { kind: "effect", effect: { kind: "LogEvent", event: row.event.trim() } }
            : {
                kind: "effect",
                effect: {
                  kind: "ValidateCapability",
                  capability: row.capability.trim(),
                  role: row.role.trim(),
                },
              };
        }),
      },
    };
  const phases = rows.flatMap((row) => (row.kind === "phase" ? [phase(row)] : []));
  return kind === "parallel"
    ? { composition: { kind, name, phases, timeout: Math.round(draft.timeout * 1_000) } }
    : { composition: { kind, name, phases } };
};
