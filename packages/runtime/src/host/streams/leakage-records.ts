import type { AuthorityInput, Charge, Leakage } from "@parley/wire";
import type { LeakageState } from "../../guards/guard-snapshot.ts";
import { addLeakage, noLeakage } from "../../guards/observer-class.ts";
import { emptyMap, entriesIn, getFrom, type PersistentMap, putInto } from "./persistent-map.ts";

/** Limits of a context nobody set any for (spec/aura-state.md §11). */
export const DEFAULT_LEAKAGE: Leakage = { external: 1_000, neighbor: 500, inGroup: 100 };

const HOUR = 3_600_000;
/** What leaked longer ago no longer counts. */
const WINDOW_HOURS = 24;

/** What an authority let out in one context, by the hour. */
export interface ContextLeakage {
  readonly context: string;
  readonly limits: Leakage;
  readonly limited: boolean;
  /** Newest last; hours outside the window are dropped as new ones come. */
  readonly hours: readonly { readonly hour: number; readonly leaked: Leakage }[];
  readonly version: number;
}

export type LeakageRecords = PersistentMap<ContextLeakage>;

export const noLeakages: LeakageRecords = emptyMap();

/** How guards name the leakage of a context. */
export const leakageId = (context: string): string => `leakage:${context}`;

export const contextLeakage = (records: LeakageRecords, context: string): ContextLeakage =>
  getFrom(records, context) ?? { context, limits: DEFAULT_LEAKAGE, limited: false, hours: [], version: -1 };

const isSilent = ({ external, neighbor, inGroup }: Leakage): boolean => external + neighbor + inGroup === 0;

/** What counts at a time: the hours of the window. */
export const leakageState = ({ limits, hours }: ContextLeakage, at: number): LeakageState => {
  const from = Math.floor(at / HOUR) - WINDOW_HOURS;
  const counted = hours.filter(({ hour }) => hour > from);
  const [oldest] = counted;
  const consumed = counted.reduce((sum, { leaked }) => addLeakage(sum, leaked), noLeakage);
  return {
    limits,
    consumed,
    ...(oldest === undefined ? {} : { freeAt: (oldest.hour + WINDOW_HOURS) * HOUR }),
  };
};

type LeakageInput = Extract<AuthorityInput, { readonly kind: "leakage.limited" | "leakage.reset" }>;

/** One step of the fold. */
export const foldLeakage = (records: LeakageRecords, input: LeakageInput, seq: number): LeakageRecords => {
  const known = contextLeakage(records, input.context);
  const next: ContextLeakage =
    input.kind === "leakage.limited"
      ? { ...known, limits: input.limits, limited: true, version: seq }
      : { ...known, hours: [], version: seq };
  return putInto(records, input.context, next);
};

/** Settles what one charge let out. */
export const settleLeakage = (records: LeakageRecords, charge: Charge, seq: number): LeakageRecords => {
  const { context, leakage, at } = charge;
  if (isSilent(leakage)) return records;
  const known = contextLeakage(records, context);
  const hour = Math.floor(at / HOUR);
  const last = known.hours.at(-1);
  const hours =
    last?.hour === hour
      ? [...known.hours.slice(0, -1), { hour, leaked: addLeakage(last.leaked, leakage) }]
      : [...known.hours.filter((one) => one.hour > hour - WINDOW_HOURS), { hour, leaked: leakage }];
  return putInto(records, context, { ...known, hours, version: seq });
};

/** Every context somebody set limits for or leaked in. */
export const leakagesInOrder = (records: LeakageRecords): readonly ContextLeakage[] =>
  [...entriesIn(records)].map(([, one]) => one).sort((a, b) => (a.context < b.context ? -1 : 1));
