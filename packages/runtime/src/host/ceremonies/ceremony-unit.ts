import type { AuthorityInput, ContextInput, EquivocationEvidence, Fact, WorkspaceInput } from "@parley/wire";
import type { HostCore } from "../core.ts";
import type { HostError } from "../host-error.ts";
import { hostErrorDetail } from "../host-error-detail.ts";
import { type Asked, authorityPart, contextPart, workspacePart } from "../ledger/append.ts";
import type { Cell } from "../ledger/cell.ts";
import type { UnitPart } from "../ledger/unit.ts";
import type { WriteOutcome } from "../ledger/writer.ts";
import type { ContextState } from "../streams/context-state.ts";

/** The facts of a change to one context, at whose replica each, and how the context begins should it be new. */
export interface ContextChange {
  readonly context: string;
  readonly cell: Cell<ContextState>;
  readonly title: string;
  /** Whose replicas it keeps. */
  readonly members: readonly string[];
  readonly facts: readonly { readonly by: string; readonly facts: readonly Fact[] }[];
}

/** Everything one step of a ceremony writes, in one commit. */
export interface CeremonyChange {
  readonly workspace: readonly WorkspaceInput[];
  readonly contexts: readonly ContextChange[];
  readonly authorities: readonly { readonly authority: string; readonly input: AuthorityInput }[];
}

const contextInputs = ({ context, cell, title, members, facts }: ContextChange): readonly ContextInput[] => {
  const { seq, replicas } = cell.tentative;
  const fresh = [...new Set(members)].filter((one) => !replicas.includes(one));
  return [
    ...(seq < 0 ? [{ kind: "context.created", stream: context, title } as const] : []),
    ...(fresh.length === 0 ? [] : [{ kind: "replica.joined", authorities: fresh } as const]),
    ...facts.flatMap(({ by, facts: added }) =>
      added.length === 0 ? [] : [{ kind: "facts.added", replica: by, facts: added } as const],
    ),
  ];
};

/** The parts that write a change; the states have moved on when this returns. */
export const ceremonyParts = (core: HostCore, change: CeremonyChange, asked: Asked): readonly UnitPart[] => {
  const byAuthority = Map.groupBy(change.authorities, ({ authority }) => authority);
  const parts = [
    workspacePart(core, change.workspace, asked),
    ...change.contexts.map((one) => contextPart(one.context, one.cell, contextInputs(one), asked)),
    ...[...byAuthority].map(([authority, inputs]) =>
      authorityPart(
        core,
        authority,
        inputs.map(({ input }) => input),
        asked,
      ),
    ),
  ];
  return parts.filter((part) => part !== undefined);
};

/** Session time of what is written to the workspace now. */
export const workspaceTime = (core: Pick<HostCore, "workspace">, now: number): number =>
  Math.max(core.workspace.tentative.at, now);

/** Keeps that something was refused, and what it shows; that is all that is left of it. */
export const auditRefusal = (
  core: HostCore,
  asked: Asked,
  refusal: {
    readonly what: string;
    readonly subject: string;
    readonly error: HostError;
    readonly evidence?: EquivocationEvidence | undefined;
  },
): Promise<WriteOutcome> | undefined => {
  const { what, subject, error, evidence } = refusal;
  const input: WorkspaceInput = {
    kind: "audit.refused",
    what,
    subject,
    code: error.code,
    variant: "variant" in error ? String(error.variant) : error.kind,
    detail: hostErrorDetail(error),
    ...(evidence === undefined ? {} : { evidence }),
  };
  const part = workspacePart(core, [input], { actor: asked.actor, now: asked.now });
  return part && core.writer.write({ parts: [part] });
};
