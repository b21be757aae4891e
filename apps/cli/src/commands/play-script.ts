import { type Host, operator } from "@parley/runtime/host";
import type { SessionView } from "@parley/wire/http";

const waiting = ({ next }: SessionView): string | undefined => {
  const question = next.find(({ kind }) => kind === "decide" || kind === "payload");
  if (question?.kind === "decide") return `${question.seat} must decide and the script does not say how`;
  if (question?.kind !== "payload") return undefined;
  return `${question.seat} must say what ${question.label} holds and the script does not`;
};

/**
 * Runs a session on that a script decides, and moves its clock to each delayed
 * answer; the reason when it stops before its end.
 */
export const playScript = async (host: Host, id: string, max: number): Promise<string | undefined> => {
  for (;;) {
    const view = await host.view(id);
    if (!view.ok) return view.error.kind;
    const { status, head, next, script } = view.value;
    if (status !== "active") return undefined;
    if (head >= max) return `left after ${head} entries`;
    if (next.some(({ kind }) => kind === "advance")) {
      const started = await host.run(operator, id, { until: "end", maxEntries: max - head });
      if (!started.ok) return started.error.kind;
      await host.runEnded(id);
      continue;
    }
    const due = script?.due ?? null;
    if (due === null || due <= view.value.clockAt) return waiting(view.value) ?? "nothing can run";
    const moved = await host.inputs(operator, id, { inputs: [{ kind: "clock", at: due }] });
    if (!moved.ok) return moved.error.kind;
  }
};
