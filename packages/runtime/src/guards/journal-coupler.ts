import { type Guard, readOf, silent } from "./guard.ts";

/** JournalCoupler: says which facts land with the send; it never denies. */
export const JournalCoupler: Guard = (snapshot, request) => {
  const { context, authority, operation } = request;
  const facts =
    operation === undefined
      ? request.facts
      : [`operation_executed:${authority}:${operation}`, ...request.facts];
  if (facts.length === 0) return silent;
  const at = snapshot.now ?? 0;
  return {
    verdicts: [
      { guard: "journal", allow: true, subject: facts.join(","), read: readOf(snapshot, "journal") },
    ],
    effects: facts.map((fact) => ({ kind: "appendJournal", context, authority, fact, at })),
  };
};
