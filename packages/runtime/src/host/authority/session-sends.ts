import type { ContextInput, Fact, MachineEvent, Read, StoredEntry } from "@parley/wire";
import type { HostCore } from "../core.ts";
import { takenBy } from "../session/denials.ts";
import type { SessionState } from "../session/session-state.ts";
import { type Positioned, readPositions } from "../views/read-log.ts";
import { type PlacedReceipt, ReceiptWalk } from "./receipt-views.ts";

const PAGE = 512;

export type GuardRead = Extract<Read, { readonly kind: "guard" }>;
type Sent = Extract<MachineEvent, { readonly kind: "sent" | "received" }>;

/** One message a session's guards judged, with what came of it. */
export interface JudgedSend {
  readonly position: number;
  readonly stored: StoredEntry;
  /** Which guard read with verdicts of its entry it is. */
  readonly index: number;
  readonly read: GuardRead;
  /** The message, where it went out. */
  readonly sent: Sent | undefined;
  readonly receipt: PlacedReceipt | undefined;
  readonly facts: readonly Fact[];
}

/** The message of each guard read of an entry, in order: each message is one read's. */
const sentBy = (
  reads: readonly GuardRead[],
  events: readonly MachineEvent[],
): readonly (Sent | undefined)[] => {
  const left = events.filter((one): one is Sent => one.kind === "sent" && one.control === undefined);
  return reads.map((read) => {
    const at = left.findIndex(
      ({ edge, edgeId, label }) => edge.from === read.role && edgeId === read.edgeId && label === read.label,
    );
    const allowed = read.verdicts.every(({ allow }) => allow);
    return at < 0 || !allowed ? undefined : left.splice(at, 1)[0];
  });
};

const isGuard = (read: Read): read is GuardRead => read.kind === "guard" && read.verdicts.length > 0;

/**
 * Reads what the guards of a session judged, position by position, with the
 * receipts and facts its entries name. What-ifs name none: theirs are made
 * from the overlay (`simulated`, in order of sending).
 */
export class SessionSends {
  private readonly core: HostCore;
  private readonly seats: SessionState["pin"]["seats"];
  private readonly walk = new ReceiptWalk();
  private readonly settledBy = new Map<string, readonly PlacedReceipt[]>();
  private readonly factsBy = new Map<string, Fact[]>();
  private readonly simulated: PlacedReceipt[];

  constructor(core: HostCore, seats: SessionState["pin"]["seats"], simulated: readonly PlacedReceipt[]) {
    this.core = core;
    this.seats = seats;
    this.simulated = [...simulated];
  }

  /** Every judged message up to a position, oldest first. */
  async *upTo(session: string, until: number): AsyncGenerator<JudgedSend> {
    for (let from = 0; from <= until; ) {
      const page = await readPositions(this.core.store, session, from, Math.min(PAGE, until - from + 1));
      if (page.length === 0) return;
      for (const one of page) yield* await this.ofEntry(one);
      from += page.length;
    }
  }

  private async ofEntry({ position, stored }: Positioned): Promise<readonly JudgedSend[]> {
    const reads = stored.entry.reads.filter(isGuard);
    const sent = sentBy(reads, stored.entry.events);
    await this.load(stored);
    const own = this.core.workspace.durable.sessions.get(stored.stream)?.parent !== null;
    return reads.map((read, index) => {
      const event = sent[index];
      const simulates = own && this.simulated.length > 0 && event !== undefined && takenBy(read.verdicts);
      const receipt =
        event === undefined
          ? undefined
          : simulates
            ? this.simulated.shift()
            : this.receiptOf(stored, read, event);
      const facts = event === undefined ? [] : this.takeFacts(stored, read);
      return { position, stored, index, read, sent: event, receipt, facts };
    });
  }

  /** Reads the entries of authorities and of the context that an entry names. */
  private async load({ entry }: StoredEntry): Promise<void> {
    for (const { stream, seq } of entry.effects) {
      const name = `${stream} ${seq}`;
      if (stream.startsWith("simulated:") || this.settledBy.has(name) || this.factsBy.has(name)) continue;
      const [named] = await this.core.store.read(stream, seq, 1);
      const input = named?.entry.input;
      if (named === undefined || input === undefined) continue;
      if (input.kind === "sends.settled") this.settledBy.set(name, this.walk.next(input.batch, named));
      const context = input as ContextInput;
      if (context.kind === "facts.added") this.factsBy.set(name, [...context.facts]);
    }
  }

  private receiptOf({ stream, entry }: StoredEntry, read: GuardRead, event: Sent): PlacedReceipt | undefined {
    const authority = this.seats.find(({ role }) => role === read.role)?.authority;
    for (const effect of entry.effects) {
      if (effect.stream !== authority) continue;
      const found = this.settledBy.get(`${effect.stream} ${effect.seq}`)?.find(({ receipt: { charge } }) => {
        const same = charge.edgeId === read.edgeId && charge.label === read.label;
        return charge.session === stream && charge.tick === event.tick && same;
      });
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The facts of one message, each given once. */
  private takeFacts({ entry }: StoredEntry, read: GuardRead): readonly Fact[] {
    const named = read.verdicts.find(({ guard }) => guard === "journal")?.subject?.split(",").length ?? 0;
    const authority = this.seats.find(({ role }) => role === read.role)?.authority;
    const taken: Fact[] = [];
    for (const { stream, seq } of entry.effects) {
      const left = this.factsBy.get(`${stream} ${seq}`) ?? [];
      while (taken.length < named && left[0]?.by === authority) {
        const fact = left.shift();
        if (fact !== undefined) taken.push(fact);
      }
    }
    return taken;
  }
}
