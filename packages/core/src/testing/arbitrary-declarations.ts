import * as fc from "fast-check";

const name = fc
  .tuple(
    fc.constantFrom("Alpha", "Beta", "Unit", "Maybe1", "Result2", "at", "on", "uses", "typed"),
    fc.nat(30),
  )
  .map(([word, n]) => `${word}${n}`);
const value = fc.constantFrom("short", "strong", "open", "public", "votes");
const names = fc.array(name, { minLength: 1, maxLength: 3 }).map((list) => list.join(", "));
const role = fc.constantFrom("Ada", "Bob");

const { type } = fc.letrec<{ type: string }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3 },
    fc.constant("Unit"),
    fc.constant("shop.Item"),
    name,
    fc.constant("{ species : String,\n  grams : Nat }"),
    tie("type").map((inner) => `Maybe ${inner}`),
    fc.tuple(tie("type"), tie("type")).map(([ok, err]) => `Result  ${ok} ${err}`),
  ),
}));

const indent = (text: string): string => text.replaceAll("\n", "\n  ");

const metadata = fc.tuple(
  fc.constantFrom(", ", " ", ",\n      "),
  fc.constantFrom("session", "fragment", "global"),
  fc.constantFrom("allow", "reject_same_operation"),
);

const effectOperation = fc
  .tuple(name, type, type, metadata, fc.constantFrom(" ", "\n    "))
  .map(
    ([op, input, output, [comma, region, reentrancy], gap]) =>
      `  command ${op} : ${indent(input)} -> ${indent(output)}${gap}{ class : best_effort${comma}progress : immediate${comma}region : ${region}${comma}agreement_use : none${comma}reentrancy : ${reentrancy} }`,
  );

const progress = fc
  .tuple(name, fc.option(name), fc.option(value), fc.option(value), fc.option(value))
  .map(
    ([contract, requires, within, timeout, stall]) =>
      `progress ${contract}` +
      (requires === null ? "" : ` requires ${requires}`) +
      (within === null ? "" : ` within ${within}`) +
      (timeout === null ? "" : ` on timeout => ${timeout}`) +
      (stall === null ? " on stall => alarm" : ` on stall => ${stall}`),
  );

const operation = fc
  .record({
    op: name,
    params: fc.array(fc.tuple(name, type), { maxLength: 2 }),
    owner: role,
    fragment: fc.option(fc.tuple(name, fc.option(names))),
    progress,
    profile: name,
    prestate: fc.option(value),
    compose: fc.option(fc.constantFrom("all_success", "first_success", "threshold_success(2)")),
    body: fc.constantFrom(
      "  Ada -> Bob : Plan",
      "  choice Ada at\n    | Yes => Ada -> Bob : Yes\n    | No => Ada -> Bob : No",
    ),
  })
  .map(({ op, params, owner, fragment, progress: clause, profile, prestate, compose, body }) => {
    const list = params.map(([param, of]) => `${param} : ${of}`).join(", ");
    const within =
      fragment === null ? "" : ` within ${fragment[0]}${fragment[1] === null ? "" : `(${fragment[1]})`}`;
    const agreement = ` agreement ${profile}${prestate === null ? "" : ` prestate ${prestate}`}`;
    const policy = compose === null ? "" : ` compose ${compose}`;
    const head = `${op}${params.length === 0 ? "" : `(${list})`} at ${owner}${within} ${clause}${agreement}${policy}`;
    return `operation ${head} =\n${body}`;
  });

const agreement = fc
  .tuple(name, fc.constantFrom(" ", "\n  "), value)
  .map(
    ([profile, gap, word]) =>
      `agreement_profile ${profile}${gap}visibility ${word}${gap}rule majority${gap}usable_at commit${gap}finalized_at close${gap}evidence ${word}`,
  );

const sum = fc
  .tuple(
    name,
    fc.array(fc.tuple(name, fc.option(type)), { minLength: 1, maxLength: 4 }),
    fc.constantFrom(" ", "\n", "\n  "),
  )
  .map(([of, alternatives, gap]) => {
    const text = alternatives.map(
      ([one, payload]) => `| ${one}${payload === null ? "" : `(${indent(payload)})`}`,
    );
    return `type ${of} =${gap}${text.join(gap)}`;
  });

/** The text of one declaration of any kind but proof bundles; names it uses need not exist. */
export const arbitraryDeclaration: fc.Arbitrary<string> = fc.oneof(
  agreement,
  sum,
  operation,
  fc.tuple(name, type).map(([of, text]) => `type alias ${of} = ${text}`),
  fc
    .tuple(name, fc.option(value), fc.option(value))
    .map(
      ([profile, fairness, window]) =>
        `profile ${profile}${fairness === null ? "" : ` fairness ${fairness}`}${window === null ? "" : ` escalation_window ${window}`}`,
    ),
  fc.tuple(name, names).map(([set, members]) => `role_set ${set} = ${members}`),
  fc
    .tuple(name, name, fc.nat(9), fc.nat(9))
    .map(([set, of, start, end]) => `role_set ${set} = subset(${of}, ${start}..${end})`),
  fc
    .tuple(fc.constantFrom("cluster", "ring", "mesh"), name, names)
    .map(([shape, of, members]) => `${shape} ${of} = ${members}`),
  fc
    .tuple(name, fc.array(effectOperation, { minLength: 1, maxLength: 3 }))
    .map(([effect, operations]) => `effect ${effect}\n${operations.join("\n")}`),
  fc
    .tuple(name, fc.option(names))
    .map(([fragment, params]) => `fragment ${fragment}${params === null ? "" : `(${params})`}`),
  fc
    .tuple(name, names, name, fc.constantFrom(" ", "\n  "))
    .map(([guest, uses, entry, gap]) => `guest runtime ${guest} =${gap}uses ${uses}${gap}entry ${entry}`),
);
