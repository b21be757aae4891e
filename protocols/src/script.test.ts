import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { catalogue } from "./catalogue.ts";
import { readScript } from "./script.ts";

const errorsOf = (toml: string): readonly string[] => {
  const read = readScript(toml, "s.toml");
  return read.ok ? [] : read.errors.map(({ at, reason }) => `${at}: ${reason}`);
};

describe("the text of a script", () => {
  test("has rows that decide, pay and fail, and the numbers it binds", () => {
    const toml = `title = "A sale"
families = { Witness = 3 }
[[decide]]
role = "Buyer"
take = "Buy"
nth = 1
delay = 250
[[payload]]
role = "Buyer"
message = "Order"
value = 7
[[fail]]
role = "Shop"
message = "Receipt"
reason = "out of paper"
`;
    expect(readScript(toml, "sale.toml")).toEqual({
      ok: true,
      value: {
        families: { Witness: 3 },
        names: {},
        script: {
          name: "A sale",
          decide: [{ role: "Buyer", take: "Buy", nth: 1, delay: 250 }],
          payload: [{ role: "Buyer", message: "Order", value: 7 }],
          fail: [{ role: "Shop", message: "Receipt", reason: "out of paper" }],
        },
      },
    });
  });

  test("is what every scenario of the catalogue is written in", () => {
    expect(catalogue().length).toBeGreaterThan(0);
    const root = new URL("..", import.meta.url);
    const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const scenarios = folders.flatMap(({ name }) => {
      try {
        return [readFileSync(new URL(`${name}/scenario.toml`, root), "utf8")];
      } catch {
        return [];
      }
    });
    expect(scenarios.length).toBeGreaterThan(5);
    for (const toml of scenarios) expect(errorsOf(toml)).toEqual([]);
  });

  test.each([
    ['[[decide]]\nrole = "A"\ntake =', ["line 3, column 7"]],
    ['[[decide]]\nrole = "A"\n', ["decide[0].take"]],
    ['[[decide]]\nrole = "A"\ntake = "x"\nwhen = 1\n', ["decide[0]"]],
    ['[[payload]]\nrole = "A"\nmessage = "M"\nvalue = [1]\n', ["payload[0].value"]],
    ['[[decide]]\nrole = "A"\ntake = "x"\nnth = -1\n', ["decide[0].nth"]],
    ["families = { W = 1.5 }\n", ["families.W"]],
    ["deside = []\nfamilies = 3\n", ["deside", "families"]],
  ])("that is wrong says where: %j", (toml, places) => {
    const read = readScript(toml, "s.toml");
    expect(read.ok ? [] : read.errors.map(({ at }) => at)).toEqual(places);
  });
});
