import { describe, expect, it } from "vitest";
import { logQueriesContract } from "../../testing/log-queries-contract.ts";
import { memoryStore } from "../memory-store.ts";

logQueriesContract("folded in memory", async () => memoryStore(), { describe, it, expect });
