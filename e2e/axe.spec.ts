import type { APIRequestContext, Page } from "@playwright/test";
import { actOnce, byMouse, expectCompleted, next, playOn } from "./support/session.ts";
import { expect, test } from "./support/test.ts";
import { inBothThemes, serious } from "./support/well-made.ts";

const openSession = async (request: APIRequestContext): Promise<string> => {
  const response = await request.post("/api/sessions", { data: { protocol: "guardian_ceremony" } });
  const { session } = (await response.json()) as { session: { id: string } };
  await request.post(`/api/sessions/${session.id}/inputs`, { data: { inputs: [{ kind: "advance" }] } });
  return session.id;
};

/** A timeout, a question to the world, a publication and a case, in one protocol. */
const AUCTION = `module auction exposing (Auction)

effect Stock
  authoritative reserve : Item -> Result Reason Slip { class : authoritative, progress : may_block, region : session, agreement_use : required, reentrancy : reject_same_operation }

protocol Auction uses Stock =
  roles Seller, Buyer
  authoritative let slip = check Stock.reserve("lot")
  publish slip as Receipt
  Seller -> Buyer : Offer
  timeout 5s Seller at
    Buyer -> Seller : Bid of Nat
  on timeout =>
    Seller -> Buyer : TooLate
  on cancel =>
    Seller -> Buyer : Withdrawn
  case check Stock.reserve("lot") of
    | Ok =>
      Seller -> Buyer : Sent
    | Err =>
      Seller -> Buyer : Sorry
`;

const ownProtocol = async (request: APIRequestContext, source: string): Promise<string> => {
  const response = await request.post("/api/protocols", { data: { name: "For axe", source } });
  return ((await response.json()) as { id: string }).id;
};

interface Stop {
  readonly name: string;
  readonly path: (session: string) => string;
  readonly ready: (page: Page) => Promise<void>;
}

const seeHeading = async (page: Page): Promise<void> =>
  expect(page.getByRole("heading", { level: 1 })).toBeAttached();
const seeDiagram = async (page: Page): Promise<void> =>
  expect(page.locator("[data-edge]").first()).toBeAttached();

const stops: readonly Stop[] = [
  {
    name: "home",
    path: () => "/",
    ready: async (page) => expect(page.getByRole("main").getByRole("listitem").first()).toBeVisible(),
  },
  {
    name: "protocols",
    path: () => "/protocols",
    ready: async (page) => expect(page.getByRole("link", { name: /Rendezvous/ })).toBeVisible(),
  },
  { name: "protocol", path: () => "/protocols/guardian_ceremony", ready: seeDiagram },
  {
    name: "role graph",
    path: () => "/protocols/guardian_ceremony?tab=roles",
    ready: async (page) => expect(page.locator(".graph-messages").first()).toBeVisible(),
  },
  {
    name: "automata",
    path: () => "/protocols/guardian_ceremony?tab=automata",
    ready: async (page) => expect(page.locator(".auto-state").first()).toBeVisible(),
  },
  {
    name: "types",
    path: () => "/protocols/guardian_ceremony?tab=types",
    ready: async (page) => expect(page.getByRole("heading", { name: /Global type/ })).toBeVisible(),
  },
  {
    name: "versions",
    path: () => "/protocols/guardian_ceremony?tab=versions",
    ready: async (page) => expect(page.locator(".versions li").first()).toBeVisible(),
  },
  {
    name: "page",
    path: () => "/protocols/guardian_ceremony?tab=page",
    ready: async (page) => expect(page.locator(".markdown table").first()).toBeVisible(),
  },
  {
    name: "findings",
    path: () => "/findings",
    ready: async (page) => expect(page.getByRole("row").nth(5)).toBeVisible(),
  },
  { name: "open session", path: () => "/protocols/guardian_ceremony/open", ready: seeHeading },
  { name: "sessions", path: () => "/sessions", ready: seeHeading },
  { name: "session", path: (session) => `/sessions/${session}`, ready: seeDiagram },
  { name: "session in the past", path: (session) => `/sessions/${session}?at=0`, ready: seeHeading },
  {
    name: "not found",
    path: () => "/nowhere",
    ready: async (page) => expect(page.getByRole("heading", { name: "There is no such page" })).toBeVisible(),
  },
];

test.describe("axe finds nothing serious in either theme", () => {
  for (const { name, path, ready } of stops) {
    test(name, async ({ page, request }) => {
      const session = await openSession(request);
      await page.goto(path(session));
      await ready(page);
      expect(await inBothThemes(page, serious)).toEqual([]);
    });
  }

  test("a long list of problems, and the page about one", async ({ page, request }) => {
    const lines = Array.from({ length: 30 }, (_, i) => `  Customer -> Wharehouse : M${i}\n`);
    const source = `protocol Many =\n  roles Customer, Warehouse\n  choice at Customer\n${lines.join("")}`;
    await page.goto(`/protocols/${await ownProtocol(request, source)}`);
    const problems = page.getByRole("region", { name: "Problems" });
    await expect(problems.getByRole("listitem").nth(20)).toBeAttached();
    expect(await inBothThemes(page, serious)).toEqual([]);
    await problems.getByRole("button", { name: "Learn" }).first().click();
    await expect(page.getByRole("dialog")).toBeVisible();
    expect(await inBothThemes(page, serious)).toEqual([]);
  });

  test("a session with a timeout, questions to the world and deeds", async ({ page, request }) => {
    // Five analyses, and a whole session between them.
    test.slow();
    const protocol = await ownProtocol(request, AUCTION);
    const response = await request.post("/api/sessions", { data: { protocol, clock: "manual" } });
    const { session } = (await response.json()) as { session: { id: string } };
    await page.goto(`/sessions/${session.id}`);
    await expect(next(page).getByRole("form", { name: /^Answer to check Stock\.reserve/ })).toBeVisible();
    expect(await inBothThemes(page, serious)).toEqual([]);
    const timer = next(page).locator("[data-card=timer]");
    while ((await timer.count()) === 0 && (await actOnce(page, byMouse.send(page), byMouse.step(page))));
    await expect(timer).toBeVisible();
    expect(await inBothThemes(page, serious)).toEqual([]);
    await timer.getByRole("button", { name: "Let the time run out" }).click();
    await expect(timer).toHaveCount(0);
    await playOn(page);
    await expect(next(page).locator("[data-card=decide]")).toBeVisible();
    expect(await inBothThemes(page, serious)).toEqual([]);
    await next(page).getByRole("button", { name: /^Ok/ }).click();
    await expect(next(page).locator("[data-card=decide]")).toHaveCount(0);
    await playOn(page);
    await expectCompleted(page);
    expect(await inBothThemes(page, serious)).toEqual([]);
  });
});
