export * from "./common.ts";
export * from "./protocols.ts";
export * from "./sessions.ts";
