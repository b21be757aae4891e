import type { APIRequestContext, Page } from "@playwright/test";
import { editorOf, setText } from "./support/editor.ts";
import { expect, test } from "./support/test.ts";
import { inBothThemes, serious } from "./support/well-made.ts";

const ORDER = `module order exposing (Order)

protocol Order =
  roles Buyer, Shop, Bank
  Buyer { flow_cost : 10 } -> Shop : Ask
  Shop -> Buyer : Price of Nat
  choice Buyer at
    | Pay =>
      Buyer -> Shop : Pay
      Shop -> Bank : Charge
      Bank -> Buyer : Receipt
    | Leave =>
      Buyer -> Shop : Leave
      Shop -> Bank : Nothing
      Bank -> Buyer : Bye
`;
/** Another label, another cost, an arm more. */
const NEXT = `${ORDER.replace("Buyer : Receipt", "Buyer : Invoice").replace("flow_cost : 10", "flow_cost : 20")}    | Haggle =>
      Buyer -> Shop : Offer
      Shop -> Bank : Nothing2
      Bank -> Buyer : Bye2
`;

const post = async <T>(request: APIRequestContext, path: string, data: unknown): Promise<T> => {
  const response = await request.post(path, { data });
  expect(response.ok()).toBe(true);
  return (await response.json()) as T;
};

interface Made {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

const twoVersions = async (request: APIRequestContext, old: string, now: string): Promise<Made> => {
  const { id } = await post<{ id: string }>(request, "/api/protocols", { name: "Order", source: old });
  const save = (source: string, label: string) =>
    post<{ version: string }>(request, `/api/protocols/${id}/versions`, { source, label });
  const { version: from } = await save(old, "First");
  const { version: to } = await save(now, "Second");
  return { id, from, to };
};

const open = async (page: Page, { id, from, to }: Made, tab = ""): Promise<void> => {
  await page.goto(`/protocols/${id}/compare?from=${from}&to=${to}${tab === "" ? "" : `&tab=${tab}`}`);
  await expect(page.locator('.compare [data-edge="0"]').first()).toBeAttached();
};

test("save two versions, compare them, and read why an old peer breaks", async ({ page }) => {
  await page.goto("/protocols");
  await page.getByRole("button", { name: "New protocol" }).click();
  await expect(editorOf(page)).toBeAttached();
  for (const [text, name] of [
    [ORDER, "First"],
    [NEXT, "Second"],
  ] as const) {
    await setText(page, text);
    await expect(page.getByRole("banner")).toContainText("Sound");
    await page.keyboard.press("ControlOrMeta+S");
    await page.getByRole("dialog").getByRole("textbox").fill(name);
    await page.keyboard.press("Enter");
    await expect(page.getByText(`Saved as “${name}”`)).toBeVisible();
  }
  await page.getByRole("tab", { name: "Versions" }).click();
  await page.getByRole("link", { name: "Compare Second with the version before it" }).click();
  await expect(page).toHaveURL(/\/compare\?/);

  const changes = page.getByRole("list", { name: "Changes" });
  await expect(changes).toContainText("Bank → Buyer: Receipt is now called Invoice.");
  await expect(changes).toContainText("flow_cost of Buyer → Shop: Ask is 20 instead of 10.");
  await expect(changes).toContainText("choice · Buyer decides gains the arm Haggle (3 messages).");

  await changes.getByRole("button", { name: /Invoice/ }).click();
  const old = page.getByRole("region", { name: "Old version: First" });
  const now = page.getByRole("region", { name: "New version: Second" });
  await expect(old.locator(".band.selected .label")).toHaveText("Receipt");
  await expect(now.locator(".band.selected .label")).toHaveText("Invoice");
  await expect(now.getByText("3 added")).toBeVisible();

  await page.getByRole("tab", { name: "Peers" }).click();
  await expect(page.getByRole("banner")).toContainText("breaking");
  const buyer = page.getByRole("row", { name: /^Buyer/ });
  await expect(buyer).toContainText("Buyer waits for Receipt from Bank, but Invoice arrives.");
  const run = page.getByRole("region", { name: "The run that breaks for Buyer" });
  await expect(run).toContainText("Buyer keeps to the old version, everybody else to the new one.");
  await expect(run.locator("[aria-current=step]")).toContainText("but Invoice arrives");
  await run.getByRole("button", { name: "Previous step" }).click();
  await expect(run.locator("[aria-current=step]")).toContainText("Bank sends Invoice to Buyer");
  await expect(now.locator(".band.selected .label")).toHaveText("Invoice");
});

test("the run opens as a session of the new version, at the place where the old peer breaks", async ({
  page,
  request,
}) => {
  await open(page, await twoVersions(request, ORDER, NEXT), "peers");
  await page.getByRole("button", { name: "Open as a session" }).click();
  await expect(page).toHaveURL(/\/sessions\/[^/?]+/);
  const picture = page.getByRole("group", { name: /^Sequence of the session/ });
  await expect(picture.locator(".band:not(.future) .label", { hasText: "Invoice" })).toBeVisible();
});

test("versions can be swapped, walked by keys, read as text, and compared with the draft", async ({
  page,
  request,
}) => {
  const made = await twoVersions(request, ORDER, NEXT);
  await open(page, made);
  await page.getByRole("list", { name: "Changes" }).waitFor();
  await page.keyboard.press("j");
  await expect(page.locator(".compare-changes [aria-pressed=true]")).toHaveCount(1);
  await page.keyboard.press("x");
  await expect(page.getByRole("list", { name: "Changes" })).toContainText("loses the arm Haggle");
  await page.getByRole("tab", { name: "Text" }).click();
  await expect(page.locator(".monaco-diff-editor")).toContainText("Invoice");
  await request.put(`/api/protocols/${made.id}/draft`, {
    data: { source: ORDER.replace("Ask", "Query"), baseRevision: 0 },
  });
  await page.goto(`/protocols/${made.id}/compare`);
  await expect(page.getByRole("combobox", { name: /^To/ })).toHaveValue("draft");
  await expect(page.getByRole("list", { name: "Changes" })).toContainText("Ask is now called Query");
});

test("nothing to compare, and versions with errors, say so", async ({ page, request }) => {
  const { id } = await post<{ id: string }>(request, "/api/protocols", { name: "Alone", source: ORDER });
  await page.goto(`/protocols/${id}/compare`);
  await expect(page.getByRole("heading", { name: "There is nothing to compare with yet" })).toBeVisible();
  await open(
    page,
    await twoVersions(request, ORDER, ORDER.replace("-> Bank : Charge", "-> Bnk : Charge")),
    "peers",
  );
  await expect(page.getByRole("heading", { name: "These two cannot be compared as peers" })).toBeVisible();
  await expect(page.getByRole("region", { name: "New version: Second" })).toContainText("1 error");
});

test("on a phone one version is shown at a time and nothing is cut off", async ({ page, request }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, await twoVersions(request, ORDER, NEXT), "peers");
  await expect(page.getByRole("row", { name: /^Buyer/ })).toBeVisible();
  await expect(page.getByRole("region", { name: /^Old version/ })).toHaveCount(0);
  const wide = await page.evaluate(
    () =>
      [...document.querySelectorAll(".compare *")].filter((element) => {
        const box = element.getBoundingClientRect();
        return box.width > 0 && box.right > innerWidth + 1 && !element.closest(".sequence, .compare-text");
      }).length,
  );
  expect(wide).toBe(0);
  await page.getByRole("tab", { name: "Old version" }).click();
  await expect(page.getByRole("region", { name: "Old version: First" })).toBeVisible();
});

test.describe("axe finds nothing serious in either theme", () => {
  for (const tab of ["changes", "peers", "text"]) {
    test(tab, async ({ page, request }) => {
      await open(page, await twoVersions(request, ORDER, NEXT), tab);
      const ready = {
        changes: ".compare-changes li",
        peers: ".compare-run li",
        text: ".monaco-diff-editor .view-line",
      };
      await expect(page.locator(ready[tab as keyof typeof ready]).first()).toBeVisible();
      expect(await inBothThemes(page, serious)).toEqual([]);
    });
  }
});
