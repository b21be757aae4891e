import { analyse, bind, projectAll } from "@parley/core";
import { expect, test } from "vitest";
import { compile } from "../../machine/code/compile.ts";
import { loopSource, shopSource } from "../../testing/sample-sources.ts";
import { typeText } from "./type-text.ts";

const textOf = (source: string, role: string): string => {
  const { kernel } = analyse(source);
  const bound = kernel && bind(kernel, { families: {}, names: {} });
  const local = bound?.ok ? projectAll(bound.protocol).locals[role] : undefined;
  if (local === undefined) throw new Error("does not project");
  const program = compile(local);
  return typeText(program, program.start);
};

test("sends, receives and decisions are written with peer, label and payload", () => {
  expect(textOf(shopSource, "Buyer")).toBe(
    "!Shop{Ask. !Shop{Buy(shop.Order). ?Shop{Receipt. end}} ⊕ !Shop{Leave. end}}",
  );
  expect(textOf(shopSource, "Shop")).toBe(
    "?Buyer{Ask. ?Buyer{Buy(shop.Order). !Buyer{Receipt. end}} & ?Buyer{Leave. end}}",
  );
});

test("a loop is named where it begins and where it goes round", () => {
  expect(textOf(loopSource, "A")).toBe("μX0. !B{Again. ?B{Done. X0}} ⊕ !B{Stop. end}");
});
