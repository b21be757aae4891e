import type { GuardedSend } from "@parley/wire/http";
import { api } from "../../api/api.ts";
import type { Cell } from "../../ui/csv.ts";

const PAGE = 200;

/** All that guards judged in a session, oldest first. */
export const allGuarded = async (session: string): Promise<readonly GuardedSend[]> => {
  const found = new Map<string, GuardedSend>();
  for (let from = 0; ; ) {
    const { items } = await api.guards.of(session, { from, limit: PAGE });
    for (const item of items) found.set(`${item.seq} ${item.index}`, item);
    const last = items.at(-1)?.seq;
    if (last === undefined || items.length < PAGE) return [...found.values()];
    // A position may be cut by the page's end; one that fills a page is taken as read.
    from = last > from ? last : last + 1;
  }
};

export const guardColumns = [
  "seq",
  "role",
  "label",
  "edge",
  "guard",
  "allow",
  "code",
  "subject",
  "reason",
  "before",
  "after",
  "read",
  "receipt",
] as const;

/** One row a verdict. */
export const guardRows = (items: readonly GuardedSend[]): readonly (readonly Cell[])[] =>
  items.flatMap(({ seq, role, label, edgeId, verdicts, receipts }) =>
    verdicts.map(({ guard, allow, code, subject, reason, before, after, reads }) => [
      seq,
      role,
      label,
      edgeId,
      guard,
      allow,
      code,
      subject,
      reason,
      before,
      after,
      reads.map(({ id, version }) => `${id}@${version}`).join(" "),
      guard === "flow" ? (receipts[0]?.receipt.id ?? null) : null,
    ]),
  );
