export { type BackupError, type BackupResult, backup } from "./backup.ts";
export type { RebuildReport } from "./derive/rebuild.ts";
export { type OpenedStore, type OpenStoreOptions, type OpenStoreResult, openStore } from "./open-store.ts";
export type {
  AuthorityRow,
  ContextRow,
  DerivedQueries,
  DeviceRow,
  ProtocolFilter,
  ProtocolRow,
  RegistrationRow,
  SeatRow,
  SessionFilter,
  SessionRow,
  VersionRow,
} from "./queries/derived-queries-port.ts";
export type { Page, PageRequest } from "./queries/page.ts";
export { type RestoreError, type RestoreResult, restore } from "./restore.ts";
export { describeOpenError, type StoreOpenError } from "./store/store-open-error.ts";
export { type ChainVerdict, verifyChain } from "./verify-chain.ts";
export type { WriterStats } from "./writer/group-commit.ts";
export type { WriterFault } from "./writer/writer-message.ts";
