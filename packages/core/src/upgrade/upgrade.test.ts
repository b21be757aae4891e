import { describe, expect, it } from "vitest";
import { analyse } from "../analyse.ts";
import { applyFix } from "../diagnostics/apply-fix.ts";
import { codes } from "../diagnostics/codes.ts";
import { upgrade } from "./upgrade.ts";

/** As the guide prints it. */
const secureRequest = `use aura_macros::tell;

tell! {
    #[namespace = "secure_request"]
    protocol SecureRequest {
        roles: Client, Server;

        // the question
        Client[guard_capability = "chat:message:send", flow_cost = 50]
        -> Server: SendRequest(RequestData);

        Server[guard_capability = "chat:message:send", flow_cost = 30, journal_facts = "response_sent"]
        -> Client: SendResponse(ResponseData); // and its answer
    }
}
`;

const canonical = `module secure_request exposing (SecureRequest)

protocol SecureRequest =
  roles Client, Server
  -- the question
  Client { guard_capability : "chat:message:send", flow_cost : 50 }
    -> Server : SendRequest of RequestData
  Server { guard_capability : "chat:message:send", flow_cost : 30, journal_facts : "response_sent" }
    -> Client : SendResponse of ResponseData -- and its answer
`;

const macro = (body: string): string => `tell! { #[namespace = "x"] protocol P { roles: A, B; ${body} } }`;

/** The lines of the body the rewriting gives. */
const bodyOf = (body: string): readonly string[] => {
  const result = upgrade(macro(body));
  if (result.kind !== "upgraded") throw new Error(JSON.stringify(result));
  return result.text.trimEnd().split("\n").slice(4);
};

describe("the guide's form of SecureRequest", () => {
  it("has one finding, and its one fix gives a text that checks clean", () => {
    const { diagnostics } = analyse(secureRequest);
    expect(diagnostics.map(({ code }) => code)).toEqual([codes.legacyForm.id]);
    const fix = diagnostics[0]?.fix;
    if (fix === undefined) throw new Error("no fix");
    const text = applyFix(secureRequest, fix);
    expect(text).toBe(canonical);
    const after = analyse(text);
    expect([after.verdict, after.diagnostics]).toEqual(["sound", []]);
  });

  it("is the same as a choreography! macro, as a .choreo file and in a string", () => {
    const bare = secureRequest.slice(secureRequest.indexOf("#["), secureRequest.lastIndexOf("}"));
    const others = [
      secureRequest.replace("tell!", "choreography!"),
      bare,
      `tell!(r#"${bare}"#)`,
      `tell! { r#"\n    ${canonical.replaceAll("\n", "\n    ")}"# }`,
    ];
    for (const source of others) expect(upgrade(source)).toMatchObject({ kind: "upgraded", text: canonical });
  });
});

describe("the rewriting", () => {
  it.each([
    ["A -> B: M;", ["  A -> B : M"]],
    ["A -> B: M();", ["  A -> B : M"]],
    ["A -> B: M(chat::Words<u8>);", ["  A -> B : M of chat.Words<u8>"]],
    ["A -> B: M(a, b);", ["  A -> B : M(a, b)"]],
    ["A ->* : M; A -> *: N;", ["  A ->* : M", "  A ->* : N"]],
    ["A[flow_cost = 1_000, parallel] -> B: M;", ["  A { flow_cost : 1000, parallel : true } -> B : M"]],
    ["A[leak = [Neighbor, External]] -> B: M;", ["  A { leak : (Neighbor, External) } -> B : M"]],
    ["A[journal_facts = Fact::Sent] -> B: M;", ['  A { journal_facts : "Fact::Sent" } -> B : M']],
    [
      "choice at A { yes: { A -> B: Yes; B -> A: Ok; } no: { A -> B: No; } }",
      [
        "  choice A at",
        "    | yes =>",
        "      A -> B : Yes",
        "      B -> A : Ok",
        "    | no =>",
        "      A -> B : No",
      ],
    ],
    [
      "choice A { yes when (n < 3) { A -> B: Yes; }, no => A -> B: No, }",
      [
        "  choice A at",
        "    | yes when (n < 3) =>",
        "      A -> B : Yes",
        "    | no =>",
        "      A -> B : No",
      ],
    ],
    ["loop (count: 3) { A -> B: M; }", ["  loop repeat 3", "    A -> B : M"]],
    ["loop (decides: A) { A -> B: M; }", ["  loop decide by A", "    A -> B : M"]],
    ['loop (while: "more to say") { A -> B: M; }', ['  loop while "more to say"', "    A -> B : M"]],
    ["loop { A -> B: M; }", ["  loop forever", "    A -> B : M"]],
    ["loop Lap { A -> B: M; continue Lap; }", ["  rec Lap", "    A -> B : M", "    continue Lap"]],
    ["rec Lap { A -> B: M; continue Lap; }", ["  rec Lap", "    A -> B : M", "    continue Lap"]],
    [
      "parallel { A -> B: M; } and { B -> A: N; }",
      ["  par", "    |", "      A -> B : M", "    |", "      B -> A : N"],
    ],
    [
      "par { branch { A -> B: M; } branch { B -> A: N; } }",
      ["  par", "    |", "      A -> B : M", "    |", "      B -> A : N"],
    ],
  ])("of `%s`", (body, lines) => {
    expect(bodyOf(body)).toEqual(lines);
  });

  it("gives a text without syntax errors for every form above, families and local protocols included", () => {
    const source = `choreography! {
      protocol Shop {
        roles: Buyer, Seller[2], Clerk[N];
        Buyer -> Seller[0]: Ask;
        Buyer -> Clerk[*]: Look;
        call Settle;
        where { protocol Settle { Seller[1] -> Buyer: Done; } }
      }
    }`;
    const result = upgrade(source);
    if (result.kind !== "upgraded") throw new Error(JSON.stringify(result));
    expect(analyse(result.text).diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(result.text).toContain("module shop exposing (Shop)");
    expect(result.text).toContain("roles Buyer, Seller[2], Clerk[N]");
  });
});

describe("a form that cannot be rewritten", () => {
  it("is still one finding, and says where it stopped", () => {
    const { diagnostics } = analyse("tell! {\n  protocol P {\n    roles: A, B;\n    A ~ B\n  }\n}\n");
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]?.message).toContain("line 4, column 7: expected `->`");
    expect(diagnostics[0]?.fix).toBeUndefined();
  });

  it("names the file a macro includes", () => {
    const [found] = analyse('choreography!(include_str!("chat.choreo"));').diagnostics;
    expect([found?.code, found?.message]).toEqual([
      codes.legacyForm.id,
      expect.stringContaining("open the file"),
    ]);
  });
});

it("leaves the language's own shape alone, whatever its comments and strings say", () => {
  for (const source of [
    canonical,
    '-- tell! { roles: A }\nprotocol P =\n  roles A, B\n  A { trace : "tell! {" } -> B : M\n',
  ])
    expect(upgrade(source)).toEqual({ kind: "current" });
});
