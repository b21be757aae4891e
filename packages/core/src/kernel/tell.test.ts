import { describe, expect, it } from "vitest";
import { analyse } from "../analyse.ts";
import { showLocal } from "../projection/show-local.ts";

/** What every role does, or the codes of what is wrong. */
const localsOf = (
  roles: string,
  ...lines: string[]
): Readonly<Record<string, string>> | readonly string[] => {
  const source = ["protocol P =", `  roles ${roles}`, ...lines.map((line) => `  ${line}`), ""].join("\n");
  const { diagnostics, samples } = analyse(source);
  const errors = diagnostics.filter((d) => d.severity === "error").map((d) => d.code);
  if (errors.length > 0) return errors;
  const locals = samples?.[0]?.locals ?? {};
  return Object.fromEntries(Object.entries(locals).map(([role, local]) => [role, showLocal(local)]));
};

describe("the arm of a case", () => {
  it("is told to nobody when the messages say it", () => {
    expect(localsOf("A, B", "case x of", "  | Ok(y) => A -> B : Yes", "  | Err(y) => A -> B : No")).toEqual({
      A: "decide x { Ok: !B Yes, Err: !B No }",
      B: "?A { No, Yes }",
    });
  });

  it("is told to whoever could not tell it otherwise, before anything else", () => {
    expect(
      localsOf(
        "A, B, C",
        "case x of",
        "  | Ok(y) =>",
        "    A -> B : Go",
        "    B -> C : Fetch",
        "  | Err(y) =>",
        "    A -> B : Stop",
        "A -> B : Bye",
      ),
    ).toEqual({
      A: "decide x { Ok: !C 0:Ok. !B Go. !B Bye, Err: !C 0:Err. !B Stop. !B Bye }",
      B: "?A { Go. !C Fetch. ?A Bye, Stop. ?A Bye }",
      C: "?A { 0:Err, 0:Ok. ?B Fetch }",
    });
  });

  it("is told to whoever acts in a loop that goes round from some arms only", () => {
    const lines = [
      "rec L",
      "  D -> A : Tick",
      "  case x of",
      "    | Ok(y) =>",
      "      A -> B : Go",
      "      continue L",
      "    | Err(y) => A -> B : Stop",
      "B -> C : Bye",
    ];
    expect(localsOf("A, B, C, D", ...lines)).toMatchObject({
      // C waits, however often the others go round.
      C: "?B Bye",
      D: "mu L. !A Tick. ?A { 0.body.1:Err, 0.body.1:Ok. L }",
    });
  });
});

describe("the end of a timeout", () => {
  const timeout = ["timeout 5s A at", "  A -> B : Ping", "on timeout =>", "  A -> C : Late"];

  it("is told to those who act in the body and those who could not tell", () => {
    expect(localsOf("A, B, C, D", "A -> D : Hi", ...timeout, "B -> D : After")).toEqual({
      A: "!D Hi. within 5000ms (!B Ping) { done: !B 1:done. !C 1:done, timeout: !B 1:timeout. !C 1:timeout. !C Late }",
      B: "within A (?A Ping) { told: ?A { 1:done. !D After, 1:timeout. !D After } }",
      C: "within A (end) { told: ?A { 1:done, 1:timeout. ?A Late } }",
      D: "?A Hi. ?B After",
    });
  });

  it("is told to those an inner timeout concerns, by both owners", () => {
    const locals = localsOf(
      "A, B, C",
      "timeout 9s A at",
      "  timeout 2s B at",
      "    B -> C : Work",
      "  on timeout =>",
      "    B -> C : Skip",
      "on timeout =>",
      "  A -> B : Enough",
    );
    expect(locals).toMatchObject({
      C: "within A (within B (?B Work) { told: ?B { 0.body.0:done, 0.body.0:timeout. ?B Skip } }) { told: ?A { 0:done, 0:timeout } }",
    });
  });

  it("lets a handler go back to a loop around it", () => {
    expect(
      localsOf(
        "A, B",
        "rec Try",
        "  timeout 5s A at",
        "    A -> B : Ping",
        "    B -> A : Pong",
        "  on timeout =>",
        "    continue Try",
      ),
    ).toMatchObject({
      B: "mu Try. within A (?A Ping. !A Pong) { told: ?A { 0.body.0:done, 0.body.0:timeout. Try } }",
    });
  });

  it("may stand in an arm of a par, whose arms still may not share a directed pair", () => {
    const par = (other: string) =>
      localsOf("A, B, C", "par", "  |", ...timeout.map((l) => `    ${l}`), `  | ${other}`);
    expect(par("C -> B : Other")).toMatchObject({
      B: "(within A (?A Ping) { told: ?A { 0.0.0:done, 0.0.0:timeout } } | ?C Other)",
    });
    expect(par("A -> B : Other")).toEqual(["PAR2206"]);
  });
});
