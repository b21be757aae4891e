export { type ChainBuilder, chainBuilder, type EntryDraft } from "./chain-builder.ts";
export { logStoreContract, type OpenEmptyStore, type SuiteTools } from "./log-store-contract.ts";
