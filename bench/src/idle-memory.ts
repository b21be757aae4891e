/** A process of its own: opens the host of a data folder, waits for nothing, and prints its resident memory in MB. */
import { hostOver } from "./ring-host.ts";

const [folder = ""] = process.argv.slice(2);
const { host, store } = await hostOver(folder);
await host.listSessions();
globalThis.gc?.();
console.log(Math.round(process.memoryUsage.rss() / 2 ** 20));
await host.close();
await store.close();
