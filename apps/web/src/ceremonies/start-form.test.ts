import { describe, expect, test } from "vitest";
import { formProblem, initialForm, participantKeys, requestOf, thresholdOf } from "./start-form.ts";

const cast = ["ada", "bea", "chan", "dee", "eli"].map((id) => ({ id, name: id, hue: 0, devices: [] }));
const form = initialForm(cast);

describe("the form that begins a ceremony", () => {
  test("it first asks three others than the initiator, two of whom are enough", () => {
    expect(participantKeys(form)).toEqual(["guardian:bea", "guardian:chan", "guardian:dee"]);
    expect(thresholdOf(form)).toBe(2);
    expect(formProblem(form)).toBeUndefined();
  });

  test("a threshold beyond those asked, nobody asked, and text that is no object are told before it is sent", () => {
    expect(formProblem({ ...form, threshold: "4" })).toContain("between 1 and 3");
    expect(formProblem({ ...form, threshold: "0" })).toContain("between 1 and 3");
    expect(formProblem({ ...form, chosen: new Set() })).toContain("who is asked");
    expect(formProblem({ ...form, operation: "[1]" })).toContain("no JSON object");
    expect(formProblem({ ...form, operation: "{" })).toContain("no JSON object");
  });

  test("candidates are superseded unless they are kept", () => {
    expect(requestOf({ ...form, kept: new Set(["one"]) }, ["one", "two"])).toMatchObject({
      supersede: ["two"],
    });
    expect(requestOf(form, [])).not.toHaveProperty("supersede");
  });

  test("a runtime is named unless it is the full one", () => {
    expect(requestOf(form, [])).not.toHaveProperty("runtime");
    expect(requestOf({ ...form, runtime: "none" }, [])).toMatchObject({ runtime: "none" });
  });

  test("devices are asked as devices", () => {
    const asked = requestOf({ ...form, as: "device", chosen: new Set(["ada-phone"]), threshold: "1" }, []);
    expect(asked.participants).toEqual([{ kind: "device", device: "ada-phone" }]);
  });
});
