import { describe, expect, test } from "vitest";
import { stepSite } from "../machine/nested.ts";
import { createMachine, openSession } from "../machine/open.ts";
import { ran } from "../testing/simulated.ts";
import { act, back, imageOfTypes, loop, recv, send } from "../testing/small-types.ts";
import { type NestedPlan, simulateNested } from "./nested.ts";

const outer = imageOfTypes({
  North: send("South", { ask: { next: recv("South", { answer: {} }) } }),
  South: recv("North", { ask: { next: send("North", { answer: {} }) } }),
});
const ring = imageOfTypes({
  X: loop("l", send("Y", { ping: { next: recv("Y", { pong: { next: back("l") } }) } })),
  Y: loop("l", recv("X", { ping: { next: send("X", { pong: { next: back("l") } }) } })),
});
const once = imageOfTypes({ X: send("Y", { ping: {} }), Y: recv("X", { ping: {} }) });
/** Awaits what was never begun: a fault in its first round. */
const broken = imageOfTypes({ X: act({ kind: "await", operation: "nothing" }) });

const ranOf = (plan: NestedPlan) => {
  const done = simulateNested(plan);
  if (!done.ok) throw new Error(done.errors.map(({ reason }) => reason).join());
  return done.result;
};

describe("a run with machines inside its roles", () => {
  test("moves a site once for everything its role sends, receives or steps, and the outer run is what it would be", () => {
    const result = ranOf({ outer, sites: { North: { image: ring }, South: { image: ring } } });
    expect(result.outcome).toBe("completed");
    const counted = new Set(["sent", "received", "invoked"]);
    for (const { site, rounds } of result.sites) {
      const of = result.outer.filter(
        (event) =>
          counted.has(event.kind) &&
          (event.kind === "sent"
            ? event.edge.from === site
            : event.kind === "received"
              ? event.edge.to === site
              : "role" in event && event.role === site),
      );
      expect(rounds).toBe(of.length);
    }
    const plain = ran(outer).trace.map(({ event }) => event);
    expect(result.outer).toEqual(plain.filter(({ kind }) => kind !== "opened"));
  });

  test("moves it by as many rounds as the contract says, at least one", () => {
    const sites = { North: { image: ring }, South: { image: ring } };
    const [one, three, none] = [1, 3, 0].map((innerRoundsPerStep) =>
      ranOf({ outer, sites, innerRoundsPerStep }),
    );
    expect(three?.sites[0]?.rounds).toBe(3 * (one?.sites[0]?.rounds ?? 0));
    expect(none?.manifest.contract).toEqual({ outerConcurrency: 1, innerRoundsPerStep: 1 });
    expect(none?.sites).toEqual(one?.sites);
  });

  test("stops moving a site that has ended, and goes on itself", () => {
    const result = ranOf({
      outer,
      sites: { North: { image: once }, South: { image: once, sessions: 2 } },
      innerRoundsPerStep: 9,
    });
    expect(result.outcome).toBe("completed");
    expect(result.sites.map(({ site, done }) => [site, done])).toEqual([
      ["North", true],
      ["South", true],
    ]);
    expect(
      new Set(result.sites[1]?.trace.flatMap((event) => ("edge" in event ? [event.edge.sid] : []))),
    ).toEqual(new Set([0, 1]));
  });

  test("a fault inside fails what the role was about to do, and only that role", () => {
    const result = ranOf({ outer, sites: { North: { image: broken }, South: { image: ring } } });
    expect(result.outcome).toBe("stuck");
    expect(result.outer.filter(({ kind }) => kind === "sent" || kind === "faulted")).toMatchObject([
      {
        kind: "faulted",
        role: "North",
        fault: {
          code: "machine.fault.invoke",
          fields: {
            failure: { kind: "contract_violation", message: expect.stringMatching(/^inner machine fault: /) },
          },
        },
      },
    ]);
  });

  test("a choice takes the first label and moves no site by itself", () => {
    const choosing = imageOfTypes({
      North: send("South", { yes: {}, no: {} }),
      South: recv("North", { yes: {}, no: {} }),
    });
    const result = ranOf({ outer: choosing, sites: { North: { image: ring }, South: { image: ring } } });
    expect(result.outer.find(({ kind }) => kind === "sent")).toMatchObject({ label: "yes" });
    expect(result.outer.filter(({ kind }) => kind === "offered")).toHaveLength(1);
    const north = result.outer.filter(
      (event) =>
        (event.kind === "sent" && event.edge.from === "North") ||
        (event.kind === "invoked" && event.role === "North"),
    );
    expect(result.sites[0]?.rounds).toBe(north.length);
  });

  test("claims nothing: it is observed, whatever its width", () => {
    const sites = { North: { image: ring }, South: { image: ring } };
    const [one, two] = [1, 2].map((outerConcurrency) => ranOf({ outer, sites, outerConcurrency }).manifest);
    expect(one).toMatchObject({
      sites: ["North", "South"],
      regime: "nested_observed",
      profile: {
        scheduler: "canonical_exact",
        envelope: "none",
        bundle: "observed_transport",
        eligibility: "ineligible",
      },
    });
    expect(two?.profile.scheduler).toBe("threaded_envelope");
  });

  test("is the same every time, and each role does the same at any width", () => {
    const sites = { North: { image: ring }, South: { image: ring } };
    expect(ranOf({ outer, sites })).toEqual(ranOf({ outer, sites }));
    const labels = (width: number) =>
      ranOf({ outer, sites, outerConcurrency: width }).outer.flatMap((event) =>
        event.kind === "sent" || event.kind === "received" ? [`${event.kind} ${event.label}`] : [],
      );
    expect([...labels(2)].sort()).toEqual([...labels(1)].sort());
  });

  test("of sites that are not the roles, or without a protocol between them, is refused with both named", () => {
    expect(simulateNested({ outer, sites: { North: { image: ring }, East: { image: ring } } })).toMatchObject(
      {
        ok: false,
        errors: [
          {
            code: "PAR8106",
            path: "sites",
            reason: "the sites are East, North, the roles of the inter-site protocol North, South",
          },
        ],
      },
    );
    expect(simulateNested({ outer: undefined, sites: {} })).toMatchObject({
      ok: false,
      errors: [{ code: "PAR8103", path: "outer", reason: "missing inter-site protocol" }],
    });
  });
});

test("a step of a site there is none of is a violation of the contract", () => {
  const machine = createMachine(outer);
  openSession(machine);
  const nested = { outer: machine, sites: new Map(), roundsPerStep: 1, answer: () => ({}) };
  expect(stepSite(nested, "West")).toEqual({ kind: "contract_violation", message: "unknown site: West" });
});
