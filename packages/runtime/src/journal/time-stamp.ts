import { encodeCanonical, type TimeStamp } from "@parley/wire";
import { compareText, isHash } from "./byte-order.ts";

/** The four time domains, narrowest first (spec/aura-state.md §3). */
export const timeDomains = ["logical", "order", "physical", "range"] as const;

export type TimeDomain = (typeof timeDomains)[number];

/** How two times lie to each other. Times of different domains are incomparable. */
export type TimeRelation = "before" | "after" | "concurrent" | "overlapping" | "incomparable";

/** What to say of logical times neither of which saw the other: that they cannot be compared, or that they are equal. */
export type TimePolicy = "native" | "tie-break";

/** A time that means nothing. */
export interface TimeFault {
  readonly code: "PAR7710";
  readonly error: "invalid-time";
  readonly why: string;
}

const count = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

const whyInvalid = (time: TimeStamp): string | undefined => {
  switch (time.kind) {
    case "logical":
      return count(time.lamport) && Object.values(time.vector).every(count)
        ? undefined
        : "a logical clock counts in whole numbers from 0";
    case "order":
      return isHash(time.bytes) ? undefined : "order time is 32 bytes in lower-case hex";
    case "physical":
      return count(time.ms) && count(time.uncertainty ?? 0)
        ? undefined
        : "physical time is whole milliseconds from 0";
    case "range":
      if (!count(time.earliest) || !count(time.latest))
        return "a range lies between whole milliseconds from 0";
      return time.earliest <= time.latest ? undefined : "a range ends before it begins";
  }
};

/** What is wrong with a time; undefined for a good one. */
export const timeFault = (time: TimeStamp): TimeFault | undefined => {
  const why = whyInvalid(time);
  return why === undefined ? undefined : { code: "PAR7710", error: "invalid-time", why };
};

const byNumber = (a: number, b: number): TimeRelation => (a < b ? "before" : a > b ? "after" : "concurrent");

type Logical = Extract<TimeStamp, { kind: "logical" }>;

/** The partial order of vector clocks; a device that a clock does not name counts as 0. */
const compareVectors = (a: Logical, b: Logical, policy: TimePolicy): TimeRelation => {
  let [below, above] = [false, false];
  for (const device of new Set([...Object.keys(a.vector), ...Object.keys(b.vector)])) {
    const [left, right] = [a.vector[device] ?? 0, b.vector[device] ?? 0];
    below ||= left < right;
    above ||= left > right;
  }
  if (below && above) return policy === "native" ? "incomparable" : "concurrent";
  return below ? "before" : above ? "after" : "concurrent";
};

/**
 * How two times lie to each other: physical by milliseconds whatever their
 * uncertainty, order by bytes, ranges when they are disjoint, logical by what
 * each device had seen.
 *
 * @example compareTimes({ kind: "physical", ms: 5 }, { kind: "physical", ms: 5 }) // "concurrent"
 */
export const compareTimes = (a: TimeStamp, b: TimeStamp, policy: TimePolicy = "native"): TimeRelation => {
  if (a.kind === "physical" && b.kind === "physical") return byNumber(a.ms, b.ms);
  if (a.kind === "order" && b.kind === "order") return byNumber(compareText(a.bytes, b.bytes), 0);
  if (a.kind === "logical" && b.kind === "logical") return compareVectors(a, b, policy);
  if (a.kind === "range" && b.kind === "range") {
    if (a.latest < b.earliest) return "before";
    return b.latest < a.earliest ? "after" : "overlapping";
  }
  return "incomparable";
};

/**
 * The number a time is indexed by, within its domain: milliseconds, the lamport
 * count, the first eight order bytes big-endian, the end of a range. Unsigned
 * 64 bits, hence a bigint.
 */
export const timeIndex = (time: TimeStamp): bigint => {
  switch (time.kind) {
    case "logical":
      return BigInt(time.lamport);
    case "order":
      return BigInt(`0x${time.bytes.slice(0, 16)}`);
    case "physical":
      return BigInt(time.ms);
    case "range":
      return BigInt(time.latest);
  }
};

/** An index as text, `domain:value`; indexes are only compared within one domain. */
export const timeIndexText = (time: TimeStamp): string => `${time.kind}:${timeIndex(time)}`;

const sign = (relation: TimeRelation): number => (relation === "before" ? -1 : relation === "after" ? 1 : 0);

/**
 * For sorting lists of times: negative, 0 or positive. Ranges that overlap go
 * by their end. Times of different domains are equal, or with `tie-break` go by
 * domain and index. For display only: facts are ordered by `compareFacts`.
 */
export const sortTimes = (a: TimeStamp, b: TimeStamp, policy: TimePolicy = "native"): number => {
  if (a.kind !== b.kind)
    return policy === "native" ? 0 : timeDomains.indexOf(a.kind) - timeDomains.indexOf(b.kind);
  if (a.kind === "range" && b.kind === "range")
    return sign(compareTimes(a, b)) || sign(byNumber(a.latest, b.latest));
  return sign(compareTimes(a, b));
};

/** What a time field is for. */
export type TimeNeed =
  /** What had been seen when. */
  | "causality"
  /** A total order, the same everywhere, that says nothing of when. */
  | "order"
  /** A moment on a clock. */
  | "instant"
  /** A span, or a moment known only within bounds. */
  | "window";

const needs = { causality: "logical", order: "order", instant: "physical", window: "range" } as const;

/** The narrowest domain that can say what a field is for. */
export const narrowestDomain = (need: TimeNeed): TimeDomain => needs[need];

/** Negative when the first domain is narrower. */
export const compareDomains = (a: TimeDomain, b: TimeDomain): number =>
  timeDomains.indexOf(a) - timeDomains.indexOf(b);

/** The bytes a signature over a time covers. */
export const timeBytes = (time: TimeStamp): Uint8Array => encodeCanonical(time);
