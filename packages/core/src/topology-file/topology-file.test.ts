import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { parse } from "../parse.ts";
import { withoutSpans } from "../testing/without-spans.ts";
import { checkTopologyFile } from "./check.ts";
import { topologyCodes } from "./codes.ts";
import { parseTopologyFile } from "./parse.ts";
import { printTopologyFile } from "./print.ts";

const page = readFileSync(new URL("../../../../docs/codes.md", import.meta.url), "utf8");
const protocol = parse(
  "protocol Voyage =\n  roles Captain, Mate, Crew[3]\n  Captain -> Mate : Go\n  Mate -> Crew[*] : Row\n",
).file.protocol!;

const findings = (source: string): readonly Diagnostic[] => {
  const { topology, diagnostics } = parseTopologyFile(source);
  return topology === undefined ? diagnostics : [...diagnostics, ...checkTopologyFile(topology, protocol)];
};
const codesIn = (source: string): readonly string[] => findings(source).map((d) => d.code);

const full = `// where the ship is
topology Harbour for Voyage {
  mode: local;
  Captain: ship.example:7000
  Mate: colocated(Captain); /* side
  by side */
  Crew: 10.0.0.7:http
  role_constraints { Crew: max = 3, min = 1; Mate: min = 1 }
  channel_capacities { Captain -> Mate: 4096; Mate -> Crew: 64 }
  constraints {
    colocated: Captain, Mate
    separated: Captain, Crew;
    pinned: Captain -> ship.example:7000
    region: Crew -> north;
  }
}
`;

describe("a topology file", () => {
  it("is read whole, with or without semicolons, between comments", () => {
    const { topology, diagnostics } = parseTopologyFile(full);
    expect(diagnostics).toEqual([]);
    expect(topology?.places.map(({ location }) => location.kind)).toEqual([
      "address",
      "colocated",
      "address",
    ]);
    expect(topology?.counts.map(({ role, min, max }) => [role.text, min, max])).toEqual([
      ["Crew", 1, 3],
      ["Mate", 1, undefined],
    ]);
    expect(topology?.capacities.map(({ bits }) => bits)).toEqual([4096, 64]);
    expect(topology?.constraints.map(({ kind }) => kind)).toEqual([
      "colocated",
      "separated",
      "pinned",
      "region",
    ]);
    expect(codesIn(full)).toEqual([]);
  });

  it("is printed so that reading it again gives the same", () => {
    const once = parseTopologyFile(full).topology!;
    const again = parseTopologyFile(printTopologyFile(once));
    expect(again.diagnostics).toEqual([]);
    expect(withoutSpans(again.topology)).toEqual(withoutSpans(once));
  });

  it("keeps what can be read around a line that cannot", () => {
    const { topology, diagnostics } = parseTopologyFile(full.replace("ship.example:7000\n", "?? \n"));
    expect(diagnostics.map((d) => d.code)).toEqual(["PAR3703"]);
    expect(topology?.places.map(({ role }) => role.text)).toEqual(["Mate", "Crew"]);
    expect(topology?.constraints).toHaveLength(4);
  });

  it("whatever its text is, is read without a throw or an endless loop", () => {
    const pieces = fc.constantFrom(
      ..."topology T for P { } : ; , -> local mode 7 colocated ( ) = min /* // \n A.b-c constraints".split(
        " ",
      ),
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 40 }), (words) => {
        const source = `topology T for Voyage { ${words.join(" ")}`;
        expect(() => findings(source)).not.toThrow();
      }),
    );
  });

  it("follows colocation through others, and addresses through colocation", () => {
    const places = (lines: string): readonly string[] => codesIn(`topology T for Voyage { ${lines} }`);
    const chain = "Captain: colocated(Mate) Mate: colocated(Crew)";
    expect(places(`${chain} constraints { separated: Captain, Crew }`)).toEqual(["PAR3714"]);
    expect(places(`${chain} constraints { pinned: Captain -> a:1 pinned: Crew -> b:1 }`)).toEqual([
      "PAR3715",
    ]);
    expect(places("Captain: a:1 Mate: a:2 constraints { separated: Captain, Mate }")).toEqual(["PAR3714"]);
    expect(places("Captain: a:1 Mate: b:1 Crew: c:1 constraints { separated: Captain, Mate, Crew }")).toEqual(
      [],
    );
  });

  it.each(Object.values(topologyCodes).map(({ id }) => id))("%s: its page shows it and its cure", (id) => {
    const section = page.split(/^## /m).find((one) => one.startsWith(`${id}\n`)) ?? "";
    const [wrong = "", right = ""] = [...section.matchAll(/```topology\n([\s\S]*?)```/g)].map((m) => m[1]);
    expect(codesIn(wrong)).toEqual([id]);
    expect(right).not.toBe("");
    expect(codesIn(right)).toEqual([]);
    for (const { code, fix } of findings(wrong)) {
      if (code !== id || fix === undefined) continue;
      const [edit] = fix.edits;
      const mended = wrong.slice(0, edit!.span.start) + edit!.text + wrong.slice(edit!.span.end);
      expect(codesIn(mended)).not.toContain(id);
    }
  });
});
