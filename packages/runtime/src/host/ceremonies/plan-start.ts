import type {
  AuthorityInput,
  CeremonyHandshake,
  CeremonyInput,
  CeremonyKind,
  CeremonyRequest,
  CeremonyRuntime,
  Fact,
  Participant,
  SupersessionReason,
} from "@parley/wire";
import type { PrestateView } from "@parley/wire/http";
import { ceremonyIdOf } from "../../ceremony/index.ts";
import { bindOperation } from "../../consensus/index.ts";
import type { GeneratedKey } from "../../threshold/index.ts";
import type { HostCore } from "../core.ts";
import { done, type Result, refused } from "../host-error.ts";
import { type CeremonyRecords, ceremonyStep, foldCeremony } from "../streams/ceremony-records.ts";
import { activeEpoch } from "../streams/group-records.ts";
import { ceremonyFact } from "./ceremony-facts.ts";
import { ceremonyRefusal } from "./ceremony-refusal.ts";

/** Everything a ceremony begins with, worked out but for where it stands. */
export interface StartAsked {
  readonly kind: CeremonyKind;
  readonly context: string;
  readonly initiator: string;
  readonly participants: readonly Participant[];
  readonly threshold: number;
  readonly operation: { readonly [field: string]: unknown };
  readonly nonce: string;
  readonly handshakes: readonly CeremonyHandshake[];
  readonly title?: string | undefined;
  readonly trace?: string | undefined;
  /** What its shared key is made and used on; absent = the full runtime. */
  readonly runtime?: CeremonyRuntime | undefined;
  /** A session that runs for it from its beginning. */
  readonly session?: string | undefined;
  /** Absent where it is made later, or where none is needed. */
  readonly key?: GeneratedKey | undefined;
  /** Ceremonies whose place it takes. */
  readonly supersede: readonly { readonly id: string; readonly reason?: SupersessionReason | undefined }[];
}

/** What a beginning writes; every input has been tried on the state it is written on. */
export interface StartPlan {
  readonly id: string;
  readonly records: CeremonyRecords;
  readonly workspace: readonly CeremonyInput[];
  readonly facts: readonly { readonly context: string; readonly by: string; readonly fact: Fact }[];
  readonly authorities: readonly { readonly authority: string; readonly input: AuthorityInput }[];
}

/** That the shared key of a ceremony was made. */
export const preparedInput = (
  of: {
    readonly ceremony: string;
    readonly kind: CeremonyKind;
    readonly context: string;
    readonly epoch: number;
  },
  key: GeneratedKey,
): AuthorityInput => ({
  kind: "group.prepared",
  ceremony: of.ceremony,
  of: of.kind,
  context: of.context,
  epoch: of.epoch,
  group: key.group,
  transcript: key.transcript,
  shares: key.shares.map(({ participant }) => participant).sort(),
});

/** What takes back the key of a ceremony that did not commit; none where none is prepared. */
export const rollbackInputs = (
  core: Pick<HostCore, "authorities">,
  { id, initiator }: { readonly id: string; readonly initiator: string },
): readonly { readonly authority: string; readonly input: AuthorityInput }[] => {
  const groups = core.authorities.get(initiator)?.tentative.groups ?? [];
  return groups.some((one) => one.ceremony === id && one.state === "prepared")
    ? [{ authority: initiator, input: { kind: "group.rolledBack", ceremony: id } }]
    : [];
};

type Named = Pick<CeremonyRequest, "id" | "prestate" | "operation" | "pendingEpoch">;

const startedInput = (
  asked: StartAsked,
  named: Named,
): Extract<CeremonyInput, { readonly kind: "ceremony.started" }> => {
  const { kind, context, initiator, participants, threshold, nonce, title, trace, runtime, key } = asked;
  return {
    kind: "ceremony.started",
    request: {
      ...named,
      kind,
      context,
      initiator,
      threshold,
      participants,
      nonce,
      ...(trace === undefined ? {} : { trace }),
      ...(title === undefined ? {} : { title }),
      ...(runtime === undefined ? {} : { runtime }),
    },
    operation: asked.operation,
    handshakes: asked.handshakes,
    ...(key === undefined ? {} : { group: key.group }),
  };
};

/** Begins a ceremony upon a prestate, and puts it in the place of others; nothing is written yet. */
export const planStart = (
  core: Pick<HostCore, "authorities" | "workspace">,
  asked: StartAsked,
  prestate: PrestateView,
  at: number,
): Result<StartPlan> => {
  const { kind, context, initiator, nonce, key } = asked;
  const operation = bindOperation(prestate.hash, asked.operation);
  const id = ceremonyIdOf(prestate.hash, operation, nonce);
  const groups = core.authorities.get(initiator)?.tentative.groups ?? [];
  const pendingEpoch = activeEpoch(groups, { of: kind, context }) + 1;
  const started = startedInput(asked, { id, prestate: prestate.hash, operation, pendingEpoch });
  let records = core.workspace.tentative.ceremonies;
  const begun = ceremonyStep(records, started, at);
  if (!begun.ok) return refused(ceremonyRefusal(begun.error));
  records = foldCeremony(records, started, at);
  const workspace: CeremonyInput[] = [started];
  const facts = begun.facts.map((fact) => ({
    context,
    by: initiator,
    fact: ceremonyFact({ kind, context }, fact, initiator),
  }));
  const authorities: { readonly authority: string; readonly input: AuthorityInput }[] = [];
  for (const { id: old, reason } of asked.supersede) {
    const before = records.ceremonies.get(old);
    const stale = before !== undefined && before.prestate !== prestate.hash;
    const input: CeremonyInput = {
      kind: "ceremony.superseded",
      ceremony: old,
      by: id,
      reason: reason ?? { code: stale ? "prestate_stale" : "newer_request" },
    };
    const step = ceremonyStep(records, input, at);
    if (!step.ok) return refused(ceremonyRefusal(step.error));
    if (step.facts.length === 0) continue;
    records = foldCeremony(records, input, at);
    workspace.push(input);
    const { ceremony } = step;
    for (const fact of step.facts)
      facts.push({
        context: ceremony.context,
        by: ceremony.initiator,
        fact: ceremonyFact(ceremony, fact, ceremony.initiator),
      });
    authorities.push(...rollbackInputs(core, ceremony));
  }
  if (asked.session !== undefined) {
    const joined: CeremonyInput = { kind: "ceremony.joined", ceremony: id, session: asked.session };
    records = foldCeremony(records, joined, at);
    workspace.push(joined);
  }
  if (key !== undefined)
    authorities.push({
      authority: initiator,
      input: preparedInput({ ceremony: id, kind, context, epoch: pendingEpoch }, key),
    });
  return done({ id, records, workspace, facts, authorities });
};
