import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith, parley } from "./testing/parley.ts";

const ask = `module ask exposing (Ask)
protocol Ask =
  roles A, B
  choice A at
    | Yes =>
      A -> B : Yes of ask.Words
    | No =>
      A -> B : No
`;

describe("run --script", () => {
  const files = (script: string): readonly [string, string, string] => {
    const folder = folderWith({ "ask.tell": ask, "s.toml": script });
    return [join(folder, "ask.tell"), "--script", join(folder, "s.toml")];
  };

  test("plays what the rows say, and moves the clock to a delayed one", async () => {
    const said = await parley(
      "run",
      ...files(
        '[[decide]]\nrole = "A"\ntake = "Yes"\ndelay = 500\n[[payload]]\nrole = "A"\nmessage = "Yes"\nvalue = "1"\n',
      ),
    );
    expect([said.code, said.err]).toEqual([0, ""]);
    expect(said.out).toContain("A -> B : Yes");
    expect(said.out).toContain("completed");
  });

  test("stops where it says nothing, and names who waits", async () => {
    const said = await parley("run", ...files(""));
    expect(said.code).toBe(1);
    expect(said.out).toContain("A must decide and the script does not say how");
  });

  test("that does not fit names its rows, and a text that is none its lines", async () => {
    const wrong = await parley("run", ...files('[[decide]]\nrole = "B"\ntake = "Yes"\n'));
    expect([wrong.code, wrong.out.trim()]).toEqual([1, "decide[0].role: B decides nothing"]);
    const broken = await parley("run", ...files("[[decide]\n"));
    expect(broken.code).toBe(2);
    expect(broken.err).toMatch(/line 1, column \d+/);
  });
});
