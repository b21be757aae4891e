import type { ContextInput, StoredEntry } from "@parley/wire";
import { foldReplicas, noReplicas, type Replicas } from "../../journal/replicas.ts";
import type { LogStore } from "../ports.ts";

const PAGE = 1_024;
/** Contexts whose replicas are kept folded; the least recently asked for goes first. */
const KEPT = 64;

interface Folded {
  readonly seq: number;
  readonly replicas: Replicas;
  /** By fact id, the seq of the entry that first brought it. */
  readonly seen: Map<string, number>;
}

/** The replicas of contexts, folded when somebody looks and on from where they were. */
export class ContextReplicas {
  private readonly store: LogStore;
  private readonly kept = new Map<string, Folded>();

  constructor(store: LogStore) {
    this.store = store;
  }

  /** The replicas of a context as of an entry of its stream. */
  async at(context: string, seq: number): Promise<Replicas> {
    const known = this.kept.get(context);
    const start = known !== undefined && known.seq <= seq ? known : undefined;
    let replicas = start?.replicas ?? noReplicas(context);
    let from = start === undefined ? 0 : start.seq + 1;
    while (from <= seq) {
      const page = await this.store.read(context, from, Math.min(PAGE, seq - from + 1));
      if (page.length === 0) break;
      replicas = page.reduce(step, replicas);
      from += page.length;
    }
    // An earlier position is folded anew each time: what is kept only moves on.
    // And only as far as there were entries: what is not on disk yet is folded when it is.
    if (known === undefined || known.seq < from)
      this.keep(context, { seq: from - 1, replicas, seen: new Map() });
    return replicas;
  }

  private keep(context: string, folded: Folded): void {
    this.kept.delete(context);
    this.kept.set(context, folded);
    const [oldest] = this.kept.keys();
    if (this.kept.size > KEPT && oldest !== undefined) this.kept.delete(oldest);
  }
}

const step = (replicas: Replicas, { entry }: StoredEntry): Replicas =>
  foldReplicas(replicas, entry.input as ContextInput);
