import { describe, expect, test } from "vitest";
import { hostFixture, openText } from "../../testing/host-fixture.ts";
import { operator } from "../caller.ts";
import type { Host } from "../host-api.ts";
import type { Result } from "../host-error.ts";

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

const source = `module approval exposing (Approval)

agreement_profile Council
  visibility public
  rule majority
  usable_at commit
  finalized_at close
  evidence votes

operation Approve at Ada progress Steady within short on stall => alarm agreement Council =
  Ada -> Bob : Plan

protocol Approval =
  roles Ada, Bob
  Ada -> Bob : Ask
  begin Approve
  await Approve
  resolve Approve as Success
  begin Approve
  invalidate Approve
  Ada -> Bob : Done
`;

const open = (host: Host) =>
  openText(host, source, { drive: "manual", clock: "manual", names: { short: 5_000 } });
const input = async (host: Host, id: string, one: object) =>
  must(await host.inputs(operator, id, { inputs: [one as { kind: "advance" }] }));
const steps = async (host: Host, id: string): Promise<void> => {
  while (must(await host.view(id)).next.some(({ kind }) => kind === "advance"))
    await input(host, id, { kind: "advance" });
};
const track = async (host: Host, id: string, at?: number) =>
  must(await host.view(id, at)).operationTracks?.[0];

describe("how an operation has gone", () => {
  test("is told with the position and statement of each move, at every position", async () => {
    const { host } = await hostFixture();
    const { id, clockAt } = await open(host);
    expect(must(await host.view(id)).operationTracks).toBeUndefined();
    await steps(host, id);
    const begun = await track(host, id);
    expect(begun).toMatchObject({ operation: "Approve", role: "Ada", contract: "Steady", count: 1 });
    expect(begun?.moves).toMatchObject([{ state: "pending", edgeId: "1" }]);
    expect(begun?.moves[0]?.seq).toBe(begun?.begun);
    await input(host, id, { kind: "clock", at: clockAt + 5_000 });
    const stalled = await track(host, id);
    expect(stalled?.moves.map(({ state, edgeId }) => [state, edgeId])).toEqual([
      ["pending", "1"],
      ["noProgress", "1"],
    ]);
    const action = must(await host.view(id)).next.find(({ kind }) => kind === "decide");
    if (action?.kind !== "decide") throw new Error("nothing to decide");
    const { seat, endpoint, step } = action;
    await input(host, id, { kind: "decide", seat, endpoint, step, label: "done" });
    await steps(host, id);
    const ended = await track(host, id);
    expect(ended?.moves.map(({ state, edgeId }) => [state, edgeId])).toEqual([
      ["pending", "1"],
      ["noProgress", "1"],
      ["done", "2"],
      ["Success", "3"],
      ["pending", "4"],
      ["invalidated", "5"],
    ]);
    // The second beginning counts from then on.
    expect(ended?.begun).toBe(ended?.moves[4]?.seq);

    // A position of the past knows what was then.
    const at = stalled?.moves[1]?.seq ?? 0;
    expect(await track(host, id, at)).toEqual(stalled);
    expect(await track(host, id, at - 1)).toEqual(begun);
    expect(must(await host.replay(id))).toMatchObject({ ok: true, findings: [] });
    const fork = must(await host.fork(operator, id, { at }));
    expect(await track(host, fork.id)).toEqual(stalled);
  });

  test("is the same after a restart, from the log and from a snapshot", async () => {
    const { host, store } = await hostFixture();
    const { id } = await open(host);
    await steps(host, id);
    const before = await track(host, id);
    await host.close();
    const snapshot = await hostFixture({ store });
    expect(await track(snapshot.host, id)).toEqual(before);
    await snapshot.host.close();
    await store.dropSnapshots();
    const log = await hostFixture({ store });
    expect(await track(log.host, id)).toEqual(before);
  });
});
