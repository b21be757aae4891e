import { readFileSync } from "node:fs";
import type { Locator } from "@playwright/test";
import { editorOf } from "./support/editor.ts";
import { advance, band, diagram, open, openConsensus, openOf, protocolOf } from "./support/relay.ts";
import { button, expectCompleted, place, region } from "./support/session.ts";
import { expect, test } from "./support/test.ts";

test("how a session under a threaded policy is run: waves, its envelope class by class, its effects", async ({
  page,
  request,
}) => {
  test.slow();
  const id = await openConsensus(request);
  await page.goto(`/sessions/${id}?side=execution`);
  const panel = region(page, "Execution");
  await expect(panel).toContainText("aura.vm.consensus_fallback.prod");
  await expect(panel).toContainText("up to 2 steps a round");
  await expect(panel).toContainText("the class ConsensusFallback");
  await expect(panel).toContainText("hardening profile");
  await expect(panel.getByRole("list", { name: "Picked next, in this order" })).toContainText("Coordinator");
  await button(page, "Run to end").click();
  await expectCompleted(page);

  const envelope = panel.getByRole("region", { name: "Envelope" });
  const classes = envelope.getByRole("row");
  await expect(classes).toHaveCount(6);
  const names = ["Wave width", "Scheduler class", "Effect ordering", "Failure visible", "Effect tier"];
  for (const [index, name] of names.entries()) await expect(classes.nth(index + 1)).toContainText(name);
  await expect(envelope).toContainText("SessionNormalizedPermutation");
  await expect(envelope).toContainText("Policy: nothing to object to");
  // At a position of its past, as the log was then.
  await page.goto(`/sessions/${id}?side=execution&at=0`);
  await expect(envelope.getByRole("row").nth(1)).toContainText("0 of at most 2");

  // Parallel edges are marked in the session and in the protocol.
  await page.goto(`/sessions/${id}`);
  await expect(diagram(page).locator(".gutter", { hasText: "‖" }).first()).toBeVisible();
  await page.goto("/protocols/aura_consensus");
  await expect(diagram(page).locator(".gutter", { hasText: "‖" }).first()).toBeVisible();

  await page.goto(`/sessions/${id}?tab=effects`);
  const list = page.getByRole("list", { name: "Effects of the session" });
  await expect(list.getByRole("listitem").first()).toBeVisible();
  await expect(list).toContainText("aura.transport.send");
  await page.getByLabel("Kind of effect").selectOption("recv");
  await expect(page).toHaveURL(/kind=recv/);
  await page.getByRole("searchbox", { name: "Filter effects" }).fill("Witness[1]");
  await expect(list).not.toContainText("aura.transport.send");
  const found = await list.getByRole("listitem").count();
  expect(found).toBeGreaterThan(0);
  await list.locator(".effect-what").first().click();
  await expect(page).toHaveURL(/sel=/);
  await page.reload();
  await expect(list.getByRole("listitem")).toHaveCount(found);
  await expect(list.locator(".effect.chosen")).toHaveCount(1);
  for (const [name, check] of [
    ["JSON", (text: string) => expect(JSON.parse(text).effects).toHaveLength(found)],
    ["CSV", (text: string) => expect(text.trim().split("\r\n")).toHaveLength(found + 1)],
  ] as const) {
    const [file] = await Promise.all([page.waitForEvent("download"), button(page, name).click()]);
    check(readFileSync(await file.path(), "utf8"));
  }
});

test("a session under no threaded policy says that there is nothing to compare; a refused class is marked", async ({
  page,
  request,
}) => {
  const id = await openOf(request, { protocol: await protocolOf(request), parity: "wasm_cooperative" });
  await page.goto(`/sessions/${id}?side=execution`);
  const envelope = region(page, "Execution").getByRole("region", { name: "Envelope" });
  await expect(envelope).toContainText("no threaded policy");
  await expect(region(page, "Execution")).toContainText("first in, first out");
  await expect(region(page, "Runs on")).toContainText("(asked for: wasm_cooperative)");

  const rejected = {
    kind: "SchedulerClassRejected",
    expected: "a stricter class",
    actual: "EnvelopeBounded",
  };
  await page.route("**/envelope*", (route) =>
    route.fulfill({
      json: {
        at: 0,
        policy: "aura.vm.sync_anti_entropy.prod",
        needed: true,
        artifact: {
          schema: "s",
          diff: {
            schema: "d",
            baselineEngine: "cooperative",
            candidateEngine: "waves",
            scheduler: "EnvelopeBounded",
            waveWidth: { baseline: 1, candidate: 4, declared: 4 },
            effects: "Exact",
            failureVisible: "Exact",
            tier: "envelope_bounded_nondeterministic",
          },
          baselineHash: "a",
          candidateHash: "b",
          diffHash: "c",
        },
        rejected: null,
        parity: { ...rejected, text: "EnvelopeBounded, where a stricter class is allowed" },
      },
    }),
  );
  await page.reload();
  await expect(envelope.locator("tr.rejected")).toHaveAttribute("data-class", "Scheduler class");
  await expect(envelope.locator("tr.rejected")).toContainText("rejected");
  await expect(envelope.locator("tr[data-class='Effect tier']")).toContainText("not looked at");
});

test("a breakpoint in the margin of the protocol's text stays at its line and stops its sessions", async ({
  page,
  request,
}) => {
  const protocol = await protocolOf(request);
  await page.goto(`/protocols/${protocol}`);
  const line = (number: number): Locator =>
    page.locator(".text-editor .margin-view-overlays > div").filter({
      has: page.locator(".line-numbers", { hasText: new RegExp(`^${number}$`) }),
    });
  const glyphAt = async (number: number): Promise<{ readonly x: number; readonly y: number }> => {
    const box = await line(number).boundingBox();
    if (box === null) throw new Error(`no line ${number}`);
    return { x: box.x + 8, y: box.y + box.height / 2 };
  };
  await expect(line(6)).toBeVisible();
  await expect(diagram(page).locator(".band")).toHaveCount(4);
  const at6 = await glyphAt(6);
  await page.mouse.click(at6.x, at6.y);
  await expect(page.locator(".text-editor .src-break")).toHaveCount(1);
  // The diagram beside it shows the same.
  await expect(band(page, "Pass").locator(".break-spot.on")).toHaveCount(1);
  await expect(band(page, "Pass").locator(".gutter")).toContainText("‖");

  // A line above it: the breakpoint stays with its message.
  await editorOf(page).focus();
  await page.keyboard.press("ControlOrMeta+Home");
  for (let down = 0; down < 3; down += 1) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("F9");
  await expect(page.locator(".text-editor .src-break")).toHaveCount(2);
  await page.keyboard.press("F9");
  await expect(page.locator(".text-editor .src-break")).toHaveCount(1);
  await page.keyboard.press("Home");
  await page.keyboard.type("Alice -> Bea : Hello");
  await page.keyboard.press("Enter");
  await expect(band(page, "Hello")).toHaveCount(1);
  await expect(band(page, "Pass").locator(".break-spot.on")).toHaveCount(1);
  await expect(diagram(page).locator(".break-spot.on")).toHaveCount(1);

  // By the diagram's own handle, and by keyboard.
  await band(page, "Done").locator(".break-spot").click();
  await expect(diagram(page).locator(".break-spot.on")).toHaveCount(2);
  await band(page, "Done").click();
  await diagram(page).focus();
  await page.keyboard.press("b");
  await expect(diagram(page).locator(".break-spot.on")).toHaveCount(1);

  await page.getByRole("button", { name: /^Open session/ }).click();
  await page.waitForURL(/\/open$/);
  const start = page.getByRole("button", { name: /^(Start|Open)/ }).last();
  await expect(async () => {
    if (!page.url().includes("/sessions/")) {
      await page.keyboard.press("Enter");
      if (await start.isVisible()) await start.click();
    }
    expect(page.url()).toContain("/sessions/");
  }).toPass();
  await expect(place(page)).toBeVisible();
  await page.keyboard.press("Shift+R");
  await expect(page.getByText(/Stopped at position \d+: a message Pass/).first()).toBeVisible();
});

test("the machine of a role: coroutine, program, monitor, registers, knowledge, buffers with what they hold", async ({
  page,
  request,
}) => {
  const id = await open(request);
  await advance(request, id);
  await page.goto(`/sessions/${id}?side=machine&role=Bea`);
  const machine = region(page, "Machine");
  await expect(machine.getByRole("heading", { name: /Coroutine 1, the role itself/ })).toBeVisible();
  await expect(machine.getByLabel("Monitor of the role itself")).toContainText("?Alice Ask");
  await expect(machine).toContainText("It knows nothing by name.");
  await expect(machine.locator(".buffers")).toContainText("#0 Ask");
  await expect(machine.getByRole("heading", { name: "Registers" })).toBeVisible();
});
