import { chainBuilder } from "@parley/runtime/testing";
import type { SessionPin, WorkspaceInput } from "@parley/wire";
import type { OpenedStore } from "../open-store.ts";

/** Entry 0 of a session with two seats, for tests of lists. */
export const sessionPin = (stream: string, protocol: string, version: string): SessionPin => ({
  kind: "open",
  stream,
  title: `Session ${stream}`,
  semantics: 1,
  protocol,
  version,
  image: "c".repeat(64),
  imageBytes: new Uint8Array(3),
  families: {},
  names: {},
  seats: [
    { role: "Server", authority: "bob", device: "bob-1" },
    { role: "Client", authority: "alice", device: "alice-1" },
  ],
  policy: "default",
  decisions: "ask",
  config: {},
  seed: "1",
  clock: "manual",
  drive: "manual",
});

/** Writes workspace inputs, one entry and unit each, and answers their commit numbers. */
export const writeWorkspace = async (
  store: OpenedStore,
  inputs: readonly WorkspaceInput[],
): Promise<readonly number[]> => {
  const log = chainBuilder(
    "workspace",
    "workspace",
    (await store.head("workspace")) ?? { seq: -1, hash: "" },
  );
  const results = await store.append(inputs.map((input) => ({ appends: [log.append({ input })] })));
  return results.flatMap((result) => {
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    return result.commits.flat();
  });
};
