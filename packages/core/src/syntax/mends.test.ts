import { describe, expect, it } from "vitest";
import { analyse } from "../analyse.ts";
import { applyFix } from "../diagnostics/apply-fix.ts";

/** Takes the first fix offered, again and again; the titles taken, and what is still an error. */
const mend = (source: string): { readonly taken: readonly string[]; readonly left: readonly string[] } => {
  const taken: string[] = [];
  let text = source;
  for (;;) {
    const errors = analyse(text).diagnostics.filter(({ severity }) => severity === "error");
    const fix = errors.find((d) => d.fix !== undefined)?.fix;
    if (fix === undefined || taken.length === 10) return { taken, left: errors.map((d) => d.message) };
    taken.push(fix.title);
    text = applyFix(text, fix);
  }
};

const shop = (body: string): string =>
  `protocol Shop =\n  roles Buyer, Seller\n  Buyer -> Seller : Order\n${body}`;

describe("what a newcomer writes is mended by the fixes that are offered", () => {
  const cases: readonly (readonly [name: string, source: string, taken: readonly string[]])[] = [
    [
      "the words of a choice in another order, and arms without bars",
      shop(
        "  choice at Seller\n    Yes =>\n      Seller -> Buyer : Yes\n    No =>\n      Seller -> Buyer : No\n",
      ),
      ["Write `Seller at`", "Start each arm with `|`"],
    ],
    [
      "arms of `par` without bars",
      shop("  par\n    Buyer -> Seller : Now\n    Seller -> Buyer : Then\n"),
      ["Start each arm with `|`"],
    ],
    [
      "arms whose bodies are as deep as their bars",
      shop(
        "  choice Seller at\n    | Yes =>\n    Seller -> Buyer : Yes\n    | No =>\n    Seller -> Buyer : No\n",
      ),
      ["Indent what belongs to it", "Indent what belongs to it"],
    ],
    [
      "braces around blocks, and around a record that keeps its own",
      shop(
        "  choice Seller at {\n    | Yes => {\n      Seller { flow_cost : 1 } -> Buyer : Yes\n    }\n    | No => Seller -> Buyer : No\n  }\n",
      ),
      ["Remove the braces"],
    ],
    [
      "a whole protocol in braces with semicolons",
      "protocol Shop {\n  roles Buyer, Seller;\n  Buyer -> Seller : Order;\n  Seller -> Buyer : Sent;\n}\n",
      ["Rewrite in the canonical shape"],
    ],
    ["a colon after `roles`", shop("  Seller -> Buyer : Sent\n").replace("roles", "roles:"), ["Remove `:`"]],
    [
      "no roles at all",
      "protocol Shop =\n  Buyer -> Seller : Order\n  Seller -> Buyer : Sent\n",
      ["Declare `roles Buyer, Seller`"],
    ],
    [
      "a line too deep, with what stands under it",
      shop("    Seller -> Buyer : Sent\n    loop repeat 2\n      Buyer -> Seller : More\n"),
      ["Align with the statement above"],
    ],
    [
      "the words of a timeout in another order",
      shop(
        "  timeout at Seller 5 min\n    Buyer -> Seller : Pay\n  on timeout =>\n    Seller -> Buyer : Late\n",
      ),
      ["Write `5m Seller at`"],
    ],
  ];
  for (const [name, source, taken] of cases) {
    it(name, () => expect(mend(source)).toEqual({ taken, left: [] }));
  }
});

describe("what has no fix says how it is written here", () => {
  const cases = [
    ["if paid\n", "choice Role at"],
    ["while open\n", "loop repeat 3"],
    ["wait 5s\n", "timeout 5s Role at"],
    ["send Hello\n", "A -> B : Message"],
  ] as const;
  for (const [line, says] of cases) {
    it(line.trim(), () => expect(mend(shop(`  ${line}`)).left.join()).toContain(says));
  }
});
