import { logQueriesContract } from "@parley/runtime/testing";
import { describe, expect, it } from "vitest";
import { openForTest } from "../testing/open-for-test.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";

logQueriesContract("tables of SQLite", () => openForTest({ folder: temporaryFolder() }), {
  describe,
  it,
  expect,
});
