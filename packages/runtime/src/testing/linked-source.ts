import type { SeedProtocol } from "../host/host-options.ts";

/** Goes round until its decider stops; may be cut at one bundle. */
export const linkedSource = `module moving exposing (Moving)
protocol Moving =
  roles Giver, Taker
  rec Loop
    choice Giver at
      | Again =>
        Giver { link : "bundle=moving|exports=moving.ask,moving.answer|imports=moving.answer" } -> Taker : Ask
        Taker { link : "bundle=moving|exports=moving.ask,moving.answer|imports=moving.ask" } -> Giver : Answer
        continue Loop
      | Stop =>
        Giver -> Taker : Stop
`;

/** Has another bundle, of which a session of the one above is no part. */
const otherSource = `module other exposing (Other)
protocol Other =
  roles A, B
  A { link : "bundle=other|exports=other.ping|imports=" } -> B : Ping
  B -> A : Pong
`;

const seed = (id: string, name: string, source: string): SeedProtocol => ({
  id,
  name,
  source,
  page: null,
  scenario: null,
});

/** A catalogue of two protocols, from which two bundles are made. */
export const linkedCatalogue: readonly SeedProtocol[] = [
  seed("moving", "Moving", linkedSource),
  seed("other", "Other", otherSource),
];
