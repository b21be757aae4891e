/** A guarded request with a fact, a decision with a payload in one arm, an answer. */
export const shop = `module shop exposing (Checkout)
protocol Checkout =
  roles Buyer, Shop
  Buyer { guard_capability : "chat:message:send", flow_cost : 5, journal_facts : "asked" } -> Shop : Ask
  choice Buyer at
    | Buy =>
      Buyer -> Shop : Buy of shop.Order
      Shop -> Buyer : Receipt
    | Leave =>
      Buyer -> Shop : Leave
`;

/** Goes round until its decider stops. */
export const turns = `module turns exposing (Turns)
protocol Turns =
  roles A, B
  rec Loop
    choice A at
      | Again =>
        A -> B : Again
        B -> A : Done
        continue Loop
      | Stop =>
        A -> B : Stop
`;

/** Two messages and a loop without end: a run of it stops at its limit or when it is cancelled. */
export const endless = `module endless exposing (Endless)
protocol Endless =
  roles A, B
  rec Loop
    A -> B : Ping
    B -> A : Pong
    continue Loop
`;

/** A text that has an error: the role is not declared. */
export const broken = `module broken exposing (Broken)
protocol Broken =
  roles A, B
  A -> C : Hello
`;

/** A family whose size is bound when a session opens. */
export const workers = `module workers exposing (Workers)
protocol Workers =
  roles Boss, Worker[N]
  Boss -> Worker[*] : Task
`;
