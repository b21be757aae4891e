import { readFileSync } from "node:fs";
import type { APIRequestContext, Download, Locator, Page } from "@playwright/test";
import { editorOf } from "./support/editor.ts";
import { button } from "./support/session.ts";
import { expect, test } from "./support/test.ts";
import { broken, inBothThemes } from "./support/well-made.ts";

/** Requires a pack, and declares it without one of its keys: refused, yet it reads and draws. */
const drifted = `module vault exposing (Rotate)

proof_bundle AuraTransitionSafety version "1.0.0" issuer "did:aura:runtime-admission" constraint "typed_transition_receipts" requires [protocol_machine_envelope_adherence, protocol_machine_envelope_admission, protocol_envelope_bridge]

protocol Rotate requires AuraTransitionSafety =
  roles Keeper, Vault
  Keeper { guard_capability : "chat:message:send", flow_cost : 10, journal_facts : "rotated" } -> Vault : NewKey
`;

const protocolOf = async (request: APIRequestContext, source: string): Promise<string> => {
  const made = await request.post("/api/protocols", { data: { name: "Vault", source } });
  return ((await made.json()) as { id: string }).id;
};
const region = (page: Page, name: string | RegExp): Locator =>
  page.getByRole("region", { name, exact: true });
const tab = (page: Page, name: string): Locator => page.getByRole("tab", { name, exact: true });
const row = (page: Page, protocol: string): Locator => page.locator(`tr[data-protocol=${protocol}]`);
const textOf = async (download: Download): Promise<string> => readFileSync(await download.path(), "utf8");
const exported = async (page: Page, name: string): Promise<string> => {
  const [download] = await Promise.all([page.waitForEvent("download"), button(page, name).click()]);
  return textOf(download);
};

test("the report of a refused protocol is read, mended in the text, and the protocol is admitted", async ({
  page,
  request,
}) => {
  const id = await protocolOf(request, drifted);
  await page.goto(`/protocols/${id}?tab=admission`);
  await expect(page.getByText("Not admitted")).toBeVisible();
  const refused = page.getByRole("listitem").filter({ hasText: "Required theorem packs resolve" }).first();
  await expect(refused).toContainText("has drifted from the one its policy knows");
  await expect(refused).toContainText("aura-runtime §3.5");
  const mend = region(page, "Mend in the text");
  await expect(mend).toContainText("PAR4103");
  await expect(mend).toContainText("it lacks reconfiguration_safety");
  await mend.getByRole("button", { name: "Show line 3: PAR4103" }).click();
  await expect(editorOf(page)).toBeFocused();
  await mend.getByRole("button", { name: "Declare what the policy asks for" }).click();
  await expect(mend).toHaveCount(0);
  await expect(page.getByText("The text differs from the version that is judged.")).toBeVisible();
  await button(page, "Save and judge").click();
  await expect(page.getByText("Admitted", { exact: true })).toBeVisible();
  await expect(button(page, "Save and judge")).toHaveCount(0);
  // The mended version opens; a session of it can start.
  const opened = await request.post("/api/sessions", { data: { protocol: id } });
  expect(opened.status()).toBe(201);
  // What an engine elsewhere opens it from.
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "manifest", exact: true }).click(),
  ]);
  expect(JSON.parse(await textOf(download))).toMatchObject({
    required_theorem_packs: ["AuraTransitionSafety"],
  });
});

test("on a runtime without reconfiguration the activation is refused before any message", async ({
  page,
  request,
}) => {
  await page.goto("/admission?tab=matrix");
  await expect(row(page, "ota_activation")).toHaveAttribute("data-admitted", "true");
  await page.getByRole("combobox", { name: "Runtime", exact: true }).selectOption("no-reconfiguration");
  await expect(row(page, "ota_activation")).toHaveAttribute("data-admitted", "false");
  await expect(row(page, "device_epoch_rotation")).toHaveAttribute("data-admitted", "false");
  await expect(row(page, "recovery_protocol")).toHaveAttribute("data-admitted", "true");
  expect(new URL(page.url()).searchParams.get("runtime")).toBe("no-reconfiguration");
  await row(page, "ota_activation")
    .getByRole("link", { name: /carries the required packs/ })
    .click();
  await expect(region(page, /: The runtime carries the required packs$/)).toContainText(
    "AuraTransitionSafety needs ownership_receipt, which the runtime does not provide",
  );
  // A cell has an address.
  await page.reload();
  await expect(region(page, /: The runtime carries the required packs$/)).toBeVisible();
  expect(await exported(page, "Export the matrix as CSV")).toMatch(
    /^protocol,name,admitted,image,.*\r\n(?:.*\r\n)*aura\.sync\.ota_activation,[^\r]*,false,/,
  );

  const sessions = async (): Promise<number> => {
    const answer = await request.get("/api/sessions?protocol=ota_activation");
    return ((await answer.json()) as { items: unknown[] }).items.length;
  };
  const before = await sessions();
  await page.goto("/protocols/ota_activation/open");
  await expect(page.getByText("Admitted", { exact: true })).toBeVisible();
  await page.getByText("More", { exact: true }).click();
  const parity = page.getByRole("combobox", { name: "Parity profile", exact: true });
  await parity.selectOption("native_threaded");
  await expect(page.getByText("Not admitted")).toBeVisible();
  await expect(page.locator(".admission")).toContainText("native_threaded needs modulo_commutativity");
  await parity.selectOption("");
  await expect(page.getByText("Admitted", { exact: true })).toBeVisible();
  await page.getByRole("combobox", { name: "Runtime", exact: true }).selectOption("no-reconfiguration");
  await expect(page.getByText("Not admitted")).toBeVisible();
  await expect(button(page, "Start session")).toBeDisabled();
  const refused = await request.post("/api/sessions", {
    data: { protocol: "ota_activation", families: { Devices: 3 }, runtime: "no-reconfiguration" },
  });
  expect(refused.status()).toBe(422);
  expect(await sessions()).toBe(before);

  await page.goto("/protocols/ota_activation?tab=admission&runtime=no-reconfiguration");
  await expect(page.getByText("Not admitted")).toBeVisible();
  await button(page, "Judge on full contracts").click();
  await expect(page.getByText("Admitted", { exact: true })).toBeVisible();
});

test("a runtime is made of hand-picked keys, compared, used, and forgotten", async ({ page, request }) => {
  await page.goto("/admission?tab=runtimes");
  const full = region(page, "Runtime full");
  await full.getByLabel("byzantine_envelope").uncheck();
  await full.getByLabel("reconfiguration", { exact: true }).uncheck();
  await expect(full).toContainText("ownership_receipt, reconfiguration_transition, semantic_handoff");
  await full.getByLabel("Name").fill("cautious");
  await button(page, "Save as new").click();
  const own = region(page, "Runtime cautious");
  await expect(own).toBeVisible();
  const compared = region(page, "Compare runtimes");
  await expect(compared.getByRole("row").filter({ hasText: "byzantine_envelope" })).toContainText(["no"]);
  expect(JSON.parse(await exported(page, "Export cautious and full as JSON"))).toHaveLength(5);

  const { session } = (await (
    await request.post("/api/sessions", { data: { protocol: "amp_transport", runtime: "cautious" } })
  ).json()) as { session: { id: string } };
  await page.goto(`/sessions/${session.id}?side=execution`);
  const runs = region(page, "Runs on");
  await expect(runs).toContainText("parley.hosted");
  await expect(runs).toContainText("byzantine_envelope");
  await runs.getByRole("link", { name: "cautious" }).click();
  await button(page, "Delete").click();
  await expect(region(page, "Runtime full")).toBeVisible();
  await page.goto("/admission?tab=runtimes&runtime=cautious");
  await expect(page.getByText("There is no runtime cautious any more.")).toBeVisible();
});

test("the taxonomy is searched and walked by the keyboard, and every row says why", async ({ page }) => {
  await page.goto("/protocols");
  await page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: "Admission" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Admission" })).toBeVisible();
  const table = page.getByRole("table", { name: "Taxonomy" });
  await expect(table.getByRole("row")).not.toHaveCount(1);
  await page.getByLabel("Standing").selectOption("adopted");
  await expect(page.getByText("5 rows")).toBeVisible();
  await table.getByRole("link").first().focus();
  await page.keyboard.press("ArrowDown");
  await expect(table.getByRole("link").nth(1)).toBeFocused();
  await page.keyboard.press("Enter");
  const detail = region(page, "Standing of aura.sync.device_epoch_rotation");
  await expect(detail).toContainText("First wave");
  await expect(detail).toContainText("AuraTransitionSafety");
  await detail.getByRole("link", { name: "Its admission here" }).click();
  await expect(page).toHaveURL(/\/protocols\/device_epoch_rotation\?tab=admission/);

  await page.goto("/admission?tab=packs&surface=readiness_witness");
  await expect(region(page, "Pack AuraConsensusDeployment")).toContainText("Reserved: always refused");
  await expect(region(page, "Pack AuraConsensusDeployment")).toContainText("atomic_broadcast_ordering");
  await expect(region(page, "Surface readiness_witness")).toContainText("Issued → Consumed");
  await tab(page, "Packs").focus();
  await page.keyboard.press("ArrowRight");
  await expect(tab(page, "Runtimes")).toBeFocused();
});

const stops = [
  "/admission?protocol=aura.recovery.grant",
  "/admission?tab=packs&surface=semantic_handoff",
  "/admission?tab=runtimes&runtime=no-reconfiguration",
  "/admission?tab=matrix&runtime=none&cell=ota_activation/theorem-pack-capabilities",
];
const settled = async (page: Page, stop: string): Promise<void> => {
  if (stop.startsWith("/admission")) await expect(page.getByRole("table").first()).toBeVisible();
  else await expect(page.getByText("Not admitted")).toBeVisible();
};

test("axe finds nothing on the page, light and dark", async ({ page, request }) => {
  test.setTimeout(180_000);
  const id = await protocolOf(request, drifted);
  for (const stop of [...stops, `/protocols/${id}?tab=admission`]) {
    await page.goto(stop);
    await settled(page, stop);
    expect(await inBothThemes(page, broken)).toEqual([]);
  }
});

test("on a phone nothing scrolls sideways, and every control can be hit", async ({ page, request }) => {
  test.setTimeout(180_000);
  await page.setViewportSize({ width: 390, height: 800 });
  const id = await protocolOf(request, drifted);
  for (const stop of [...stops, `/protocols/${id}?tab=admission`]) {
    await page.goto(stop);
    const own = stop.startsWith("/admission") ? page.locator(".auth-part") : page.locator(".adm-report");
    await settled(page, stop);
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wide).toBeLessThanOrEqual(0);
    for (const control of await own
      .locator("button, a, select, input:not([type=checkbox]), summary, label")
      .all()) {
      const box = await control.boundingBox();
      if (!box) continue;
      const inText = await control.evaluate((one) => getComputedStyle(one).display === "inline");
      if (!inText) expect(box.height, (await control.textContent()) ?? "").toBeGreaterThanOrEqual(23.9);
      const scrolled = await control.evaluate((one) => one.closest(".adm-matrix, .dt") !== null);
      if (!scrolled)
        expect(box.x + box.width, (await control.textContent()) ?? "").toBeLessThanOrEqual(390.5);
    }
  }
});
