/** Protocols that never end by themselves: what a soak keeps going. */
export const soakSources: { readonly [name: string]: string } = {
  ring: `module ring exposing (Ring)
protocol Ring =
  roles A, B, C
  rec Lap
    A -> B : Ping
    B -> C : Pass
    C -> A : Pong
    continue Lap
`,
  orders: `module orders exposing (Orders)
protocol Orders =
  roles Buyer, Shop, Store
  rec Day
    choice Buyer at
      | Order =>
        Buyer { guard_capability : "chat:message:send", flow_cost : 1, journal_facts : "ordered" } -> Shop : Order of Nat
        Shop -> Store : Pick
        Store -> Shop : Packed of Bool
        Shop -> Buyer : Sent
        continue Day
      | Look =>
        Buyer -> Shop : Look
        Shop -> Store : Idle
        Shop -> Buyer : Page of String
        continue Day
`,
  retry: `module again exposing (Again)
protocol Again =
  roles A, B, C
  rec Lap
    timeout 1s A at
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
      continue Lap
    A -> B : Next
    B -> C : Next
    continue Lap
`,
};
