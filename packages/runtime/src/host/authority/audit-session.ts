import { type ContextInput, encodeCanonical, type GuardVerdict, hashBytes, type Read } from "@parley/wire";
import type { SessionAudit } from "@parley/wire/http";
import type { HostCore } from "../core.ts";
import { done, type Result } from "../host-error.ts";
import { takenBy } from "../session/denials.ts";
import { type AuthorityState, settled } from "../streams/authority-state.ts";
import { type ContextState, contextOf } from "../streams/context-state.ts";
import { readPositions } from "../views/read-log.ts";
import { AuthorityHistory } from "./authority-stream.ts";
import { edgeOf, guardedSession, laterAsked } from "./guard-views.ts";
import { judgeSend, versionNow } from "./judge.ts";
import { verdictOn } from "./receipt-views.ts";
import type { GuardRead, JudgedSend } from "./session-sends.ts";

type Finding = SessionAudit["findings"][number];
type Groups = ContextState["groups"];

const PAGE = 512;

/** What guards said of a message, and of the broadcast it is the first leg of. */
type Judgement = Pick<GuardRead, "verdicts" | "legs">;

const digest = ({ verdicts, legs }: Judgement): string =>
  hashBytes(encodeCanonical([verdicts, legs ?? null]));

const same = (a: Judgement, b: Judgement): boolean => digest(a) === digest(b);

/** Says what a message's guards answered, short enough to be shown beside another. */
const wordsOf = ({ verdicts, legs }: Judgement): string =>
  [
    ...verdicts.map(({ guard, allow, subject, before, after }) => {
      const amounts = before === undefined ? "" : ` ${before} to ${after}`;
      return `${guard} ${subject ?? ""} ${allow ? "allowed" : "denied"}${amounts}`;
    }),
    ...(legs?.budgets ?? []).map(
      ({ peer, legs: paid, needs, left }) => `${paid} legs to ${peer} need ${needs} of ${left}`,
    ),
  ].join("; ");

/** Verdicts of a host that judged; one that let guards pass has read nothing. */
const wasJudged = (verdicts: readonly GuardVerdict[]): boolean =>
  verdicts.some(({ read }) => Object.keys(read).length > 0);

/** Every partition its context ever had: a verdict may have been given under any of them. */
const groupsEver = async (core: HostCore, context: string): Promise<readonly Groups[]> => {
  const seen: Groups[] = [undefined];
  for (let from = 0; ; from += PAGE) {
    const page = await core.store.read(context, from, PAGE);
    for (const { entry } of page) {
      const input = entry.input as ContextInput;
      if (input.kind === "replicas.parted") seen.push(input.groups);
    }
    if (page.length < PAGE) return seen;
  }
};

/** Derives the verdicts of a session again, from the streams of the authorities. */
class Auditor {
  readonly findings: Finding[] = [];
  checked = 0;
  receipts = 0;
  facts = 0;
  private readonly core: HostCore;
  private readonly guarded: GuardedSession;
  private readonly histories = new Map<string, AuthorityHistory>();
  private readonly groups = new Map<string, readonly Groups[]>();

  constructor(core: HostCore, guarded: GuardedSession) {
    this.core = core;
    this.guarded = guarded;
  }

  private async historyOf(authority: string): Promise<AuthorityHistory> {
    const known = this.histories.get(authority);
    if (known !== undefined) return known;
    const until = this.core.authorities.get(authority)?.durable.seq ?? -1;
    const history = await AuthorityHistory.read(this.core, authority, until);
    this.histories.set(authority, history);
    return history;
  }

  private async groupsOf(context: string): Promise<readonly Groups[]> {
    const known = this.groups.get(context) ?? (await groupsEver(this.core, context));
    this.groups.set(context, known);
    return known;
  }

  private find(
    { position, index, read }: JudgedSend,
    what: Finding["what"],
    expected: string,
    actual: string,
  ): void {
    const guard = read.verdicts.find(({ allow }) => !allow)?.guard ?? null;
    const { role, edgeId } = read;
    this.findings.push({ seq: position, index, role, edgeId, what, guard, expected, actual });
  }

  /** The states a verdict may have been given on: before its own charge, or where what it read had these versions. */
  private async statesFor(send: JudgedSend, authority: string): Promise<readonly AuthorityState[]> {
    const history = await this.historyOf(authority);
    const { receipt, read } = send;
    const versions = read.verdicts.flatMap((verdict) => Object.values(verdict.read));
    const at = receipt?.seq ?? Math.max(-1, ...versions);
    const [entry] = at < 0 ? [] : await this.core.store.read(authority, at, 1);
    const input = entry?.entry.input;
    if (input?.kind !== "sends.settled") return [history.at(at)];
    // Within one unit each message sees the charges before it.
    const states: AuthorityState[] = [history.at(at - 1)];
    for (const charge of input.batch.charges)
      states.push(settled(states.at(-1) ?? history.at(at - 1), charge, at));
    const own = receipt?.receipt.index;
    return own === undefined ? states : states.slice(own, own + 1);
  }

  async judge(send: JudgedSend): Promise<void> {
    const { read, stored } = send;
    const { seats, image } = this.guarded;
    const ports = this.core.authority;
    const from = seats.find(({ role }) => role === read.role);
    const asked = edgeOf(image, read.role, read.edgeId, read.label);
    const to = seats.find(({ role }) => role === asked?.peer);
    if (ports === undefined || from === undefined || to === undefined || asked === undefined) return;
    if (!wasJudged(read.verdicts)) return;
    this.checked += 1;
    const context = contextOf(stored.stream);
    const question = {
      context,
      device: from.device,
      peer: to.authority,
      at: stored.entry.at,
      edge: asked.edge,
      later: laterAsked(this.guarded, read),
    };
    const states = await this.statesFor(send, from.authority);
    let derived: Judgement = { verdicts: [] };
    for (const groups of await this.groupsOf(context))
      for (const state of states) {
        derived = judgeSend(ports.frontier, state, { groups }, question);
        if (same(derived, read)) return;
      }
    this.find(send, "verdict", wordsOf(derived), wordsOf(read));
  }

  settle(send: JudgedSend): void {
    const { read, sent, receipt } = send;
    const taken = takenBy(read.verdicts);
    if (sent === undefined || !wasJudged(read.verdicts)) return;
    if (taken !== undefined && receipt === undefined)
      this.find(send, "receipt", `a receipt of ${taken.cost}`, "none");
    if (receipt === undefined) return;
    this.receipts += 1;
    const { cost } = receipt.receipt.charge;
    if (cost !== (taken?.cost ?? 0)) this.find(send, "charge", String(taken?.cost ?? 0), String(cost));
    const verdict = verdictOn(this.core, receipt.receipt, receipt.previous);
    const failed = verdict.steps.find(({ ok }) => !ok);
    if (failed !== undefined)
      this.find(send, "receipt", "a receipt that holds", `${failed.step}: ${failed.detail}`);
  }

  count(send: JudgedSend): void {
    const named = send.read.verdicts.find(({ guard }) => guard === "journal")?.subject?.split(",") ?? [];
    this.facts += send.facts.length;
    if (send.sent === undefined || !wasJudged(send.read.verdicts)) return;
    if (send.facts.length !== named.length)
      this.find(send, "fact", named.join(","), `${send.facts.length} facts`);
  }

  /** A retry says what has moved: each version it names is that of an entry that changed the thing. */
  async retry(
    position: number,
    session: string,
    read: Extract<Read, { readonly kind: "retry" }>,
  ): Promise<void> {
    const seat = this.guarded.seats.find(({ role }) => role === read.role);
    if (seat === undefined) return;
    const history = await this.historyOf(seat.authority);
    const where = { device: seat.device, context: contextOf(session) };
    const latest = Math.max(-1, ...Object.values(read.read));
    for (const [id, version] of Object.entries(read.read)) {
      const actual = versionNow(history.at(latest), where, id);
      if (actual === version) continue;
      const { role } = read;
      const found = { seq: position, index: 0, role, edgeId: "", what: "retry", guard: null } as const;
      this.findings.push({ ...found, expected: `${id} at ${actual}`, actual: `${id} at ${version}` });
    }
  }
}

type GuardedSession = Extract<Awaited<ReturnType<typeof guardedSession>>, { readonly ok: true }>["value"];

const isFork = (core: HostCore, session: string): boolean =>
  (core.workspace.durable.sessions.get(session)?.parent ?? null) !== null;

/**
 * Derives every verdict of a session again at the versions it names, checks
 * the receipts and facts that followed, and tells every difference. What a
 * what-if did on its own is not audited: it stands in no other stream. Nothing
 * is changed.
 */
export const auditSession = async (core: HostCore, id: string): Promise<Result<SessionAudit>> => {
  const guarded = await guardedSession(core, id);
  if (!guarded.ok) return guarded;
  const { head, sends } = guarded.value;
  const auditor = new Auditor(core, guarded.value);
  for await (const send of sends.upTo(id, head)) {
    if (isFork(core, send.stored.stream)) continue;
    await auditor.judge(send);
    auditor.settle(send);
    auditor.count(send);
  }
  for (let from = 0; from <= head; from += PAGE)
    for (const { position, stored } of await readPositions(core.store, id, from, PAGE))
      for (const read of stored.entry.reads)
        if (read.kind === "retry" && !isFork(core, stored.stream))
          await auditor.retry(position, stored.stream, read);
  const { findings, checked, receipts, facts } = auditor;
  return done({ ok: findings.length === 0, head, checked, receipts, facts, findings });
};
