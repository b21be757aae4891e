import { expect, it } from "vitest";
import { opened } from "../testing/driven-run.ts";
import { pingSource } from "../testing/sample-sources.ts";
import { imageOfText } from "../testing/simulated.ts";
import { commit } from "./commit.ts";
import { putFrame, takeFrame } from "./in-flight.ts";
import { inspectEdges } from "./inspect.ts";
import { plan } from "./plan.ts";

const place = { sid: 0, from: "A", to: "B" };
const sent = () => {
  const machine = opened(imageOfText(pingSource));
  const round = () => commit(machine, plan(machine), { guard: { allow: true } });
  round();
  return { machine, round };
};

it("a frame taken off its edge is received by nobody until it is put back, and wakes its reader then", () => {
  const { machine, round } = sent();
  const frame = takeFrame(machine, place, 0);
  if (frame === undefined) throw new Error("no frame");
  expect(inspectEdges(machine).flatMap(({ frames }) => frames)).toEqual([]);
  while (plan(machine).kind === "run") round();
  expect(plan(machine).kind).toBe("stuck");
  expect(putFrame(machine, place, frame)).toBe("arrived");
  while (plan(machine).kind === "run") round();
  expect(plan(machine).kind).toBe("allDone");
  expect(putFrame(machine, place, frame)).toBe("gone");
});

it("a frame that is not there is not taken, and a plan made before is refused after", () => {
  const { machine } = sent();
  expect(takeFrame(machine, place, 7)).toBeUndefined();
  expect(takeFrame(machine, { ...place, to: "Z" }, 0)).toBeUndefined();
  const before = plan(machine);
  takeFrame(machine, place, 0);
  expect(() => commit(machine, before)).toThrow(/another state/);
});
