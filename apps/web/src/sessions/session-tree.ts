import type { SessionSummary } from "@parley/wire/http";

export interface SessionFilter {
  readonly q?: string | undefined;
  readonly protocol?: string | undefined;
  readonly status?: string | undefined;
}

export interface SessionLine {
  readonly session: SessionSummary;
  /** How many parents are listed above it. */
  readonly depth: number;
}

const fits = (session: SessionSummary, { q, protocol, status }: SessionFilter): boolean => {
  const text = `${session.title} ${session.protocol.name} ${session.id}`.toLowerCase();
  return (
    (q === undefined || text.includes(q.toLowerCase())) &&
    (protocol === undefined || session.protocol.id === protocol) &&
    (status === undefined || session.status === status)
  );
};

/** The sessions that fit, newest first, branches under the parent they left; a branch whose parent does not fit stands alone. */
export const sessionTree = (
  sessions: readonly SessionSummary[],
  filter: SessionFilter,
): readonly SessionLine[] => {
  const kept = sessions.filter((session) => fits(session, filter));
  const ids = new Set(kept.map(({ id }) => id));
  const children = Map.groupBy(kept, ({ parent }) => (parent && ids.has(parent.id) ? parent.id : ""));
  const lines: SessionLine[] = [];
  const newest = (list: readonly SessionSummary[]) => [...list].sort((a, b) => b.updatedAt - a.updatedAt);
  const byPlace = (list: readonly SessionSummary[]) =>
    [...list].sort((a, b) => (a.parent?.at ?? 0) - (b.parent?.at ?? 0) || a.createdAt - b.createdAt);
  const add = (list: readonly SessionSummary[], depth: number): void => {
    for (const session of list) {
      lines.push({ session, depth });
      add(byPlace(children.get(session.id) ?? []), depth + 1);
    }
  };
  add(newest(children.get("") ?? []), 0);
  return lines;
};
