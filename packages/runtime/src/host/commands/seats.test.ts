import { expect, test } from "vitest";
import { hostFixture, openText } from "../../testing/host-fixture.ts";
import { pingSource } from "../../testing/sample-sources.ts";
import { operator } from "../caller.ts";

test("seats left out are filled from the cast in order, whoever has none first", async () => {
  const { host } = await hostFixture();
  const view = await openText(host, pingSource);
  expect(view.roles.map(({ seat }) => seat?.authority)).toEqual(["ada", "bea"]);
  const given = [{ role: "B", authority: "ada", device: "ada-laptop" }];
  const other = await openText(host, pingSource, { seats: given });
  expect(other.roles.map(({ seat }) => seat?.device)).toEqual(["bea-phone", "ada-laptop"]);
});

test("unknown roles and devices are refused", async () => {
  const { host } = await hostFixture();
  const { protocol } = await openText(host, pingSource);
  const kinds = [];
  for (const seat of [
    { role: "Z", authority: "ada", device: "ada-phone" },
    { role: "A", authority: "ada", device: "bea-phone" },
    { role: "A", authority: "zoe", device: "zoe-phone" },
  ]) {
    const opened = await host.openSession(operator, { protocol: protocol.id, seats: [seat] });
    kinds.push(opened.ok ? "ok" : opened.error.kind);
  }
  expect(kinds).toEqual(["wrong-seat", "unknown-seat-device", "unknown-seat-device"]);
});

test("more roles than authorities go round the cast again, on another device where there is one", async () => {
  const { host } = await hostFixture();
  const roles = Array.from({ length: 10 }, (_, i) => `R${i}`);
  const sends = roles.slice(1).map((role, i) => `  R${i} -> ${role} : M${i}`);
  const source = `protocol Chain =\n  roles ${roles.join(", ")}\n${sends.join("\n")}\n`;
  const view = await openText(host, source);
  expect(view.roles.map(({ seat }) => seat?.device).filter((device) => device?.startsWith("ada"))).toEqual([
    "ada-phone",
    "ada-laptop",
  ]);
});
