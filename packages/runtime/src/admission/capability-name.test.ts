import { expect, test } from "vitest";
import { capabilityNameError } from "./capability-name.ts";

test.each([
  ["chat:message:send", undefined],
  ["Chat:send", "InvalidName"],
  ["", "InvalidName"],
  ["chat", "MissingNamespace"],
  ["cap:send", "LegacyNamespace"],
  ["module:", "InvalidModuleCapabilityShape"],
  ["module:shop", "InvalidModuleCapabilityShape"],
  ["module:shop:sell", "UnadmittedModule"],
])("the capability %j is judged %s", (value, kind) => {
  expect(capabilityNameError(value)?.kind).toBe(kind);
});
