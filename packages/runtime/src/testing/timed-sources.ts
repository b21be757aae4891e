/** Sources that use what roles do without a message: deeds, cases, timeouts. Each runs to its end in every outcome. */
const module = (name: string, body: string, head = "", declarations = ""): string =>
  `module ${name.toLowerCase()} exposing (${name})

${declarations}protocol ${name}${head} =
  roles A, B, C
${body
  .trim()
  .split("\n")
  .map((line) => `  ${line}`)
  .join("\n")}
`;

const stock = `effect Stock
  authoritative reserve : Session -> Held
    {
      class : authoritative
      progress : may_block
      region : session
      agreement_use : required
      reentrancy : reject_same_operation
    }
  observe level : Session -> Nat
    {
      class : observational
      progress : immediate
      region : session
      agreement_use : none
      reentrancy : allow
    }

`;

export const timedSources: { readonly [name: string]: string } = {
  caseTold: module(
    "CaseTold",
    `
A -> B : Ask
authoritative let held at B = check Stock.reserve(a)
case held of
  | Ok =>
    B -> C : Ship
    B -> A : Yes
  | Err =>
    B -> A : No
A -> C : Over
`,
    " uses Stock",
    stock,
  ),
  caseQuiet: module(
    "CaseQuiet",
    `
A -> B : Ask
observe let level at B = observe Stock.level(a)
case level of
  | Ok =>
    publish Plenty
  | Err =>
    publish Little
B -> C : Note
C -> A : Done
`,
    " uses Stock",
    stock,
  ),
  retry: module(
    "Retry",
    `
rec Again
  timeout 5s A at
    A -> B : Ask
    B -> C : Relay
    choice C at
      | Fine =>
        C -> B : Fine
        B -> A : Good
      | Lost =>
        C -> B : Lost
        B -> A : Bad
  on timeout =>
    continue Again
  on cancel =>
    A -> C : Never
A -> B : Bye
`,
  ),
  nested: module(
    "Nested",
    `
timeout 10s A at
  A -> B : Start
  timeout 2s B at
    B -> C : Quick
    C -> B : Answer of Nat
  on timeout =>
    B -> C : Slow
  B -> A : Result
on timeout =>
  A -> C : Outer
A -> C : End
`,
  ),
  parInside: module(
    "ParInside",
    `
timeout 3s A at
  par
    |
      A -> B : Left
      B -> A : LeftBack of Nat
    |
      A -> C : Right
      C -> A : RightBack
  A -> B : Both
on timeout =>
  A -> B : Part
on cancel =>
  A -> C : Off
B -> C : After
`,
  ),
  inPar: module(
    "InPar",
    `
par
  |
    timeout 1s A at
      A -> B : One
      B -> A : OneBack of Nat
    on timeout =>
      A -> B : OneLate
  |
    timeout 2s C at
      C -> A : Two of Nat
    on timeout =>
      C -> A : TwoLate
A -> C : Join
`,
  ),
  lifecycle: module(
    "Lifecycle",
    `
begin move(item)
A -> B : Go
await move
timeout 4s A at
  B -> A : Moved of Nat
on timeout =>
  invalidate move
  A -> C : Gave
resolve move as Success
publish Moved
A -> C : Told
dependent work tidy required for move
handoff move to B with slip
C -> B : Bye
`,
  ),
  crew: `module crew exposing (Crew)

protocol Crew =
  roles Boss, Workers[2], Clerk
  timeout 5s Boss at
    Boss -> Workers[*] : Task
    publish Begun
    Workers[*] -> Boss : Result of Nat
    loop decide by Boss
      Boss -> Clerk : Note
  on timeout =>
    Boss -> Clerk : Alarm
  on cancel =>
    Boss -> Workers[*] : Home
  call Farewell
where
  protocol Farewell =
    timeout 1s Clerk at
      Clerk -> Boss : Bill of Nat
    on timeout =>
      Clerk -> Boss : NoBill
    Boss -> Workers[0] : Lights
`,
};

export const timedNames: readonly string[] = Object.keys(timedSources);
