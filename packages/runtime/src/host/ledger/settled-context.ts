import { noReplicas, type Replicas } from "../../journal/replicas.ts";
import type { HostCore } from "../core.ts";
import type { ContextState } from "../streams/context-state.ts";
import { loadContext } from "./append.ts";
import type { Cell } from "./cell.ts";

/** Hands the cell of a context with nothing on its way, and its replicas as of its last entry, to `use`, which must not wait before it writes. */
export const onSettled = async <T>(
  core: HostCore,
  context: string,
  use: (cell: Cell<ContextState>, replicas: Replicas) => T,
): Promise<Awaited<T>> => {
  for (;;) {
    const cell = await loadContext(core, context);
    // What is on its way is not on disk: the replicas are read once it is.
    if (cell.pending > 0) {
      await core.writer.idle();
      continue;
    }
    const { seq } = cell.tentative;
    const replicas = seq < 0 ? noReplicas(context) : await core.replicas.at(context, seq);
    const same = core.contexts.get(context) === cell;
    if (same && cell.pending === 0 && cell.tentative.seq === seq) return await use(cell, replicas);
  }
};
