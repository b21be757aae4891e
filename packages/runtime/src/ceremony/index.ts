/** Ceremonies: operations of category C, asked of several until enough agree, a deadline passes or another takes their place. */
export {
  acceptedBy,
  brokenCeremonyRules,
  type Ceremonies,
  type Ceremony,
  type CeremonyAnswer,
  type CeremonyOutcome,
  type CeremonyState,
  cannotPass,
  ceremonyIdOf,
  ceremonyState,
  isTimedOut,
  noCeremonies,
} from "./ceremony.ts";
export { type CeremonyError, ceremonyErrorText } from "./ceremony-error.ts";
export {
  type CeremonyFlow,
  ceremonyKinds,
  initialMode,
  type KeyGeneration,
  type LifecyclePolicy,
  lifecyclePolicies,
  modeAllowed,
} from "./ceremony-kind.ts";
export { participantKey, sourceMatches } from "./participant.ts";
export {
  abortCeremony,
  answerCeremony,
  type CeremonyStep,
  commitCeremony,
  startCeremony,
  supersedeCeremony,
  sweepCeremonies,
  TIMED_OUT,
} from "./run-ceremony.ts";
export {
  isSuperseded,
  type SupersessionCandidate,
  type SupersessionLink,
  supersessionCandidates,
  supersessionChain,
} from "./supersession.ts";
export { VersionedMap } from "./versioned-map.ts";
