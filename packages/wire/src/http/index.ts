export * from "./common.ts";
export * from "./debugging.ts";
export * from "./execution.ts";
export * from "./protocols.ts";
export * from "./scenarios.ts";
export * from "./sessions.ts";
