/**
 * Search for a cheapest path in a graph its host supplies (spec/simulation.md
 * §15): weighted best first, a whole class of equally good nodes at a time, so
 * that the answer is the same however the work is shared out.
 */

/** A graph as a search sees it. Nodes are told apart and ordered by `<`. */
export interface WeightedGraph<N extends string | number> {
  readonly successors: (node: N) => readonly { readonly to: N; readonly cost: number }[];
  /** What it still costs at least from here to a goal; 0 where nothing is known. */
  readonly heuristic: (node: N) => number;
}

/** How the work is shared out, and what is thereby promised (spec §15.3). */
export type SearchProfile =
  | "CanonicalSerial"
  | "ThreadedExactSingleLane"
  | "BatchedParallelExact"
  | "BatchedParallelEnvelopeBounded";

export interface WeightedQuery<N extends string | number> {
  readonly start: N;
  /** Any of these will do. */
  readonly goals: readonly N[];
  /** How much dearer than the best an answer may be, in thousandths; 1000 is not at all. */
  readonly epsilonMilli?: number;
  readonly profile?: SearchProfile;
  readonly width?: number;
  /** Batches before it stops with what it has; without it the whole graph is searched. */
  readonly maxBatches?: number;
}

export type WeightedError =
  | { readonly kind: "EmptyAcceptedSet" }
  | { readonly kind: "ZeroBatchWidth" }
  | { readonly kind: "RequiresBatchWidthOne"; readonly profile: SearchProfile; readonly width: number }
  | {
      readonly kind: "RequiresBatchWidthGreaterThanOne";
      readonly profile: SearchProfile;
      readonly width: number;
    };

/** A goal and how it is reached. */
export interface Witness<N> {
  readonly cost: number;
  readonly path: readonly N[];
}

export interface WeightedResult<N> {
  /** The cheapest way found; of equally cheap ones the least, node by node. */
  readonly best: Witness<N> | undefined;
  /** Every time a better one was found, in order. */
  readonly publications: readonly Witness<N>[];
  /** The node each was reached from; of equally cheap ones the least. */
  readonly parents: ReadonlyMap<N, N>;
  readonly expansions: number;
  readonly batches: number;
  readonly contract: "Exact" | "CertifiedWindowExact" | "EnvelopeBounded" | "BudgetedAnytime";
  readonly termination: "Completed" | "SchedulerStepBudgetExhausted";
}

export type WeightedSearched<N> =
  | { readonly ok: true; readonly result: WeightedResult<N> }
  | { readonly ok: false; readonly error: WeightedError };

const contracts = {
  CanonicalSerial: "Exact",
  ThreadedExactSingleLane: "Exact",
  BatchedParallelExact: "CertifiedWindowExact",
  BatchedParallelEnvelopeBounded: "EnvelopeBounded",
} as const;

const problem = <N extends string | number>({
  goals,
  profile = "CanonicalSerial",
  width = profile.startsWith("Batched") ? 2 : 1,
}: WeightedQuery<N>): WeightedError | undefined => {
  if (goals.length === 0) return { kind: "EmptyAcceptedSet" };
  if (width < 1) return { kind: "ZeroBatchWidth" };
  const batched = profile.startsWith("Batched");
  if (!batched && width !== 1) return { kind: "RequiresBatchWidthOne", profile, width };
  return batched && width === 1 ? { kind: "RequiresBatchWidthGreaterThanOne", profile, width } : undefined;
};

const compare = <T extends string | number>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

const comparePaths = <N extends string | number>(a: readonly N[], b: readonly N[]): number => {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const order = compare(a[i] as N, b[i] as N);
    if (order !== 0) return order;
  }
  return a.length - b.length;
};

interface Proposal<N> {
  readonly to: N;
  readonly cost: number;
  readonly from: N;
}

/** One search under way. */
class Frontier<N extends string | number> {
  readonly costs = new Map<N, number>();
  readonly parents = new Map<N, N>();
  readonly publications: Witness<N>[] = [];
  best: Witness<N> | undefined;
  private readonly open = new Set<N>();
  private readonly graph: WeightedGraph<N>;
  private readonly goals: ReadonlySet<N>;
  private readonly epsilon: number;

  constructor(graph: WeightedGraph<N>, { start, goals, epsilonMilli = 1_000 }: WeightedQuery<N>) {
    this.graph = graph;
    this.goals = new Set(goals);
    this.epsilon = epsilonMilli;
    this.costs.set(start, 0);
    this.open.add(start);
    this.publish(start);
  }

  /** The nodes that promise most: equal in the weighted sum and in what they cost so far. */
  batch(): readonly N[] {
    const keyed = [...this.open].map((node) => {
      const cost = this.costs.get(node) ?? 0;
      return { node, cost, weight: cost * 1_000 + this.graph.heuristic(node) * this.epsilon };
    });
    keyed.sort((a, b) => a.weight - b.weight || a.cost - b.cost || compare(a.node, b.node));
    const [first] = keyed;
    return keyed
      .filter(({ weight, cost }) => weight === first?.weight && cost === first.cost)
      .map(({ node }) => node);
  }

  expand(batch: readonly N[]): void {
    const proposals = batch.flatMap((from) =>
      this.graph
        .successors(from)
        .map(({ to, cost }): Proposal<N> => ({ to, from, cost: (this.costs.get(from) ?? 0) + cost })),
    );
    for (const node of batch) this.open.delete(node);
    proposals.sort((a, b) => compare(a.to, b.to) || a.cost - b.cost || compare(a.from, b.from));
    for (const proposal of proposals) this.commit(proposal);
  }

  private commit({ to, from, cost }: Proposal<N>): void {
    const known = this.costs.get(to);
    const parent = this.parents.get(to);
    const cheaper = known === undefined || cost < known;
    if (!cheaper && !(cost === known && parent !== undefined && from < parent && !this.leadsTo(from, to)))
      return;
    this.costs.set(to, cost);
    this.parents.set(to, from);
    // Dearer or equal ways change nothing further on; a cheaper one is followed again.
    if (cheaper) this.open.add(to);
    for (const goal of this.goals) this.publish(goal);
  }

  /** Whether the way to a node goes through another: with edges that cost nothing, ways may go round. */
  private leadsTo(node: N, through: N): boolean {
    for (let at: N | undefined = node; at !== undefined; at = this.parents.get(at))
      if (at === through) return true;
    return false;
  }

  private publish(goal: N): void {
    const cost = this.goals.has(goal) ? this.costs.get(goal) : undefined;
    if (cost === undefined) return;
    const path: N[] = [goal];
    for (let at = this.parents.get(goal); at !== undefined; at = this.parents.get(at)) path.unshift(at);
    const { best } = this;
    if (best !== undefined && cost > best.cost) return;
    if (best !== undefined && cost === best.cost && comparePaths(path, best.path) >= 0) return;
    this.best = { cost, path };
    this.publications.push(this.best);
  }
}

/**
 * Searches until nothing is left to look at, or `maxBatches` are done. A goal
 * found does not end it: a cheaper one may come.
 *
 * @example weightedSearch(graph, { start: 0, goals: [2] }) // { best: { cost: 2, path: [0, 1, 2] }, … }
 */
export const weightedSearch = <N extends string | number>(
  graph: WeightedGraph<N>,
  query: WeightedQuery<N>,
): WeightedSearched<N> => {
  const error = problem(query);
  if (error !== undefined) return { ok: false, error };
  const { profile = "CanonicalSerial", maxBatches } = query;
  const frontier = new Frontier(graph, query);
  let batches = 0;
  let expansions = 0;
  let batch = frontier.batch();
  while (batch.length > 0 && batches < (maxBatches ?? Number.POSITIVE_INFINITY)) {
    frontier.expand(batch);
    batches += 1;
    expansions += batch.length;
    batch = frontier.batch();
  }
  return {
    ok: true,
    result: {
      best: frontier.best,
      publications: frontier.publications,
      parents: frontier.parents,
      expansions,
      batches,
      contract: maxBatches === undefined ? contracts[profile] : "BudgetedAnytime",
      termination: batch.length === 0 ? "Completed" : "SchedulerStepBudgetExhausted",
    },
  };
};
