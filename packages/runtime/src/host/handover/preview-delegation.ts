import type { DelegationPreview } from "@parley/wire/http";
import { fragmentsOf } from "../../ownership/index.ts";
import { coherenceViolations, footprintOf, violationText } from "../../reconfiguration/index.ts";
import { liveSession } from "../commands/inputs.ts";
import type { HostCore } from "../core.ts";
import { done, type HostError, type Result, refused } from "../host-error.ts";
import { hostErrorDetail } from "../host-error-detail.ts";
import type { SessionState } from "../session/session-state.ts";
import type { HandoverState } from "../streams/handover-records.ts";
import { nextNoted, notDelegable, subjectOf } from "./delegate-session.ts";
import { handoffRefused } from "./handover-error.ts";
import {
  type HandoffPlan,
  type HandoffRequest,
  type HandoffSubject,
  handoffRefusals,
  judgeHandoff,
  planHandoff,
} from "./plan-handoff.ts";
import { signerOf } from "./sign-handoff.ts";
import { boundaryJson, executionJson, footprintJson, scopeJson } from "./to-json.ts";

type Refusal = DelegationPreview["refusals"][number];

const refusalJson = (error: HostError): Refusal => {
  const { code, kind, ...fields } = error;
  const variant = "variant" in error && typeof error.variant === "string" ? error.variant : kind;
  return { code, variant, detail: hostErrorDetail(error), fields };
};

/** The footprints of both sides before and after; the same where nothing moves. */
const footprintsOf = (
  before: HandoverState,
  after: HandoverState,
  { from, to }: HandoffPlan["transfer"],
): DelegationPreview["footprints"] =>
  [...new Set([from, to])].map((authority) => ({
    authority,
    before: footprintJson(footprintOf(before.manager.controller, authority)),
    after: footprintJson(footprintOf(after.manager.controller, authority)),
  }));

const coherenceOf = ({ manager }: HandoverState): string[] =>
  coherenceViolations(manager.controller.footprints).map(violationText);

const fragmentsJson = (
  { before, transfer, boundary }: HandoffPlan,
  session: string,
): DelegationPreview["fragments"] =>
  fragmentsOf(before.fragments, session).map(({ key, bundle, owner }) => ({
    key,
    bundle: bundle ?? null,
    from: owner,
    to: transfer.to,
    inBoundary: boundary.fragments.includes(key),
  }));

const previewOf = (
  core: HostCore,
  state: SessionState,
  subject: HandoffSubject,
  request: HandoffRequest,
): DelegationPreview => {
  const plan = planHandoff(core.workspace.tentative.handover, subject, request);
  const { transfer, held, before, boundary, input } = plan;
  const noted = nextNoted(core, core.clock.now());
  const judged = judgeHandoff(plan, subject, noted);
  const barred = notDelegable(core, state, transfer.to);
  const { seats } = state.pin;
  const from = signerOf(core, held.owner, seats)?.device ?? null;
  const to = signerOf(core, transfer.to, seats)?.device ?? null;
  const unsigned = [from === null ? held.owner : "", to === null ? transfer.to : ""].find(
    (one) => one !== "",
  );
  const refusals = [
    ...(barred === undefined ? [] : [barred]),
    ...handoffRefusals(plan, subject, noted).map((error) => handoffRefused(state.stream, error)),
    ...(unsigned === undefined || barred !== undefined
      ? []
      : [
          handoffRefused(state.stream, {
            code: "PAR8433",
            variant: "Reconfiguration",
            source: {
              code: "PAR8419",
              variant: "PersistDelegationFact",
              message: `no device of ${unsigned} could sign the receipts`,
            },
          }),
        ]),
  ];
  const after = judged.ok ? judged.state : before;
  const context = core.contexts.get(input.context)?.tentative;
  const begun = context !== undefined && context.seq >= 0;
  const replicas = begun ? context.replicas : seats.map((seat) => seat.authority);
  const execution = judged.ok ? judged.handover.witness.upgradeExecution : undefined;
  return {
    session: state.stream,
    head: state.position,
    allowed: refusals.length === 0,
    refusals: refusals.map(refusalJson),
    from: { owner: held.owner, generation: held.generation, scope: scopeJson(held.scope) },
    to: { owner: transfer.to, generation: held.generation + 1, scope: scopeJson(transfer.scope) },
    boundary: boundaryJson(boundary),
    fragments: fragmentsJson(plan, state.stream),
    footprints: footprintsOf(before, after, transfer),
    coherence: { before: coherenceOf(before), after: coherenceOf(after) },
    context: input.context,
    joins: [...new Set([held.owner, transfer.to])].filter((one) => one !== "" && !replicas.includes(one)),
    signers: { from, to },
    upgrade: execution === undefined ? null : executionJson(execution),
  };
};

/** What a handoff would do, and every reason against it; nothing is written. */
export const previewDelegation = async (
  core: HostCore,
  id: string,
  request: HandoffRequest,
): Promise<Result<DelegationPreview>> => {
  const live = await liveSession(core, id);
  if (!live.ok) return live;
  const { state } = live.cell;
  const subject = subjectOf(core, state);
  return subject === undefined
    ? refused({ code: "PAR7001", kind: "not-found", what: "session", id })
    : done(previewOf(core, state, subject, request));
};
