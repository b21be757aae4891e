import type { SessionFootprint } from "@parley/wire";

/** The schema of everything a handover leaves behind (spec/aura-runtime.md §12.1). */
export const RECONFIGURATION_SCHEMA = "aura.reconfiguration.v1" satisfies SessionFootprint["schema_version"];

export type FootprintClass = "native" | "delegatedIn" | "delegatedOut";

export const footprintClasses: readonly FootprintClass[] = ["native", "delegatedIn", "delegatedOut"];

export const emptyFootprint: SessionFootprint = {
  schema_version: RECONFIGURATION_SCHEMA,
  native: [],
  delegatedIn: [],
  delegatedOut: [],
};

/** Takes a session out of every class. */
export const forgetSession = (footprint: SessionFootprint, session: string): SessionFootprint => ({
  schema_version: RECONFIGURATION_SCHEMA,
  native: footprint.native.filter((one) => one !== session),
  delegatedIn: footprint.delegatedIn.filter((one) => one !== session),
  delegatedOut: footprint.delegatedOut.filter((one) => one !== session),
});

/** Puts a session into one class and out of the two others. */
export const placeSession = (
  footprint: SessionFootprint,
  session: string,
  where: FootprintClass,
): SessionFootprint => {
  const without = forgetSession(footprint, session);
  return { ...without, [where]: [...without[where], session].sort() };
};

export const classOfSession = (footprint: SessionFootprint, session: string): FootprintClass | undefined =>
  footprintClasses.find((name) => footprint[name].includes(session));

/** Every session of a footprint, in any class. */
export const sessionsOf = (footprint: SessionFootprint): readonly string[] =>
  footprintClasses.flatMap((name) => footprint[name]);

/** Both footprints together; a session in several classes keeps the last of native, in, out. */
export const joinFootprints = (one: SessionFootprint, other: SessionFootprint): SessionFootprint =>
  footprintClasses
    .flatMap((name) => [...one[name], ...other[name]].map((session) => ({ name, session })))
    .reduce((joined, { name, session }) => placeSession(joined, session, name), emptyFootprint);
