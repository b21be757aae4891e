export { type ChainBuilder, chainBuilder, type EntryDraft } from "./chain-builder.ts";
export { type SimulatedClock, seededRandom, simulatedClock } from "./fixed-ports.ts";
export { type HostFixture, hostFixture, openText } from "./host-fixture.ts";
export { fixtureContext, fixtureFact, journalFixture, openChecks } from "./journal-fixture.ts";
export { logQueriesContract } from "./log-queries-contract.ts";
export { logStoreContract, type OpenEmptyStore, type SuiteTools } from "./log-store-contract.ts";
export { memoryKeys } from "./memory-keys.ts";
export { plainTokens } from "./plain-tokens.ts";
export { inputsFor, randomWalk, sampleValue } from "./random-walk.ts";
