import { startServer } from "./server-process.ts";

/** Longest the memory is watched until it settles, ms. */
const PATIENCE_MS = 30_000;

/**
 * Resident memory in MB of the real server on a data folder: once it is up and
 * has listed every session, and after it has shown every one of them.
 */
export const idleMemory = async (folder: string) => {
  const server = await startServer(folder);
  const get = async (path: string): Promise<unknown> => (await fetch(new URL(path, server.url))).json();
  try {
    const listed = (await get("/api/sessions")) as { items: readonly { id: string }[] };
    const upMb = server.memoryMb();
    for (const { id } of listed.items) await get(`/api/sessions/${id}`);
    // Nothing asks any more: what was for the moment is given back in a while.
    let leastMb = server.memoryMb();
    for (const until = performance.now() + PATIENCE_MS; performance.now() < until; ) {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      leastMb = Math.min(leastMb, server.memoryMb());
    }
    return { sessions: listed.items.length, upMb, visitedMb: leastMb };
  } finally {
    await server.stop();
  }
};

if (import.meta.main) console.log(JSON.stringify(await idleMemory(process.argv[2] ?? "")));
