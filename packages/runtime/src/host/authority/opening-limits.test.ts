import { expect, test } from "vitest";
import { hostFixture, openText } from "../../testing/host-fixture.ts";
import type { Result } from "../host-error.ts";

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

const source = `module paid exposing (Paid)
protocol Paid =
  roles Buyer, Shop, Bank
  Buyer { flow_cost : 40 } -> Shop : Ask
  Shop -> Bank : Check
`;
const seats = ["ada", "bea", "eli"].map((authority, index) => ({
  role: ["Buyer", "Shop", "Bank"][index] ?? "",
  authority,
  device: `${authority}-${authority === "eli" ? "laptop" : "phone"}`,
}));

test("the budget of an opening limits each authority towards those it sends to, in this session alone", async () => {
  const { host } = await hostFixture();
  const { id } = await openText(host, source, { seats, budget: 30 });
  const own = { context: `ctx:${id}`, limit: 30, limited: true };
  expect(must(await host.authority("ada")).budgets).toMatchObject([{ ...own, peer: "bea" }]);
  expect(must(await host.authority("bea")).budgets).toMatchObject([{ ...own, peer: "eli" }]);
  expect(must(await host.authority("eli")).budgets).toEqual([]);
  const other = await openText(host, source, { seats });
  const found = must(await host.authority("ada")).budgets.filter(
    ({ context }) => context === `ctx:${other.id}`,
  );
  expect(found).toEqual([]);
});

test("an authority in a context has the budgets, leakage and tokens that concern it alone", async () => {
  const { host } = await hostFixture();
  const guarded = source.replace("flow_cost : 40", 'guard_capability : "shop:ask", flow_cost : 40');
  const open = () => openText(host, guarded, { seats, budget: 30 });
  const [first, second] = [await open(), await open()];
  const all = must(await host.authority("ada"));
  const own = must(await host.authority("ada", `ctx:${first.id}`));
  expect(all.budgets).toHaveLength(2);
  expect(own.budgets.map(({ context }) => context)).toEqual([`ctx:${first.id}`]);
  const scopes = ({ tokens }: typeof all) =>
    tokens.flatMap(({ scope }) => (scope.kind === "context" ? [scope.context] : []));
  expect(scopes(all).sort()).toEqual([first, second].map(({ id }) => `ctx:${id}`).sort());
  expect(scopes(own)).toEqual([`ctx:${first.id}`]);
  expect(own.devices).toEqual(all.devices);
});
