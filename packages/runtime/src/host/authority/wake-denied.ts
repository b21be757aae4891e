import { liveSession } from "../commands/inputs.ts";
import { canAdvance, sessionUnit } from "../commands/session-unit.ts";
import type { HostCore } from "../core.ts";
import { noteDenied } from "./note-denied.ts";

/** Finds the eager sessions of a store just opened that stand before a denial. */
const indexDenied = async (core: HostCore): Promise<void> => {
  if (core.deniedKnown) return;
  core.deniedKnown = true;
  for (const { stream, status } of await core.store.sessionRows()) {
    if (status !== "open") continue;
    const [first] = await core.store.read(stream, 0, 1);
    if (first?.entry.input.kind !== "open" || first.entry.input.drive !== "eager") continue;
    const loaded = await core.sessions.load(stream);
    if (loaded.ok) noteDenied(core.denied, loaded.cell.state);
  }
};

/**
 * Moves on the eager sessions in which somebody was denied for something that
 * is otherwise now: nobody else gives them an input. Called after every entry
 * of an authority; the ones driven by hand wait for their next step.
 */
export const wakeDenied = async (core: HostCore): Promise<void> => {
  await indexDenied(core);
  for (const stream of [...core.denied]) {
    if (core.closing) return;
    const live = await liveSession(core, stream);
    if (!live.ok) {
      core.denied.delete(stream);
      continue;
    }
    if (!canAdvance(core, live)) continue;
    const asked = { actor: { kind: "policy", id: "guard" } as const, now: core.clock.now() };
    const unit = sessionUnit(core, live, [{ kind: "advance" }], asked);
    if (unit.ok) await core.writer.write({ parts: unit.parts });
  }
};
