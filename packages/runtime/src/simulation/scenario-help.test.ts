import { describe, expect, it } from "vitest";
import { readScenario, tomlError } from "./read-scenario.ts";
import { scenarioFindings, tomlFinding } from "./scenario-findings.ts";
import { completeScenario, hoverScenario } from "./scenario-help.ts";
import { firstScenario, insertPart, scenarioName, scenarioParts } from "./scenario-parts.ts";
import { TomlPlaces } from "./toml-places.ts";

const names = { roles: ["Buyer", "Shop"], messages: ["Order", "Price"], labels: ["Sold", "Out"] };

/** Labels offered where `|` stands. */
const offered = (marked: string): readonly string[] => {
  const at = marked.indexOf("|");
  return completeScenario(marked.replace("|", ""), at, names).map(({ label }) => label);
};

describe("places in a TOML text", () => {
  const text = `# first
name = "a" # why
[network]
links = [
  { from = "A", to = "B" }, # one
  { from = "B", "to" = "A" },
]
[[adversaries]]
trigger = { on_event = { kind = "sent" } }
[[adversaries]]
budget.total = 3
[adversaries.action]
type = """
crash"""
`;
  const places = new TomlPlaces(text);
  const at = (path: string): string | undefined => {
    const place = places.all.find((one) => one.path === path);
    return place && text.slice(place.value.start, place.value.end);
  };

  it("are found by the paths that errors name", () => {
    expect(at("name")).toBe('"a"');
    expect(at("network")).toBe("[network]");
    expect(at("network.links[1].to")).toBe('"A"');
    expect(at("adversaries[0].trigger.on_event.kind")).toBe('"sent"');
    expect(at("adversaries[1]")).toBe("[[adversaries]]");
    expect(at("adversaries[1].budget.total")).toBe("3");
    expect(at("adversaries[1].action.type")).toBe('"""\ncrash"""');
  });

  it("fall back to the nearest table that is written", () => {
    expect(places.find("adversaries[0].budget.total")).toMatchObject({
      exact: false,
      place: { path: "adversaries[0]" },
    });
    expect(places.find("nothing.at.all")).toBeUndefined();
  });

  it("survive any text, cut anywhere", () => {
    for (let end = 0; end <= text.length; end += 1) {
      const cut = new TomlPlaces(text.slice(0, end));
      for (let offset = 0; offset <= end; offset += 1)
        expect(cut.context(offset).span.start).toBeLessThanOrEqual(end);
    }
    for (const odd of ["[[", "[a.", "a = [[[", "a = {{", "= =", '"', "a.b.c", "a = [1,,2]", "{", "]"])
      expect(() => new TomlPlaces(odd).context(odd.length)).not.toThrow();
  });
});

describe("completion", () => {
  it("offers keys of the table one is in, without those that are there", () => {
    expect(offered("[network]\nordered = true\nlo|")).toContain("loss_probability");
    expect(offered("[network]\nordered = true\nlo|")).not.toContain("ordered");
    expect(offered("[[faults]]\n|")).toContain("nth");
    expect(offered("[[adversaries]]\ntrigger = { | }")).toEqual(
      expect.arrayContaining(["at_tick", "on_event"]),
    );
    expect(offered("[[adversaries]]\ntrigger = { on_event = { k| } }")).toContain("kind");
  });

  it("offers plain keys and headers at the top, headers on any line of its own", () => {
    expect(offered("na|")).toEqual(expect.arrayContaining(["name", "[network]", "[[adversaries]]"]));
    expect(offered("[|")).toEqual(expect.arrayContaining(["[network]", "[[network.links]]"]));
    expect(offered("[|")).not.toContain("name");
    expect(offered("|")).not.toContain("network");
  });

  it("offers words, roles, messages, labels and predicates as values", () => {
    expect(offered('policy = "|"')).toEqual(["first", "random", "round_robin", "script"]);
    expect(offered("policy = |")).toContain("random");
    expect(offered("[network]\nordered = |")).toEqual(["true", "false"]);
    expect(offered('[[decide]]\nrole = "|')).toEqual(["Buyer", "Shop"]);
    expect(offered('[[decide]]\ntake = "|"')).toEqual(["Sold", "Out"]);
    expect(offered('[[payload]]\nmessage = "|"')).toEqual(["Order", "Price"]);
    expect(offered('[properties]\nnever = ["|"]')).toContain("stuck");
    expect(offered('[properties]\ninvariants = ["no_faults", "|"]')).toContain("buffer_bound(0,1)");
    expect(offered('[[adversaries]]\naction = { type = "|" }')).toContain("crash");
  });

  it("puts quotes where they are missing and brackets around the first of a list", () => {
    const insert = (text: string): string | undefined =>
      completeScenario(text, text.length, names).find(({ label }) => label === "no_faults")?.insert;
    expect(insert("[properties]\ninvariants = ")).toBe('["no_faults"]');
    expect(insert("[properties]\ninvariants = [")).toBe('"no_faults"');
    expect(insert('[properties]\ninvariants = ["')).toBe("no_faults");
  });

  it("replaces the word that is being written", () => {
    const [first] = completeScenario("[network]\nloss_p", 16, names);
    expect(first?.span).toEqual({ start: 10, end: 16 });
  });
});

describe("hovering", () => {
  it("explains a key and a header", () => {
    const text = "[network]\nloss_probability = 0.1\n";
    expect(hoverScenario(text, 3)?.markdown).toContain("Without it messages arrive at once");
    expect(hoverScenario(text, 12)).toMatchObject({
      span: { start: 10, end: 26 },
      markdown: expect.stringContaining("Chance that a message is lost"),
    });
    expect(hoverScenario(text, 30)).toBeUndefined();
    expect(hoverScenario("nonsense = 1", 3)).toBeUndefined();
  });
});

describe("findings", () => {
  const found = (text: string, raw: unknown) => {
    const read = readScenario(raw);
    return read.ok ? [] : scenarioFindings(text, read.errors);
  };

  it("stand at the value that is wrong, at the key that is unknown, at the table that lacks one", () => {
    const text =
      'name = "a"\nseed = -1\n[network]\nlos_probability = 0.1\n[[faults]]\nfrom = "A"\nto = "B"\n';
    const raw = {
      name: "a",
      seed: -1n,
      network: { los_probability: 0.1 },
      faults: [{ from: "A", to: "B" }],
    };
    expect(found(text, raw).map(({ line, column, code }) => [line, column, code])).toEqual([
      [2, 8, "PAR8104"],
      [4, 1, "PAR8102"],
      [5, 1, "PAR8103"],
    ]);
  });

  it("of the whole scenario stand at its first line", () => {
    expect(found("\n# nothing\n", {})).toMatchObject([{ line: 2, column: 1, code: "PAR8103" }]);
  });

  it("of text that is no TOML stand where the parser stopped", () => {
    const finding = tomlFinding(
      "a = 1\nb = \n",
      tomlError("Invalid TOML document: expected a value\n\n2: b ="),
      2,
      5,
    );
    expect(finding).toMatchObject({
      line: 2,
      start: 9,
      code: "PAR8114",
      reason: "parse TOML: expected a value",
    });
    expect(tomlFinding("", tomlError("x"), 1, 1)).toMatchObject({ start: 0, end: 1 });
  });
});

describe("parts", () => {
  const apply = (text: string, id: (typeof scenarioParts)[number]["id"]): string =>
    [...insertPart(text, id, names)].reduce(
      (before, edit) => before.slice(0, edit.start) + edit.text + before.slice(edit.end),
      text,
    );

  it("go into a table that is there, only as far as they are missing", () => {
    const text = '[network]\nloss_probability = 0.5\n\n[[decide]]\nrole = "Shop"\n';
    expect(apply(text, "latency")).toBe(
      '[network]\nbase_latency_ms = "20ms"\nlatency_variance = 0.2\nloss_probability = 0.5\n\n[[decide]]\nrole = "Shop"\n',
    );
    expect(insertPart(text, "loss", names)).toEqual([]);
    expect(apply("", "monitor")).toBe('[properties]\ninvariants = ["no_faults"]\nnever = ["stuck"]\n');
  });

  it("of every kind leave a text whose tables are found again", () => {
    for (const { id } of scenarioParts) {
      const text = apply(firstScenario("a", { roles: names.roles, families: { Crew: 2 }, names: {} }), id);
      expect(text.startsWith('name = "a"')).toBe(true);
      const paths = new TomlPlaces(text).all.map(({ path }) => path);
      expect(paths).toContain("network.loss_probability");
      expect(new Set(paths).size).toBe(paths.length);
    }
  });

  it("get names that can stand in an address", () => {
    expect(scenarioName("A lossy Shop!")).toBe("a-lossy-shop");
    expect(scenarioName("??")).toBe("scenario");
  });
});
