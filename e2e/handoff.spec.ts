import { readFileSync } from "node:fs";
import type { APIRequestContext, Download, Locator, Page } from "@playwright/test";
import { button, region } from "./support/session.ts";
import { expect, test } from "./support/test.ts";
import { inBothThemes, noSidewaysScroll, serious } from "./support/well-made.ts";

const seats = [
  { role: "Initiator", authority: "ada", device: "ada-phone" },
  { role: "Invitee", authority: "bea", device: "bea-phone" },
];

/** A live device enrolment of Ada and Bea, its request sent. */
const enrol = async (request: APIRequestContext, part: object = {}): Promise<string> => {
  const opened = await request.post("/api/sessions", {
    data: { protocol: "invitation_device_enrollment", seats, grant: "declared", ...part },
  });
  expect(opened.status(), await opened.text()).toBe(201);
  const { session } = (await opened.json()) as { session: { id: string } };
  await request.post(`/api/sessions/${session.id}/inputs`, { data: { inputs: [{ kind: "advance" }] } });
  return session.id;
};

interface Standing {
  readonly owner: unknown;
  readonly generation: number;
  readonly fragments: unknown;
  readonly receipts: readonly unknown[];
}
const standing = async (request: APIRequestContext, id: string): Promise<Standing> => {
  const { owner, generation, fragments, receipts } = (await (
    await request.get(`/api/sessions/${id}/ownership`)
  ).json()) as Standing;
  return { owner, generation, fragments, receipts };
};

const panel = (page: Page): Locator => region(page, "Ownership");
const owner = (page: Page): Locator => region(page, "Owner");
const dialogOf = (page: Page): Locator => page.getByRole("dialog");
const moves = (page: Page): Locator => dialogOf(page).getByRole("region", { name: "What would move" });
const textOf = async (download: Download): Promise<string> => readFileSync(await download.path(), "utf8");

const delegateTo = async (page: Page, who: string): Promise<void> => {
  await button(page, "Delegate …").click();
  await dialogOf(page).getByRole("combobox", { name: "To", exact: true }).selectOption({ label: who });
  await expect(moves(page)).toContainText("can be handed over");
  await dialogOf(page).getByRole("button", { name: "Delegate", exact: true }).click();
  await expect(dialogOf(page)).toHaveCount(0);
};

test("a live device enrolment is delegated, its receipt read, the stale owner refused, and delegated back", async ({
  page,
  request,
}) => {
  const id = await enrol(request);
  await page.goto(`/sessions/${id}?side=ownership`);
  await expect(owner(page)).toContainText("Ada owns it with generation 1");
  await button(page, "Delegate …").click();
  await dialogOf(page).getByRole("combobox", { name: "To", exact: true }).selectOption({ label: "Chan" });
  await expect(moves(page)).toContainText("ada (generation 1) → chan (generation 2)");
  await expect(moves(page)).toContainText("bundle:device_migration");
  await expect(moves(page)).toContainText("ada: native → delegated out");
  await expect(moves(page)).toContainText("chan: nothing to do with it → delegated in");
  await dialogOf(page).getByRole("button", { name: "Delegate", exact: true }).click();
  await expect(dialogOf(page)).toHaveCount(0);
  await expect(owner(page)).toContainText("Chan owns it with generation 2");

  const check = region(page, "Checked in this browser");
  await expect(check).toContainText("verified");
  await expect(check.locator("[data-ok=true]")).toHaveCount(9);
  await check.getByRole("button", { name: "Flip a bit" }).click();
  await expect(check).toContainText("rejected");
  await check.getByRole("button", { name: "As it was" }).click();
  await expect(check).toContainText("verified");
  await expect(page.getByRole("img", { name: /^Owners: .*Chan with generation 2/ })).toBeVisible();

  await button(page, "Act as Ada, generation 1 …").click();
  await dialogOf(page).getByRole("combobox", { name: "To", exact: true }).selectOption({ label: "Dee" });
  await expect(dialogOf(page)).toContainText(
    /You held generation 1, the session is at 2 and belongs to Chan since Chan took over at #\d+/,
  );
  await expect(moves(page)).toContainText("would be refused");
  await expect(moves(page).getByRole("list", { name: "Reasons of the refusal" })).toContainText("PAR83");
  await button(page, "Try all the same").click();
  await expect(dialogOf(page).getByRole("alert")).toContainText(/PAR83\d\d/);
  await dialogOf(page).getByRole("button", { name: "Cancel" }).click();
  await expect(region(page, "Refused handoffs")).toContainText(/PAR83\d\d/);
  await expect(owner(page)).toContainText("Chan owns it with generation 2");

  await button(page, "Delegate back to Ada …").click();
  await expect(moves(page)).toContainText("can be handed over");
  await dialogOf(page).getByRole("button", { name: "Delegate", exact: true }).click();
  await expect(dialogOf(page)).toHaveCount(0);
  await expect(owner(page)).toContainText("Ada owns it with generation 3, for the whole session");
  await expect(region(page, "Lineage").getByRole("button")).toHaveCount(2);
  await region(page, "Lineage")
    .getByRole("button", { name: /generation 2/ })
    .click();
  await expect(page).toHaveURL(/receipt=[0-9a-f]{64}/);
  await expect(region(page, "Receipt of the handoff")).toContainText("ada → chan");

  // Who owned it before any of this, at its own position.
  await page.goto(`/sessions/${id}?side=ownership&at=1`);
  await expect(owner(page)).toContainText("Ada owns it with generation 1");
  await expect(owner(page)).toContainText("nothing can be handed over here");
});

test("a handoff that cannot be leaves everything as it was: a failure tried on purpose, a foreign bundle, a runtime without reconfiguration", async ({
  page,
  request,
}) => {
  const id = await enrol(request);
  const before = await standing(request, id);
  await page.goto(`/sessions/${id}?side=ownership`);
  await button(page, "Delegate …").click();
  await dialogOf(page).getByRole("combobox", { name: "To", exact: true }).selectOption({ label: "Chan" });
  await dialogOf(page)
    .getByRole("combobox", { name: "It fails because", exact: true })
    .selectOption({ label: "the footprints do not follow" });
  await dialogOf(page).getByRole("button", { name: "Try the failure", exact: true }).click();
  await expect(dialogOf(page).getByRole("alert")).toContainText("PAR8405");
  const tried = dialogOf(page).getByRole("region", { name: "After the failure" });
  await expect(tried.locator("[data-same=true]")).toHaveCount(5);
  await expect(tried).toContainText("everything is as it was");
  expect(await standing(request, id)).toEqual(before);
  await tried.getByRole("link", { name: /Journal/ }).click();
  await expect(page.getByRole("table", { name: "Refused commands" })).toContainText(
    "made to fail at its footprint",
  );
  await page.goBack();
  await button(page, "Delegate …").click();
  await dialogOf(page).getByRole("combobox", { name: "To", exact: true }).selectOption({ label: "Chan" });

  const foreign = await dialogOf(page).locator("optgroup option").first().textContent();
  await dialogOf(page)
    .getByRole("combobox", { name: "Bundle", exact: true })
    .selectOption(foreign ?? "");
  await expect(moves(page)).toContainText("would be refused");
  await expect(dialogOf(page).getByRole("button", { name: "Delegate", exact: true })).toBeDisabled();
  await button(page, "Try all the same").click();
  await expect(dialogOf(page).getByRole("alert")).toContainText(/PAR8\d\d\d/);
  await dialogOf(page).getByRole("button", { name: "Cancel" }).click();
  expect(await standing(request, id)).toEqual(before);
  await expect(owner(page)).toContainText("Ada owns it with generation 1");
  await expect(region(page, "Refused handoffs")).toContainText("only this record is left");

  const lacking = await enrol(request, { runtime: "no-reconfiguration" });
  const held = await standing(request, lacking);
  await page.goto(`/sessions/${lacking}?side=ownership`);
  await expect(owner(page)).toContainText(/PAR8\d\d\d/);
  await button(page, "Delegate …").click();
  await expect(moves(page)).toContainText("would be refused");
  await button(page, "Try all the same").click();
  await expect(dialogOf(page).getByRole("alert")).toContainText(/PAR8\d\d\d/);
  expect(await standing(request, lacking)).toEqual(held);
});

test("a bundle is seeded and upgraded; a rule is explained as it is broken; the topology is drawn before and after", async ({
  page,
}) => {
  await page.goto("/reconfiguration");
  await expect(region(page, "Coherence")).toContainText("Computed again in this browser: the same.");
  await page.getByRole("table", { name: "Bundles" }).getByRole("link", { name: "device_migration" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "device_migration" })).toBeVisible();
  await expect(button(page, "Upgrade …")).toBeDisabled();
  await button(page, "Seed …").click();
  await dialogOf(page).getByRole("checkbox", { name: "Ada, Ada's phone" }).check();
  await dialogOf(page).getByRole("checkbox", { name: "Bea, Bea's phone" }).check();
  await dialogOf(page).getByRole("button", { name: "Seed", exact: true }).click();
  await expect(dialogOf(page)).toHaveCount(0);

  await button(page, "Upgrade …").click();
  const rules = dialogOf(page).getByRole("region", { name: "Rules of the upgrade" });
  await expect(rules.locator("[data-ok=false]")).toHaveCount(0);
  await dialogOf(page).getByRole("checkbox", { name: "Ada, Ada's phone" }).uncheck();
  await dialogOf(page).getByRole("checkbox", { name: "Bea, Bea's phone" }).uncheck();
  await dialogOf(page).getByRole("checkbox", { name: "Chan, Chan's laptop" }).check();
  await expect(rules.locator("[data-ok=false]")).toContainText("a present member is in the first step");
  await button(page, "Try it; it will fail").click();
  const panelOf = page.getByRole("region", { name: "Upgrade upgrade-1" });
  await expect(panelOf.locator("[data-phase=failed]")).toContainText("ownership must go on");
  await expect(region(page, "Runtime")).toContainText("run by Ada, Ada's phone, Bea, Bea's phone");

  await button(page, "Upgrade …").click();
  await dialogOf(page).getByRole("checkbox", { name: "Ada, Ada's phone" }).uncheck();
  await dialogOf(page).getByRole("checkbox", { name: "Chan, Chan's laptop" }).check();
  await expect(
    dialogOf(page).getByRole("img", { name: /^after: device_migration is run by Bea, Bea's phone, Chan/ }),
  ).toBeVisible();
  await dialogOf(page).getByRole("button", { name: "Upgrade", exact: true }).click();
  await expect(dialogOf(page)).toHaveCount(0);
  const made = page.getByRole("region", { name: "Upgrade upgrade-2" });
  await expect(made.locator("[data-phase=committed_cutover]")).toContainText("Chan, Chan's laptop");
  await expect(made.getByRole("img", { name: /^before: / })).toBeVisible();
  await expect(page).toHaveURL(/upgrade=2/);

  await page.goto("/reconfiguration?tab=fits");
  await page
    .getByRole("button", { name: /They do not fit|They fit/ })
    .first()
    .click();
  await expect(region(page, "The pair")).toContainText(/fit/);
  await expect(page).toHaveURL(/row=/);
});

test("all of it by keyboard: the panel, the dialog, the handoff; the table of handoffs has addresses and exports", async ({
  page,
  request,
}) => {
  const id = await enrol(request);
  await page.goto(`/sessions/${id}`);
  await page.getByRole("tab", { name: "Next", exact: true }).focus();
  while ((await page.getByRole("tab", { name: "Ownership" }).getAttribute("aria-selected")) !== "true")
    await page.keyboard.press("ArrowRight");
  await expect(owner(page)).toContainText("Ada owns it");
  await button(page, "Delegate …").focus();
  await page.keyboard.press("Enter");
  const to = dialogOf(page).getByRole("combobox", { name: "To", exact: true });
  await to.focus();
  await page.keyboard.type("Eli");
  await expect(to).toHaveValue("eli");
  await expect(moves(page)).toContainText("→ eli (generation 2)");
  await dialogOf(page).getByRole("button", { name: "Delegate", exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect(owner(page)).toContainText("Eli owns it with generation 2");
  await expect(button(page, "Delegate …")).toBeFocused();

  await page.goto("/reconfiguration?tab=handoffs");
  const link = page.getByRole("table", { name: "Handoffs" }).getByRole("link").last();
  await link.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/row=[0-9a-f]{64}/);
  await expect(region(page, "Topology before and after")).toBeVisible();
  const [csv] = await Promise.all([
    page.waitForEvent("download"),
    button(page, "Export Handoffs as CSV").click(),
  ]);
  expect(await textOf(csv)).toContain(id);
});

const paths = [
  "/reconfiguration",
  "/reconfiguration?tab=fits",
  "/reconfiguration?tab=footprints",
  "/reconfiguration?tab=handoffs",
  "/reconfiguration?tab=upgrades",
  "/reconfiguration/device_migration",
] as const;

test.describe("axe finds nothing serious in either theme, and a phone does not scroll sideways", () => {
  test("the panel of a session that was handed over", async ({ page, request }) => {
    const id = await enrol(request);
    await page.goto(`/sessions/${id}?side=ownership`);
    await delegateTo(page, "Fay");
    await expect(
      region(page, "Checked in this browser").getByText("verified", { exact: true }),
    ).toBeVisible();
    expect(await inBothThemes(page, serious)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 800 });
    await expect(panel(page)).toBeVisible();
    await noSidewaysScroll(page);
  });

  test("the delegate dialog", async ({ page, request }) => {
    const id = await enrol(request);
    await page.goto(`/sessions/${id}?side=ownership`);
    await button(page, "Delegate …").click();
    await expect(moves(page)).toBeVisible();
    await dialogOf(page)
      .getByRole("combobox", { name: "It fails because", exact: true })
      .selectOption("receipt");
    await dialogOf(page).getByRole("button", { name: "Try the failure", exact: true }).click();
    await expect(dialogOf(page).locator("[data-same=true]")).toHaveCount(5);
    expect(await inBothThemes(page, serious)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 800 });
    await noSidewaysScroll(page);
    expect(await dialogOf(page).evaluate((one) => one.scrollWidth - one.clientWidth)).toBeLessThanOrEqual(0);
  });

  for (const path of paths)
    test(path, async ({ page }) => {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      expect(await inBothThemes(page, serious)).toEqual([]);
      await page.setViewportSize({ width: 390, height: 800 });
      await noSidewaysScroll(page);
    });
});
