import type { OwnerCapability } from "@parley/wire";
import type { HandoffView, OwnershipView } from "@parley/wire/http";
import { boundaryOfScope, fragmentsOf, showScope } from "../../ownership/index.ts";
import { classOfSession, footprintOf, missingSurface } from "../../reconfiguration/index.ts";
import type { HostCore } from "../core.ts";
import { done, type HostError, type Result, refused } from "../host-error.ts";
import { hostErrorDetail } from "../host-error-detail.ts";
import { sessionStatus } from "../session/session-status.ts";
import { withState } from "../views/read-view.ts";
import { handoffViews } from "./handoff-views.ts";
import { handoffRefused } from "./handover-error.ts";
import { type OwnershipAt, ownershipAt, rootSession } from "./ownership-at.ts";
import { ENDED } from "./tell-released.ts";
import { boundaryJson, scopeJson } from "./to-json.ts";

const nameOf = (core: HostCore, authority: string): string =>
  core.authorities.get(authority)?.durable.name ?? authority;

type Rights = OwnershipView["rights"][number];

/** Why an authority may not do everything; null for an owner of all of an active session. */
const whyNot = (
  core: HostCore,
  owner: OwnerCapability | undefined,
  authority: string,
  refusal: OwnershipView["refusal"],
): string | null => {
  if (owner === undefined) return "The session has ended; nobody owns it any more.";
  if (owner.owner !== authority) return `It belongs to ${nameOf(core, owner.owner)}.`;
  if (refusal !== null) return refusal.detail;
  return owner.scope.kind === "session"
    ? null
    : `It holds ${showScope(owner.scope)}; closing needs all of the session.`;
};

const rightsOf = (
  core: HostCore,
  { subject, state, handovers }: OwnershipAt,
  seated: readonly string[],
  owner: OwnerCapability | undefined,
  refusal: OwnershipView["refusal"],
): readonly Rights[] => {
  const { session } = subject;
  const known = [
    ...seated,
    ...handovers.flatMap(({ receipt }) => [receipt.from_authority, receipt.to_authority]),
  ];
  return [...new Set(known)].map((authority) => {
    const owns = owner?.owner === authority;
    return {
      authority,
      name: nameOf(core, authority),
      footprint:
        owner === undefined
          ? null
          : (classOfSession(footprintOf(state.manager.controller, authority), session) ?? null),
      owner: owns,
      fragments:
        owner === undefined
          ? []
          : fragmentsOf(state.fragments, session).flatMap((one) =>
              one.owner === authority ? [one.key] : [],
            ),
      delegate: owns && refusal === null,
      close: owns && owner.scope.kind === "session" && refusal?.code !== "PAR7007",
      why: whyNot(core, owner, authority, refusal),
    };
  });
};

const lineageOf = (
  core: HostCore,
  { subject, handovers }: OwnershipAt,
  owner: OwnerCapability | undefined,
  receipts: readonly HandoffView[],
): OwnershipView["lineage"] => {
  const first: OwnerCapability | undefined = handovers[0]?.input.presented ?? owner;
  if (first === undefined) return { nodes: [], edges: [] };
  const node = (one: Omit<OwnerCapability, "session">, seq: number | null, at: number | null) => ({
    id: `g${one.generation}`,
    owner: one.owner,
    generation: one.generation,
    scope: scopeJson(one.scope),
    name: nameOf(core, one.owner),
    seq,
    at,
    current: owner?.generation === one.generation,
  });
  const edges = handovers.flatMap(({ witness, input, at }, index) => {
    const { ownershipReceipt: moved } = witness;
    if (moved === undefined) return [];
    const to = node(
      { owner: moved.toOwner, generation: moved.toGeneration, scope: moved.scope },
      input.position,
      at,
    );
    return [{ to, from: `g${moved.fromGeneration}`, witness, input, at, index }];
  });
  return {
    nodes: [
      node({ ...first, owner: first.owner || (subject.first ?? "") }, null, null),
      ...edges.map(({ to }) => to),
    ],
    edges: edges.map(({ to, from, witness, input, at, index }) => ({
      from,
      to: to.id,
      bundle: witness.bundle,
      context: witness.context,
      seq: input.position,
      at,
      receipt: receipts[index]?.receipt.id ?? "",
      verified: receipts[index]?.verified ?? false,
    })),
  };
};

/** With what it goes back whole to the last owner that had all of it. */
const handBackOf = (
  { state, handovers }: OwnershipAt,
  owner: OwnerCapability | undefined,
): OwnershipView["handBack"] => {
  const whole = handovers.findLast(({ input }) => input.presented.scope.kind === "session");
  const bundle = handovers.at(-1)?.witness.bundle;
  if (owner === undefined || owner.scope.kind === "session" || whole === undefined || bundle === undefined)
    return null;
  const protocols = state.manager.controller.bundles.get(bundle)?.protocol_ids ?? [];
  return {
    to: whole.input.presented.owner,
    bundle,
    boundary: { bundle, protocols: [...protocols], fragments: [], scope: { kind: "session" } },
  };
};

/** What a view is made of beside the fold: the session as it stands at the position. */
interface Seen {
  readonly fork: boolean;
  readonly status: ReturnType<typeof sessionStatus>;
  readonly seated: readonly string[];
  readonly head: number;
  readonly position: number;
}

/** Why it cannot be handed over whoever asks. */
const refusalOf = (session: string, of: OwnershipAt, seen: Seen): OwnershipView["refusal"] => {
  const error = ((): HostError | undefined => {
    if (seen.fork) return { code: "PAR7502", kind: "fork-forbidden", session, input: "delegate" };
    if (seen.status !== "active")
      return { code: "PAR7007", kind: "closed-session", session, status: seen.status };
    const { capabilities } = of.subject;
    const source = missingSurface({ ...of.state.manager, capabilities }, "session delegation");
    return source && handoffRefused(session, { code: "PAR8433", variant: "Reconfiguration", source });
  })();
  return error === undefined ? null : { code: error.code, detail: hostErrorDetail(error) };
};

const viewOf = (core: HostCore, session: string, of: OwnershipAt, seen: Seen): OwnershipView => {
  const { state, subject, handovers, released } = of;
  const held = state.owners.records.get(subject.session);
  const owner = released === undefined && !ENDED.has(seen.status) ? held : undefined;
  const receipts = handoffViews(core, handovers);
  const refusal = refusalOf(session, of, seen);
  const boundary = handovers.at(-1)?.witness.boundary ?? boundaryOfScope({ kind: "session" });
  const { bundles } = state.manager.controller;
  return {
    session,
    at: seen.position,
    head: seen.head,
    owner:
      owner === undefined
        ? null
        : { owner: owner.owner, generation: owner.generation, scope: scopeJson(owner.scope) },
    generation: held?.generation ?? 0,
    delegated: handovers.length > 0,
    fragments:
      owner === undefined
        ? []
        : fragmentsOf(state.fragments, subject.session).map(({ key, owner: by, protocol, bundle }) => ({
            key,
            owner: by,
            protocol,
            bundle: bundle ?? null,
          })),
    boundary: boundaryJson(boundary),
    handBack: handBackOf(of, owner),
    rights: [...rightsOf(core, of, seen.seated, owner, refusal)],
    bundles: [...bundles.values()].flatMap(({ bundle_id, protocol_ids }) =>
      protocol_ids.includes(subject.manifest.protocol_id) ? [bundle_id] : [],
    ),
    refusal,
    lineage: lineageOf(core, of, owner, receipts),
    receipts: [...receipts],
    refused: core.workspace.durable.services.refusals
      .filter(({ subject: about }) => about === session)
      .map(({ at, what, code, variant, detail, injected = null }) => ({
        at,
        what,
        code,
        variant,
        detail,
        injected,
      })),
  };
};

/** Who owns a session, at a position of it; the durable head by default. */
export const readOwnership = async (
  core: HostCore,
  id: string,
  at?: number,
): Promise<Result<OwnershipView>> => {
  const found = await withState(core, id, at, (state, head) => {
    const root = rootSession(core, id, state.position);
    const of = ownershipAt(core, root.id, state.pin, root.at);
    const seated = [...new Set(state.pin.seats.map(({ authority }) => authority))];
    const status = sessionStatus(state.machine);
    const fork = state.fork !== undefined;
    return of && viewOf(core, id, of, { fork, status, seated, head, position: state.position });
  });
  if (!found.ok) return found;
  return found.value === undefined
    ? refused({ code: "PAR7001", kind: "not-found", what: "session", id })
    : done(found.value);
};
