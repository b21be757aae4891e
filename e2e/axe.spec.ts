import AxeBuilder from "@axe-core/playwright";
import type { APIRequestContext, Page } from "@playwright/test";
import { expect, test } from "./support/test.ts";

/** What stops somebody from using a page; axe's lesser findings are advice. */
const serious = async (page: Page): Promise<readonly string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
};

const openSession = async (request: APIRequestContext): Promise<string> => {
  const response = await request.post("/api/sessions", { data: { protocol: "guardian_ceremony" } });
  const { session } = (await response.json()) as { session: { id: string } };
  await request.post(`/api/sessions/${session.id}/inputs`, { data: { inputs: [{ kind: "advance" }] } });
  return session.id;
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
    ready: async (page) => expect(page.getByRole("link", { name: "Rendezvous" })).toBeVisible(),
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

for (const scheme of ["light", "dark"] as const) {
  test.describe(`axe finds nothing serious in the ${scheme} theme`, () => {
    test.use({ colorScheme: scheme });
    for (const { name, path, ready } of stops) {
      test(name, async ({ page, request }) => {
        const session = await openSession(request);
        await page.goto(path(session));
        await ready(page);
        expect(await serious(page)).toEqual([]);
      });
    }
  });
}
