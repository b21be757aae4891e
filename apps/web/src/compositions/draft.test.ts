import { expect, test } from "vitest";
import { type Draft, draftProblem, draftRequest, emptyDraft } from "./draft.ts";

const draft: Draft = {
  ...emptyDraft,
  name: " join ",
  rows: [
    { kind: "phase", name: "a", protocol: "ping", undo: "" },
    { kind: "phase", name: "b", protocol: "ping", undo: "unping" },
  ],
};

test("phases one after the other take what came before, side by side nothing", () => {
  const uses = (one: Draft) => {
    const request = draftRequest(one);
    if (!("composition" in request) || request.composition.kind === "program") throw new Error("no phases");
    return request.composition.phases.map((phase) => phase.uses);
  };
  expect(uses(draft)).toEqual([[], ["a"]]);
  expect(uses({ ...draft, kind: "parallel" })).toEqual([[], []]);
  expect(draftRequest({ ...draft, kind: "parallel", timeout: 1.5 })).toMatchObject({
    composition: { name: "join", timeout: 1_500, phases: [{}, { undo: "unping" }] },
  });
});

test("effects stand where they are written in a program, and nowhere else", () => {
  const rows: Draft["rows"] = [
    { kind: "validate", role: "A", capability: "c" },
    ...draft.rows,
    { kind: "log", event: "done" },
  ];
  const kinds = (kind: Draft["kind"]) => {
    const request = draftRequest({ ...draft, kind, rows });
    return "composition" in request && request.composition.kind === "program"
      ? request.composition.steps.map((step) => step.kind)
      : "no program";
  };
  expect(kinds("program")).toEqual(["effect", "phase", "phase", "effect"]);
  expect(kinds("sequential")).toBe("no program");
});

test("a draft that cannot be started says what it lacks", () => {
  expect(draftProblem(draft)).toBeUndefined();
  expect(draftProblem({ ...draft, name: " " })).toContain("name");
  expect(draftProblem({ ...draft, rows: [] })).toContain("phase");
  expect(draftProblem({ ...draft, rows: [...draft.rows, { kind: "log", event: "" }] })).toContain(
    "every row",
  );
  expect(draftProblem({ ...draft, rows: [...draft.rows, ...draft.rows] })).toContain("called a");
  expect(draftProblem({ ...draft, kind: "parallel", timeout: 0 })).toContain("second");
});
