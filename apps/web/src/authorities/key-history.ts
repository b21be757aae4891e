import type { AuthorityView } from "@parley/wire/http";

type Key = AuthorityView["keys"][number];

/** In which epochs a key counts, in words. */
export const epochWords = ({ epoch, retired }: Pick<Key, "epoch" | "retired">): string => {
  if (retired === null) return `since epoch ${epoch}`;
  if (retired.epoch < epoch) return "in no epoch";
  return retired.epoch === epoch ? `epoch ${epoch}` : `epochs ${epoch} – ${retired.epoch}`;
};

/** The keys of one device, the last bound first. */
export const keyHistory = (keys: readonly Key[], device: string): readonly Key[] =>
  keys.filter((key) => key.device === device).toReversed();
