/** A request, a decision with a payload in one arm, and an answer; facts on the first edge. */
export const shopSource = `module shop exposing (Checkout)
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

/** Two messages, nothing to decide. */
export const pingSource = `module ping exposing (Ping)
protocol Ping =
  roles A, B
  A -> B : Ping
  B -> A : Pong
`;

/** Goes round until its decider stops. */
export const loopSource = `module turns exposing (Turns)
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
