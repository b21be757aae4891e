import { analyse } from "@parley/core";
import { arbitraryProgram, wholeLanguage } from "@parley/core/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { hostFixture, openText } from "../testing/host-fixture.ts";
import { randomWalk } from "../testing/random-walk.ts";
import { timedNames, timedSources } from "../testing/timed-sources.ts";
import { operator } from "./caller.ts";
import type { Result } from "./host-error.ts";

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

const walk = fc.array(fc.nat({ max: 9_999 }), { minLength: 1, maxLength: 30 });
const policies = ["aura.vm.dkg_ceremony.prod", "aura.vm.sync_anti_entropy.prod"];
const source = fc.oneof(
  arbitraryProgram({ ...wholeLanguage, loops: ["decide", "repeat"], decorations: false }).filter(
    (text) => analyse(text).verdict === "sound",
  ),
  fc.constantFrom(...timedNames.map((name) => timedSources[name] ?? "")),
);
const session = fc.record({
  source,
  walk,
  policy: fc.constantFrom(...policies),
  decisions: fc.constantFrom("ask", "first", "random", "roundRobin"),
  scheduler: fc.constantFrom("cooperative", "progressAware", "aging"),
  drive: fc.constantFrom("manual", "eager"),
});

test("whatever the protocol and whatever is done to it, waves do what one step at a time does", async () => {
  const seen = { wide: 0, events: 0 };
  await fc.assert(
    fc.asyncProperty(session, fc.nat(), async ({ source: text, walk: steps, ...request }, cut) => {
      const { host } = await hostFixture();
      const names = Object.fromEntries(host.check({ source: text }).parameters.map((name) => [name, 2]));
      const { id } = await openText(host, text, { ...request, names, clock: "manual", seed: "waves" });
      await randomWalk(host, id, steps);
      const view = must(await host.view(id));
      expect(must(await host.replay(id))).toMatchObject({ ok: true, findings: [] });
      const at = cut % (view.head + 1);
      const fork = must(await host.fork(operator, id, { at }));
      await randomWalk(host, fork.id, steps.slice(0, 5));
      for (const one of [id, fork.id]) {
        const { rejected, artifact } = must(await host.envelope(one));
        expect(rejected).toBeNull();
        expect(artifact?.diff.scheduler).not.toBe("EnvelopeBounded");
      }
      if ((view.execution?.waves?.maxWidth ?? 0) > 1) seen.wide += 1;
      seen.events += view.head;
    }),
    { numRuns: 40 },
  );
  expect(seen.wide).toBeGreaterThan(5);
});
