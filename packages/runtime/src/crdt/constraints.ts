import {
  allowedSet,
  type MeetSemilattice,
  maxNumber,
  minNumber,
  recordOf,
  requiredSet,
} from "./semilattice.ts";

/** The greatest of several lower bounds; nothing is demanded at 0. */
const atLeast: MeetSemilattice<number> = { top: 0, meet: maxNumber.join, equal: maxNumber.equal };

/** When something holds: from the later start to the earlier end, ms. Empty when the end lies before the start. */
export const timeWindow = recordOf<{ start: number; end: number }>({ start: atLeast, end: minNumber });

/** What a session must and may do: more is required, less allowed, a higher level, a shorter time. */
export const securityPolicy = recordOf<{
  required: readonly string[];
  allowed: readonly string[] | null;
  level: number;
  duration: number;
}>({ required: requiredSet, allowed: allowedSet, level: atLeast, duration: minNumber });

/** How many must agree, how many may take part, what part of them decides (in hundredths). */
export const consensusConstraint = recordOf<{ min: number; max: number; percent: number }>({
  min: atLeast,
  max: minNumber,
  percent: atLeast,
});

/** What may be used up; `Number.MAX_SAFE_INTEGER` is without limit. */
export const resourceQuota = recordOf<{ bytes: number; operations: number; sessions: number }>({
  bytes: minNumber,
  operations: minNumber,
  sessions: minNumber,
});

/** What a device may do, and until when. */
export const deviceCapability = recordOf<{ operations: readonly string[] | null; until: number }>({
  operations: allowedSet,
  until: minNumber,
});
