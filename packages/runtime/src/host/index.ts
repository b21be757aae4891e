/** The session host: a workspace over a store, with every command of the HTTP interface. */
export { type Caller, operator } from "./caller.ts";
export { createHost } from "./host.ts";
export type { Host, ProtocolFilter, ReplayReport, SessionFilter } from "./host-api.ts";
export { done, type HostError, type HostErrorKind, type Result, refused } from "./host-error.ts";
export { hostErrorDetail } from "./host-error-detail.ts";
export { type HostErrorText, hostErrorText } from "./host-error-text.ts";
export type { HostOptions, HostTesting, SeedProtocol } from "./host-options.ts";
export { asStoreError, storeFailure } from "./ledger/writer.ts";
export { memoryStore } from "./memory-store.ts";
export type {
  AppendEntry,
  AppendUnit,
  BudgetQuery,
  ChainPlace,
  ClockPort,
  Draft,
  DraftStore,
  FactQuery,
  IdempotencyRow,
  LogQueries,
  LogStore,
  RandomPort,
  ReceiptPlace,
  ReceiptQuery,
  Stage,
  StoredSnapshot,
  StoreError,
  StreamAppend,
  StreamHead,
  UnitResult,
} from "./ports.ts";
export type { Finding } from "./session/fold-entry.ts";
export { MAX_IMPORT } from "./transfer/session-file.ts";
export { replayFile } from "./transfer/verify-file.ts";
