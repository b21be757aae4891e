import { catalogue } from "@parley/protocols";
import type { SeedProtocol } from "@parley/runtime/host";

/** The shipped catalogue as the host seeds it: the id is the namespace, so that links to it stay good. */
export const seeds = (): readonly SeedProtocol[] =>
  catalogue().map((piece) => ({
    id: piece.namespace,
    name: piece.title,
    namespace: piece.namespace,
    source: piece.source,
    page: piece.page,
    scenario: { title: piece.scenario.title, families: piece.scenario.families, names: piece.scenario.names },
    simulations: piece.simulations,
  }));
