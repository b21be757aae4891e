import type {
  AuthorityInput,
  Charge,
  ContextInput,
  Effect,
  Fact,
  SeatBinding,
  WorkspaceInput,
} from "@parley/wire";
import { type EdgeRequest, edgeRequest } from "../../guards/edge-request.ts";
import { sealBatch } from "../../guards/receipt-batch.ts";
import { type EdgeFactVersion, edgeFact, edgeFactType } from "../../journal/edge-fact.ts";
import type { GuardRequest } from "../../machine/request.ts";
import { type HostCore, WORKSPACE } from "../core.ts";
import { type Asked, authorityPart, contextPart, workspacePart } from "../ledger/append.ts";
import type { Cell } from "../ledger/cell.ts";
import type { UnitPart } from "../ledger/unit.ts";
import { schemaVersion } from "../migrations/schema-version.ts";
import { type Denied, type GuardedSend, takenBy } from "../session/denials.ts";
import type { GuardHooks } from "../session/gather.ts";
import { recorderOf, type SentFact } from "../session/session-facts.ts";
import type { SessionState } from "../session/session-state.ts";
import { type AuthorityState, foldAuthority, settled } from "../streams/authority-state.ts";
import { type ContextState, contextOf } from "../streams/context-state.ts";
import { deviceKeyName } from "../streams/key-records.ts";
import { chargeOf } from "./charge-of.ts";
import type { ForkBase } from "./fork-base.ts";
import { judgeSend, versionNow } from "./judge.ts";
import { laterLegs } from "./later-legs.ts";
import type { AuthorityPorts } from "./ports.ts";
import { UndecidedToken } from "./undecided-token.ts";

/** Charges of one device, in order, to be signed as one batch. */
interface BatchDraft {
  readonly device: string;
  readonly charges: Charge[];
}

/** What one unit does to one authority: inputs and batches in order, and the state they lead to. */
interface AuthorityDraft {
  state: AuthorityState;
  readonly from: number;
  readonly inputs: (AuthorityInput | BatchDraft)[];
}

const isBatch = (input: AuthorityInput | BatchDraft): input is BatchDraft => "charges" in input;

const requests = new WeakMap<readonly unknown[], EdgeRequest>();

const requestOf = ({ annotations }: GuardRequest): EdgeRequest => {
  const known = requests.get(annotations) ?? edgeRequest(annotations);
  requests.set(annotations, known);
  return known;
};

const asksNothing = ({ capabilities, cost, facts, leakage, malformed }: EdgeRequest): boolean =>
  capabilities.length + facts.length + malformed.length + cost === 0 &&
  leakage.external + leakage.neighbor + leakage.inGroup === 0;

/**
 * What the rounds of one unit take from authorities and add to their context:
 * later rounds see it at once, the streams get it with the unit or not at all.
 * Guards judge on the tentative state of the sender's authority; a what-if on
 * its own overlay, of which nothing is ever written.
 */
export class UnitBook {
  private readonly core: Pick<HostCore, "authorities" | "authority" | "workspace">;
  private readonly stream: string;
  private readonly title: string;
  private readonly seats: readonly SeatBinding[];
  private readonly context: Cell<ContextState> | undefined;
  private readonly base: ForkBase | undefined;
  private readonly drafts = new Map<string, AuthorityDraft>();
  private readonly contextInputs: ContextInput[] = [];
  private readonly workspaceInputs: WorkspaceInput[] = [];
  private readonly added = new Map<string, { readonly seq: number; readonly facts: Fact[] }>();
  private factCount = 0;
  /** Entries of authorities that the session entry being made leads to. */
  private touched = new Map<string, Effect>();

  constructor(
    core: Pick<HostCore, "authorities" | "authority" | "workspace">,
    session: Pick<SessionState, "stream" | "pin">,
    where: { readonly context: Cell<ContextState> | undefined; readonly base: ForkBase | undefined },
  ) {
    this.core = core;
    this.stream = session.stream;
    this.title = session.pin.title;
    this.seats = session.pin.seats;
    this.context = where.context;
    this.base = where.base;
  }

  /** The guards of this unit; none where the host cannot judge. */
  hooks(): GuardHooks | undefined {
    const ports = this.core.authority;
    if (ports === undefined) return undefined;
    return {
      guard: (state, request) => this.judge(ports, state, request),
      retry: (state, denied) => this.retry(state, denied),
      sent: (state, send) => this.settle(state, send),
    };
  }

  /** Adds an input of an authority before the rounds of the unit. */
  add(authority: string, input: AuthorityInput): void {
    const draft = this.draftOf(authority);
    if (draft === undefined) return;
    draft.inputs.push(input);
    draft.state = { ...foldAuthority(draft.state, input), seq: draft.state.seq + 1 };
    this.touch(authority, draft.from + draft.inputs.length);
  }

  /** Adds an input of the workspace before the rounds of the unit. */
  tell(input: WorkspaceInput): void {
    this.workspaceInputs.push(input);
    this.name({ stream: WORKSPACE, seq: this.core.workspace.tentative.seq + this.workspaceInputs.length });
  }

  /** Whether an input of that kind goes to the workspace with this unit. */
  tells(kind: WorkspaceInput["kind"]): boolean {
    return this.workspaceInputs.some((one) => one.kind === kind);
  }

  /** Adds an input of the session's own context before the rounds of the unit; a what-if has none. */
  record(input: ContextInput): void {
    if (this.context === undefined) return;
    this.beginContext(this.context);
    this.contextInputs.push(input);
    const seq = this.context.tentative.seq + this.contextInputs.length;
    this.name({ stream: contextOf(this.stream), seq });
  }

  /** Names an entry elsewhere as an effect of the session entry being made. */
  name(effect: Effect): void {
    this.touched.set(`${effect.stream} ${effect.seq}`, effect);
  }

  /** The effects of the session entry just applied, its facts added to the context. */
  effectsOf(state: SessionState, facts: readonly SentFact[]): readonly Effect[] {
    const charged = [...this.touched.values()];
    this.touched = new Map();
    if (facts.length === 0) return charged;
    return [...this.factEffects(state, facts), ...charged];
  }

  /** The parts that write all of it: the context's, then the authorities'. */
  parts(asked: Asked): readonly UnitPart[] {
    const parts = [...this.drafts].map(([authority, { inputs, state }]) =>
      authorityPart(
        this.core,
        authority,
        inputs.map((input) => (isBatch(input) ? this.seal(input, state) : input)),
        asked,
      ),
    );
    const recorded =
      this.context && contextPart(contextOf(this.stream), this.context, this.contextInputs, asked);
    const told = workspacePart(this.core, this.workspaceInputs, asked);
    return [recorded, told, ...parts].filter((part) => part !== undefined);
  }

  private draftOf(authority: string): AuthorityDraft | undefined {
    const known = this.drafts.get(authority);
    if (known !== undefined) return known;
    const state = this.core.authorities.get(authority)?.tentative;
    if (state === undefined) return undefined;
    const draft = { state, from: state.seq, inputs: [] };
    this.drafts.set(authority, draft);
    return draft;
  }

  private stateOf(session: SessionState, authority: string): AuthorityState | undefined {
    if (this.base !== undefined) return this.base.stateOf(session, authority);
    return this.drafts.get(authority)?.state ?? this.core.authorities.get(authority)?.tentative;
  }

  private seat(role: string): SeatBinding | undefined {
    return this.seats.find((one) => one.role === role);
  }

  private touch(authority: string, seq: number): void {
    this.name({ stream: authority, seq });
  }

  /** Charges of a session's own context; a what-if goes on in its parent's. */
  private contextId(): string {
    return this.base?.context ?? contextOf(this.stream);
  }

  private judge(
    ports: AuthorityPorts,
    session: SessionState,
    request: GuardRequest,
  ): ReturnType<GuardHooks["guard"]> {
    const { role, edgeId, label } = request;
    const edge = requestOf(request);
    const legs = laterLegs(session.image, this.seats, request);
    const later = legs.ok ? legs.later : [];
    if (asksNothing(edge) && legs.ok && later.every((leg) => asksNothing(leg.edge)))
      return { kind: "guard", role, edgeId, label, verdicts: [] };
    const from = this.seat(role);
    const to = this.seat(request.peer);
    const state = from && this.stateOf(session, from.authority);
    if (from === undefined || to === undefined || state === undefined || !legs.ok) {
      const empty = from === undefined || state === undefined ? role : legs.ok ? request.peer : legs.unseated;
      const reason = `No authority known here sits in ${empty}.`;
      return {
        kind: "guard",
        role,
        edgeId,
        label,
        verdicts: [{ guard: "capability", allow: false, reason, read: {} }],
      };
    }
    const groups = { groups: this.base?.groups ?? this.context?.tentative.groups };
    const question = {
      context: this.contextId(),
      device: from.device,
      peer: to.authority,
      at: session.at,
      edge,
      later,
    };
    const outcome = judgeSend(ports.frontier, state, groups, question);
    if (!outcome.allow && outcome.undecided !== undefined)
      throw new UndecidedToken(from.authority, from.device, outcome.undecided);
    const summed = outcome.legs === undefined ? {} : { legs: outcome.legs };
    return { kind: "guard", role, edgeId, label, verdicts: outcome.verdicts, ...summed };
  }

  private retry(session: SessionState, denied: Denied): ReturnType<GuardHooks["retry"]> {
    const seat = this.seat(denied.role);
    const state = seat && this.stateOf(session, seat.authority);
    if (seat === undefined || state === undefined) return undefined;
    const where = { device: seat.device, context: this.contextId() };
    const read = Object.fromEntries(
      Object.keys(denied.read).map((id) => [id, versionNow(state, where, id)] as const),
    );
    const moved = Object.entries(denied.read).some(([id, version]) => read[id] !== version);
    return moved ? { kind: "retry", role: denied.role, endpoint: denied.endpoint, read } : undefined;
  }

  /** Settles what a message took, now that it went out. */
  private settle(session: SessionState, { read, event }: GuardedSend): void {
    if (this.base !== undefined) return;
    const from = this.seat(event.edge.from);
    const to = this.seat(event.edge.to);
    const taken = takenBy(read.verdicts);
    const draft = from && taken && this.draftOf(from.authority);
    if (from === undefined || to === undefined || taken === undefined || draft === undefined) return;
    const { authority, device } = from;
    const { edgeId, label, tick } = event;
    const charge = chargeOf(
      draft.state,
      { authority, device, peer: to.authority, ...taken, edgeId, label, tick, at: session.at },
      { context: contextOf(this.stream), session: this.stream },
    );
    const last = draft.inputs.at(-1);
    if (last !== undefined && isBatch(last) && last.device === device) last.charges.push(charge);
    else draft.inputs.push({ device, charges: [charge] });
    const seq = draft.from + draft.inputs.length;
    draft.state = { ...settled(draft.state, charge, seq), seq };
    this.touch(authority, seq);
  }

  private seal({ device, charges }: BatchDraft, state: AuthorityState): AuthorityInput {
    const keys = this.core.authority?.keys;
    const name = deviceKeyName(state.keys, device);
    const key = keys?.publicKey(name);
    if (keys === undefined || key === undefined) throw new Error(`there is no key of ${device}`);
    const batch = sealBatch(charges, { key, device, sign: (bytes) => keys.sign(name, bytes) });
    return { kind: "sends.settled", batch };
  }

  private factEffects(state: SessionState, facts: readonly SentFact[]): readonly Effect[] {
    if (this.context === undefined) {
      const replicas = new Set(facts.map(({ role }) => recorderOf(state.pin, role)));
      state.simulatedFacts += facts.length;
      const { stream } = state;
      return [...replicas].map((_, at) => ({
        stream: `simulated:${stream}`,
        seq: state.simulatedFacts - replicas.size + at + 1,
      }));
    }
    const effects = new Map<string, Effect>();
    for (const sent of facts) {
      const by = recorderOf(state.pin, sent.role);
      effects.set(by, { stream: contextOf(this.stream), seq: this.addFact(state, by, sent) });
    }
    return [...effects.values()];
  }

  /** What begins a context in which nothing has been recorded yet. */
  private beginContext({ tentative }: Cell<ContextState>): void {
    if (tentative.seq >= 0 || this.contextInputs.length > 0) return;
    this.contextInputs.push({ kind: "context.created", stream: contextOf(this.stream), title: this.title });
    const authorities = [...new Set(this.seats.map(({ authority }) => authority))];
    if (authorities.length > 0) this.contextInputs.push({ kind: "replica.joined", authorities });
  }

  /** Adds one fact at its replica; answers the seq of the entry that holds it. */
  private addFact(state: SessionState, by: string, sent: SentFact): number {
    const cell = this.context as Cell<ContextState>;
    const { tentative } = cell;
    const context = contextOf(this.stream);
    this.beginContext(cell);
    const { fact, role, edgeId, label } = sent;
    const request = {
      context,
      by,
      at: state.at,
      fact,
      session: this.stream,
      edgeId,
      role,
      label,
      // How many the context held before: never given twice.
      seq: tentative.facts + this.factCount,
    };
    const version = schemaVersion(this.core.workspace.tentative.services, edgeFactType);
    const made = edgeFact(request, version as EdgeFactVersion | undefined);
    this.factCount += 1;
    const known = this.added.get(by);
    if (known !== undefined) {
      known.facts.push(made);
      return known.seq;
    }
    const list: Fact[] = [made];
    this.contextInputs.push({ kind: "facts.added", replica: by, facts: list });
    const seq = tentative.seq + this.contextInputs.length;
    this.added.set(by, { seq, facts: list });
    return seq;
  }
}
