import type { StepRef, Value } from "@parley/wire";

/** A decision or payload handed in and not yet used, with the position of the input that gave it. */
export interface Given<T> {
  readonly value: T;
  readonly seq: number;
}

/** What seats have handed in ahead of the round that uses it (model §2.4). */
export interface Inbox {
  readonly decisions: Map<string, Given<string>>;
  readonly payloads: Map<string, Given<Value>>;
}

export const emptyInbox = (): Inbox => ({ decisions: new Map(), payloads: new Map() });

export const cloneInbox = (inbox: Inbox): Inbox => ({
  decisions: new Map(inbox.decisions),
  payloads: new Map(inbox.payloads),
});

/** Where a given value applies: one seat, one endpoint, one step of it. */
export const refKey = ({ seat, endpoint, step }: StepRef): string => JSON.stringify([seat, endpoint, step]);

export const forget = (inbox: Inbox, ref: StepRef): void => {
  const key = refKey(ref);
  inbox.decisions.delete(key);
  inbox.payloads.delete(key);
};

const sorted = <T>(map: Map<string, Given<T>>): readonly (readonly [string, Given<T>])[] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

/** A canonical form, whatever the order the values came in. */
export const inboxForm = (inbox: Inbox) => ({
  decisions: sorted(inbox.decisions),
  payloads: sorted(inbox.payloads),
});
