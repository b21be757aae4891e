export type {
  AppendUnit,
  ClockPort,
  Draft,
  DraftStore,
  IdempotencyRow,
  LogStore,
  RandomPort,
  StoredSnapshot,
  StoreError,
  StreamAppend,
  StreamHead,
  UnitResult,
} from "./ports.ts";
