import { analyse } from "@parley/core";
import { staticSequence } from "@parley/core/diagram";
import { expect, test } from "vitest";
import { MISTAKE } from "../protocols/mistake.ts";
import { markedMessages } from "./shown-problem.ts";

test("a role that cannot tell two arms apart marks how each arm begins and where they part", () => {
  const { file, diagnostics } = analyse(MISTAKE);
  const [found] = diagnostics;
  if (!found) throw new Error("the mistake is gone");
  const { code, severity, message, span, related } = found;
  const places = related.map((place) => ({ message: place.message, ...place.span }));
  const problem = { code, severity, message, ...span, line: 0, column: 0, related: places };
  const model = staticSequence(file);
  expect([...markedMessages(model, problem)]).toEqual(["1.accept.0", "1.accept.1", "1.decline.0"]);
  expect(markedMessages(model, undefined).size).toBe(0);
});
