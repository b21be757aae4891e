import type { GuardVerdict, LegsChecked } from "@parley/wire";
import type { GuardedSend, GuardList, ReceiptList } from "@parley/wire/http";
import type { Denial } from "../../guards/denial.ts";
import { edgeRequest } from "../../guards/edge-request.ts";
import { factId } from "../../journal/fact-id.ts";
import type { CodeImage } from "../../machine/code/image.ts";
import { liveSession } from "../commands/inputs.ts";
import type { HostCore } from "../core.ts";
import { done, type Result } from "../host-error.ts";
import { takenBy } from "../session/denials.ts";
import type { SessionState } from "../session/session-state.ts";
import { contextOf } from "../streams/context-state.ts";
import { withState } from "../views/read-view.ts";
import { AuthorityHistory } from "./authority-stream.ts";
import { type DenialCase, denialSource } from "./denial-source.ts";
import { factView } from "./fact-view.ts";
import { judgeSend, type LegQuestion } from "./judge.ts";
import { laterLegs } from "./later-legs.ts";
import { receiptView } from "./receipt-views.ts";
import { type GuardRead, type JudgedSend, SessionSends } from "./session-sends.ts";
import { simulatedReceipts } from "./simulated-receipts.ts";

const LIMIT = 200;

/** What is read of a session for its guards. */
interface Guarded {
  readonly head: number;
  readonly seats: SessionState["pin"]["seats"];
  readonly image: CodeImage;
  readonly sends: SessionSends;
}

/** A session ready to be read for what its guards judged. */
export const guardedSession = async (core: HostCore, id: string): Promise<Result<Guarded>> => {
  const live = await liveSession(core, id);
  const base = live.ok ? live.base : undefined;
  return withState(core, id, undefined, (state, head) => {
    const simulated = base === undefined ? [] : simulatedReceipts(state, base);
    const { seats } = state.pin;
    return { head, seats, image: state.image, sends: new SessionSends(core, seats, simulated) };
  });
};

const readKind = (id: string): GuardedSend["verdicts"][number]["reads"][number]["kind"] =>
  id.startsWith("frontier:")
    ? "frontier"
    : id.startsWith("budget:")
      ? "budget"
      : id.startsWith("leakage:")
        ? "leakage"
        : "token";

const readText = (id: string, version: number): string => {
  const since = version < 0 ? "as it is by default" : `as of entry ${version}`;
  switch (readKind(id)) {
    case "frontier":
      return `which tokens count for ${id.slice(9)}, ${since}`;
    case "budget":
      return `the budget towards ${id.slice(id.lastIndexOf(":") + 1)}, ${since}`;
    case "leakage":
      return `the leakage in this context, ${since}`;
    case "token":
      return `the token ${id}, ${since}`;
  }
};

const verdictView = (
  verdict: GuardVerdict,
  authority: string,
  denial: Denial | undefined,
): GuardedSend["verdicts"][number] => ({
  guard: verdict.guard,
  allow: verdict.allow,
  reason: verdict.reason ?? null,
  code: verdict.allow ? null : (denial?.code ?? null),
  subject: verdict.subject ?? null,
  before: verdict.before ?? null,
  after: verdict.after ?? null,
  reads: Object.entries(verdict.read).map(([id, version]) => ({
    id,
    kind: readKind(id),
    version,
    stream: authority,
    text: readText(id, version),
  })),
});

/** What an edge's annotations ask, read off the image. */
export const edgeOf = (image: CodeImage, role: string, edgeId: string, label: string) => {
  const program = image.programs[image.roles.indexOf(role)];
  for (const state of program?.states ?? []) {
    if (state.kind !== "send") continue;
    const branch = state.branches.find((one) => one.edgeId === edgeId && one.label === label);
    if (branch !== undefined) return { peer: branch.peer, edge: edgeRequest(branch.annotations) };
  }
  return undefined;
};

/** The later legs a recorded first leg answered for; none in logs from before that was asked. */
export const laterAsked = (
  { image, seats }: Pick<Guarded, "image" | "seats">,
  read: GuardRead,
): readonly LegQuestion[] => {
  const legs = read.legs === undefined ? undefined : laterLegs(image, seats, read);
  return legs?.ok ? legs.later : [];
};

/** Judges a denied message again on what its verdicts had read, for what decided it. */
const denialCase = async (
  core: HostCore,
  guarded: Guarded,
  { read, stored }: JudgedSend,
): Promise<DenialCase | undefined> => {
  const { seats, image } = guarded;
  const from = seats.find(({ role }) => role === read.role);
  const asked = edgeOf(image, read.role, read.edgeId, read.label);
  const to = seats.find(({ role }) => role === asked?.peer);
  const ports = core.authority;
  if (from === undefined || asked === undefined || to === undefined || ports === undefined) return undefined;
  const versions = read.verdicts.flatMap((verdict) => Object.values(verdict.read));
  const history = await AuthorityHistory.read(core, from.authority, Math.max(-1, ...versions));
  const state = history.at(Math.max(-1, ...versions));
  const context = contextOf(stored.stream);
  const groups = { groups: core.contexts.get(context)?.durable.groups };
  const question = {
    context,
    device: from.device,
    peer: to.authority,
    at: stored.entry.at,
    edge: asked.edge,
    later: laterAsked(guarded, read),
  };
  const outcome = judgeSend(ports.frontier, state, groups, question);
  return outcome.allow ? undefined : { denial: outcome.denial, state, question };
};

const legsView = ({ count, budgets, short }: LegsChecked): NonNullable<GuardedSend["legs"]> => ({
  count,
  budgets: budgets.map((one) => ({ ...one })),
  ...(short === undefined ? {} : { short }),
});

const sendView = async (core: HostCore, guarded: Guarded, send: JudgedSend): Promise<GuardedSend> => {
  const { position, index, read, stored, receipt, facts } = send;
  const authority = guarded.seats.find(({ role }) => role === read.role)?.authority;
  const allow = read.verdicts.every((verdict) => verdict.allow);
  const decided = allow ? undefined : await denialCase(core, guarded, send);
  const simulated = receipt?.commit === 0;
  return {
    seq: position,
    index,
    role: read.role,
    authority: authority ?? null,
    edgeId: read.edgeId,
    label: read.label,
    allow,
    verdicts: read.verdicts.map((one) => verdictView(one, authority ?? "", decided?.denial)),
    ...(read.legs === undefined ? {} : { legs: legsView(read.legs) }),
    cost: allow ? (takenBy(read.verdicts)?.cost ?? 0) : 0,
    receipts: receipt === undefined ? [] : [receiptView(core, receipt, { position, simulated })],
    facts: facts.map((fact) =>
      factView(factId(fact), fact, { seq: factSeq(stored.entry.effects), replicas: [] }),
    ),
    denial: allow || authority === undefined ? null : await denialSource(core, authority, read, decided),
  };
};

const factSeq = (effects: readonly { readonly stream: string; readonly seq: number }[]): number =>
  effects.find(({ stream }) => stream.startsWith("ctx:"))?.seq ?? 0;

/** What the guards of a session judged: of one position, or from one on. */
export const readGuards = async (
  core: HostCore,
  id: string,
  asked: {
    readonly seq?: number | undefined;
    readonly role?: string | undefined;
    readonly from?: number | undefined;
    readonly limit?: number | undefined;
  },
): Promise<Result<GuardList>> => {
  const guarded = await guardedSession(core, id);
  if (!guarded.ok) return guarded;
  const { head, sends } = guarded.value;
  const { seq, role, from = seq ?? 0, limit = LIMIT } = asked;
  const items: GuardedSend[] = [];
  for await (const send of sends.upTo(id, Math.min(seq ?? head, head))) {
    if (send.position < from || (role !== undefined && send.read.role !== role)) continue;
    if (items.length >= limit) break;
    items.push(await sendView(core, guarded.value, send));
  }
  return done({ items, head });
};

/** The receipts of a session, oldest first; of one position where it is named. */
export const readSessionReceipts = async (
  core: HostCore,
  id: string,
  seq: number | undefined,
): Promise<Result<ReceiptList>> => {
  const guarded = await guardedSession(core, id);
  if (!guarded.ok) return guarded;
  const { head, sends } = guarded.value;
  const items: ReceiptList["items"] = [];
  for await (const { position, receipt } of sends.upTo(id, Math.min(seq ?? head, head))) {
    if (receipt === undefined || (seq !== undefined && position !== seq)) continue;
    items.push(receiptView(core, receipt, { position, simulated: receipt.commit === 0 }));
  }
  return done({ items, total: items.length });
};
