/** Makes the pictures of the README from a real session on a real server. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { startStudioProcess } from "../e2e/support/server.ts";
import { buildWeb } from "./lib/build-web.ts";
import { findChromium } from "./lib/chromium.ts";
import { root } from "./lib/run.ts";

const post = async (url: string, body: unknown): Promise<Record<string, unknown>> => {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as Record<string, unknown>;
};

/** Answers the payloads of the guardian ceremony until its initiator must decide. */
const untilDecision = async (base: string): Promise<string> => {
  const opened = await post(`${base}/api/sessions`, {
    protocol: "guardian_ceremony",
    title: "Guardian rotation, Ada",
  });
  const { id } = opened.session as { id: string };
  for (let round = 0; round < 60; round += 1) {
    const view = (await (await fetch(`${base}/api/sessions/${id}`)).json()) as {
      next: Record<string, unknown>[];
    };
    if (view.next.some(({ kind }) => kind === "decide")) return id;
    const payload = view.next.find(({ kind }) => kind === "payload");
    const input = payload
      ? {
          kind: "payload",
          seat: payload.seat,
          endpoint: payload.endpoint,
          step: payload.step,
          value: { kind: "opaque", type: payload.payloadType, json: '{"ceremony_id":"rotation-7"}' },
        }
      : { kind: "advance" };
    await post(`${base}/api/sessions/${id}/inputs`, { inputs: [input] });
  }
  throw new Error("the ceremony never came to its decision");
};

const built = buildWeb();
if (built !== 0) process.exit(built);
const studio = await startStudioProcess();
const browser = await chromium.launch({
  executablePath: await findChromium(),
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
try {
  mkdirSync(join(root, "docs"), { recursive: true });
  const session = await untilDecision(studio.url);
  const shots = [
    { path: `/sessions/${session}`, file: "session.png", ready: "Sequence" },
    { path: "/protocols/guardian_ceremony", file: "protocol.png", ready: "Sequence" },
  ];
  for (const { path, file, ready } of shots) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: "light" });
    await page.goto(studio.url + path);
    await page.getByRole("tab", { name: ready }).waitFor();
    await page.waitForLoadState("networkidle").catch(() => undefined);
    await page.screenshot({ path: join(root, "docs", file) });
    await page.close();
  }
} finally {
  await browser.close();
  await studio.dispose();
}
