import { expect, it } from "vitest";
import { shopSource } from "../testing/sample-sources.ts";
import { imageOfText, ran } from "../testing/simulated.ts";
import { namesOf } from "./names-of.ts";
import { runStory } from "./run-story.ts";

const shop = imageOfText(shopSource);

it("tells a run in order of time, each loss once, each broken property where it broke", () => {
  const result = ran(shop, {
    seed: 5n,
    policy: "random",
    network: { base_latency_ms: 4, latency_variance: 0.5, loss_probability: 0.3 },
    adversaries: [
      {
        trigger: { after_step: 2 },
        action: { type: "crash", role: shop.roles[0], duration: 20 },
        budget: { total: 1 },
      },
    ],
    properties: { never: ["stuck"] },
  });
  const story = runStory(result);
  const times = story.map(({ at }) => at);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  const lost = result.incidents.filter(({ kind }) => kind === "dropped").length;
  expect(story.filter(({ text }) => text.includes(" is lost")).length).toBe(lost);
  expect(story.filter(({ tone }) => tone === "violation")).toHaveLength(result.violations.length);
  expect(story.some(({ text }) => text.includes(" crashes until "))).toBe(true);
  const sent = result.trace.filter(({ event }) => event.kind === "sent").length;
  expect(story.filter(({ text, edge }) => text.includes(" sends ") && edge !== undefined)).toHaveLength(sent);
});

it("knows what a protocol offers to a scenario", () => {
  const { roles, messages, labels } = namesOf(shop);
  expect(roles).toEqual([...shop.roles]);
  expect(new Set(messages).size).toBe(messages.length);
  for (const label of labels) expect(messages).toContain(label);
});
