import type { Leakage } from "@parley/wire";

/** Who may learn that a message was sent (spec/aura-state.md §11). */
export type ObserverClass = keyof Leakage;

/** The order in which classes are judged and shown. */
export const observerClasses: readonly ObserverClass[] = ["external", "neighbor", "inGroup"];

/** Nothing leaks to anybody. */
export const noLeakage: Leakage = { external: 0, neighbor: 0, inGroup: 0 };

/**
 * The class an observer's name stands for, whatever its case. Any other name,
 * those of older documents (relationship, group, custody) among them, counts as
 * external: the widest reading, which the checker tells the author (PAR4008).
 */
export const observerClass = (name: string): ObserverClass => {
  switch (name.trim().toLowerCase()) {
    case "neighbor":
      return "neighbor";
    case "ingroup":
    case "in_group":
      return "inGroup";
    default:
      return "external";
  }
};

/** Sums two amounts class by class. */
export const addLeakage = (a: Leakage, b: Leakage): Leakage => ({
  external: a.external + b.external,
  neighbor: a.neighbor + b.neighbor,
  inGroup: a.inGroup + b.inGroup,
});

/** The first class in which `amount` on top of `consumed` goes beyond `limits`. */
export const exceededClass = (
  consumed: Leakage,
  amount: Leakage,
  limits: Leakage,
): ObserverClass | undefined =>
  observerClasses.find((one) => amount[one] > 0 && consumed[one] + amount[one] > limits[one]);
