import { readFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import type { APIRequestContext, Locator, Page } from "@playwright/test";
import { editorOf } from "./support/editor.ts";
import { button, expectCompleted, place, positionOf } from "./support/session.ts";
import { expect, test } from "./support/test.ts";

const source = `module relay exposing (Relay)
protocol Relay =
  roles Alice, Bea, Chan
  Alice -> Bea : Ask
  Alice -> Bea : More
  Bea { parallel : true } -> Chan : Pass
  Chan -> Alice : Done
`;

const protocolOf = async (request: APIRequestContext): Promise<string> => {
  const made = await request.post("/api/protocols", { data: { name: "Relay", source } });
  return ((await made.json()) as { id: string }).id;
};
const openOf = async (request: APIRequestContext, data: object): Promise<string> => {
  const opened = await request.post("/api/sessions", { data });
  return ((await opened.json()) as { session: { id: string } }).session.id;
};
const open = async (request: APIRequestContext): Promise<string> =>
  openOf(request, { protocol: await protocolOf(request) });
const advance = (request: APIRequestContext, id: string) =>
  request.post(`/api/sessions/${id}/inputs`, { data: { inputs: [{ kind: "advance" }] } });

const diagram = (page: Page): Locator => page.getByRole("group", { name: /^Sequence/ });
const region = (page: Page, name: string): Locator => page.getByRole("region", { name, exact: true });
const tab = (page: Page, name: string): Locator => page.getByRole("tab", { name, exact: true });
const band = (page: Page, label: string): Locator =>
  diagram(page).locator(".band:not(.future)", { has: page.getByText(label, { exact: true }) });
const head = (page: Page, role: string): Locator => diagram(page).locator(`.head[data-lane="${role}"]`);
const menu = (page: Page): Locator => page.getByRole("menu");
const item = (page: Page, name: string | RegExp): Locator => menu(page).getByRole("menuitem", { name });
const marks = (page: Page): Locator =>
  page.getByRole("list", { name: "Done from outside, on the timeline" }).getByRole("button");
const seat = (page: Page, role: string): Locator =>
  region(page, "Seats")
    .getByRole("listitem")
    .filter({ has: page.getByText(role, { exact: true }) });

test("a role crashes by a click on its head, those who need it say so, and it comes back", async ({
  page,
  request,
}) => {
  const id = await open(request);
  await page.goto(`/sessions/${id}`);
  await expect(place(page)).toBeVisible();

  // A session that is no branch is asked about first.
  await head(page, "Chan").click();
  await item(page, "Crash").click();
  const sure = page.getByRole("dialog", { name: "Chan crashes?" });
  await expect(sure).toContainText("cannot be taken back");
  await sure.getByRole("button", { name: "Leave it" }).click();
  expect(await positionOf(page)).toBe(0);
  await head(page, "Chan").click();
  await item(page, "Crash").click();
  await sure.getByRole("button", { name: "Inject here" }).click();

  await expect(head(page, "Chan")).toContainText("crashed");
  await expect(diagram(page).locator(".deed.fault")).toContainText("crashed");
  await expect(marks(page)).toHaveCount(1);
  await expect(marks(page).first()).toHaveAccessibleName("Chan crashed, at 1");
  await expect(seat(page, "Chan")).toContainText("Crashed");

  // The others go on until they need it; the page says who waits for what.
  await button(page, "Run to end").click();
  await tab(page, "Why").click();
  await expect(page.getByRole("list", { name: "Why Bea stands still" })).toContainText(
    "the way from Bea to Chan is cut",
  );
  await tab(page, "Execution").click();
  await expect(page.getByRole("list", { name: "Waiting" })).toContainText("the way from Bea to Chan is cut");

  // Restarted it goes on with what it had.
  await head(page, "Chan").click();
  await item(page, "Restart").click();
  await expect(head(page, "Chan")).not.toContainText("crashed");
  await expect(marks(page)).toHaveCount(2);
  await button(page, "Run to end").click();
  await expectCompleted(page);

  // A mark leads to its position.
  await marks(page).first().click();
  await expect(page).toHaveURL(/at=1(&|$)/);
});

test("a message on its way is lost in a branch, and doubled there without being asked", async ({
  page,
  request,
}) => {
  const id = await open(request);
  await advance(request, id);
  await page.goto(`/sessions/${id}`);
  await expect(band(page, "Ask")).toHaveClass(/flying/);
  await band(page, "Ask").click({ button: "right" });
  await expect(menu(page)).toContainText("Ask on its way to Bea");
  await item(page, "Lose it").click();
  await page
    .getByRole("dialog", { name: "Ask from Alice to Bea is lost on its way?" })
    .getByRole("button", { name: "Fork and inject" })
    .click();
  await expect(page).not.toHaveURL(new RegExp(id));
  await expect(diagram(page).locator(".deed.fault")).toContainText("Ask lost");
  await expect(band(page, "Ask").locator(".cross")).toHaveCount(1);
  await expect(marks(page).first()).toHaveAccessibleName(/Ask lost/);

  // What is sent next is not what its receiver expects: the sender is not to blame.
  await button(page, "Step").click();
  await expect(band(page, "More")).toHaveClass(/flying/);
  await band(page, "More").hover();
  await band(page, "More").locator(".menu-spot").click();
  await item(page, "Deliver it twice").click();
  await expect(marks(page)).toHaveCount(2);
  await button(page, "Run to end").click();
  await expect(seat(page, "Bea")).toContainText("Faulted");

  // A message that has arrived says why nothing is done to it here.
  await page.goto(`/sessions/${id}`);
  await button(page, "Run to end").click();
  await expectCompleted(page);
  await band(page, "Pass").click({ button: "right" });
  await expect(menu(page)).toContainText("It was received");
  await item(page, "Chan crashes").click();
  await expect(page).not.toHaveURL(new RegExp(id));
  await expect(head(page, "Chan")).toContainText("crashed");
});

test("a session is paused, goes on, is cut and mended, and is closed for good", async ({ page, request }) => {
  const id = await open(request);
  await page.goto(`/sessions/${id}`);
  await button(page, "Pause session").click();
  await expect(seat(page, "Bea")).toContainText("Paused");
  await expect(button(page, "Step")).toBeDisabled();
  await tab(page, "Execution").click();
  await expect(page.getByRole("list", { name: "Held" }).getByRole("listitem")).toHaveCount(3);
  await button(page, "Resume session").click();
  await expect(
    page.getByRole("list", { name: "Picked next, in this order" }).getByRole("listitem"),
  ).toHaveCount(3);
  await expect(marks(page)).toHaveCount(6);

  // By the seat's own button.
  await button(page, "What can be done to Bea").click();
  await item(page, "Cut off from Chan").click();
  await page.getByRole("dialog").getByRole("button", { name: "Inject here" }).click();
  await expect(head(page, "Bea")).toContainText("cut off from Chan");
  await button(page, "What can be done to Bea").click();
  await item(page, "Mend the way to Chan").click();
  await expect(head(page, "Bea")).not.toContainText("cut off");

  await button(page, "Close session…").click();
  const sure = page.getByRole("dialog", { name: "Close the session?" });
  await expect(sure).toContainText("This cannot be undone.");
  await sure.getByRole("button", { name: "Keep it open" }).click();
  await button(page, "Close session…").click();
  await sure.getByRole("button", { name: "Close for good" }).click();
  await expect(region(page, "State of the session")).toContainText("Closed");
  await expect(button(page, "Pause session")).toBeDisabled();
  await expect(region(page, "Control")).toContainText("The session is closed");

  const other = await open(request);
  await page.goto(`/sessions/${other}`);
  await button(page, "Cancel session…").click();
  const cancel = page.getByRole("dialog", { name: "Cancel the session?" });
  await cancel.getByRole("textbox", { name: "Reason" }).fill("nobody came");
  await cancel.getByRole("button", { name: "Cancel for good" }).click();
  await expect(region(page, "State of the session")).toContainText("Cancelled");
  await expect(page.locator(".summary")).toContainText("nobody came");
});

test("by keyboard alone: a role above the diagram, its menu, a fork with the fault", async ({
  page,
  request,
}) => {
  const id = await open(request);
  await page.goto(`/sessions/${id}`);
  await expect(place(page)).toBeVisible();
  await diagram(page).focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowRight");
  await expect(head(page, "Bea")).toHaveClass(/reached/);
  await page.keyboard.press("Enter");
  await expect(menu(page)).toBeVisible();
  await expect(menu(page)).toHaveAccessibleName("What can be done to Bea");
  await page.keyboard.press("Escape");
  await expect(menu(page)).toHaveCount(0);

  // A message, by the menu key.
  await diagram(page).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Shift+F10");
  await expect(menu(page)).toContainText("not on its way yet");
  await page.keyboard.press("Escape");
  await page.keyboard.press("x");
  await expect(menu(page)).toHaveAccessibleName("What can be done to Ask");
  await page.keyboard.press("Escape");
  await page.keyboard.press("e");
  await expect(region(page, "Execution")).toContainText("first in, first out");
  await diagram(page).focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowLeft");
  await expect(head(page, "Chan")).toHaveClass(/reached/);
  await page.keyboard.press("Enter");
  await expect(item(page, "Pause")).toBeVisible();
  await page.keyboard.press("c");
  await expect(item(page, "Crash")).toBeFocused();
  await page.keyboard.press("Enter");
  const sure = page.getByRole("dialog", { name: "Chan crashes?" });
  await expect(sure).toBeVisible();
  await sure.getByRole("button", { name: "Fork and inject" }).focus();
  await page.keyboard.press("Enter");
  await expect(page).not.toHaveURL(new RegExp(id));
  await expect(head(page, "Chan")).toContainText("crashed");
});

test("how a session under a threaded policy is run: waves, its envelope class by class, its effects", async ({
  page,
  request,
}) => {
  test.slow();
  const id = await openOf(request, {
    protocol: "aura_consensus",
    families: { Witness: 3 },
    decisions: "first",
    scheduler: "auto",
    profile: "ci",
  });
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

/** What reaches over the window's edge where nothing scrolls. */
const wide = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const parts = ".detail *, .effects *, .timeline *, .ses-side *, .fault-menu, .fault-menu *, .modal *";
    return [...document.querySelectorAll(parts)]
      .filter((one) => one.getClientRects().length > 0 && one.getBoundingClientRect().right > innerWidth + 1)
      .filter((one) => one.closest(".visually-hidden, .classes, .tabs") === null)
      .map((one) => `${one.tagName} ${one.className}`);
  });

const grave = async (page: Page): Promise<readonly string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
};

for (const { scheme, width } of [
  { scheme: "dark", width: 390 },
  { scheme: "light", width: 1280 },
] as const) {
  test(`panels, menus and dialogs keep to a window of ${width} and can be used by everybody, ${scheme}`, async ({
    page,
    request,
  }) => {
    test.slow();
    const id = await openOf(request, {
      protocol: "aura_consensus",
      families: { Witness: 3 },
      decisions: "first",
      scheduler: "auto",
      profile: "ci",
    });
    for (let step = 0; step < 3; step += 1) await advance(request, id);
    const session = (await (await request.get(`/api/sessions/${id}`)).json()) as { head: number };
    await request.post(`/api/sessions/${id}/inputs`, {
      data: {
        expectedHead: session.head,
        inputs: [{ kind: "topology", event: { kind: "crash", site: "Witness[2]" } }],
      },
    });
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width, height: 844 });
    const there = {
      "side=execution": region(page, "Envelope").getByRole("row").nth(1),
      "side=machine": region(page, "Machine").getByRole("heading", { name: "Knowledge" }).first(),
      "tab=effects": page.getByRole("list", { name: "Effects of the session" }).getByRole("listitem").first(),
    };
    for (const [query, shown] of Object.entries(there)) {
      await page.goto(`/sessions/${id}?${query}`);
      await expect(place(page)).toBeVisible();
      await expect(shown).toBeAttached();
      expect([query, await wide(page)]).toEqual([query, []]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      expect([query, await grave(page)]).toEqual([query, []]);
    }
    await page.goto(`/sessions/${id}`);
    await button(page, "What can be done to Coordinator").click();
    await expect(menu(page)).toBeVisible();
    expect(await wide(page)).toEqual([]);
    expect(await grave(page)).toEqual([]);
    await item(page, "Crash").click();
    await expect(page.getByRole("dialog")).toBeVisible();
    expect(await wide(page)).toEqual([]);
    expect(await grave(page)).toEqual([]);
  });
}
