import type { Fact, TimeStamp } from "@parley/wire";

/** What a fact is about: the type of its envelope, the variant of a protocol fact, else its kind. */
export const typeOfFact = ({ content }: Pick<Fact, "content">): string => {
  switch (content.kind) {
    case "generic":
      return content.envelope.type;
    case "protocol":
      return content.variant;
    default:
      return content.kind;
  }
};

/** The schema version a fact was written in; null where it has none. */
export const versionOfFact = ({ content }: Pick<Fact, "content">): number | null =>
  content.kind === "generic" ? content.envelope.version : null;

/** A time in ms since the epoch, of a range its beginning; null for times that are no clock's. */
export const msOfTime = (time: TimeStamp): number | null => {
  switch (time.kind) {
    case "physical":
      return time.ms;
    case "range":
      return time.earliest;
    default:
      return null;
  }
};
