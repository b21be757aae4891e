import { describe, expect, it } from "vitest";
import { logStoreContract } from "../testing/log-store-contract.ts";
import { memoryStore } from "./memory-store.ts";

logStoreContract("memory", async () => memoryStore(), { describe, it, expect });
