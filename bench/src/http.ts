import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RING } from "./ring-host.ts";
import { type Server, startServer } from "./server-process.ts";
import { quantile, rounded } from "./steady.ts";

/** One request of a client that keeps its connection; answers the body of a success. */
const post = (server: Server, agent: Agent, path: string, body: unknown): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const text = JSON.stringify(body);
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(text) };
    const { hostname, port } = server.url;
    const asked = request({ hostname, port, agent, path, method: "POST", headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const answer = Buffer.concat(chunks).toString("utf8");
        if ((response.statusCode ?? 500) < 300) resolve(JSON.parse(answer));
        else reject(new Error(`${path}: ${response.statusCode} ${answer}`));
      });
    });
    asked.on("error", reject);
    asked.end(text);
  });

/** Every client advances its own session, each time waiting for the answer; answers how long each took, ms. */
const pass = async (server: Server, clients: readonly Client[], each: number): Promise<readonly number[]> => {
  const times = await Promise.all(
    clients.map(async ({ session, agent }) => {
      const own: number[] = [];
      for (let i = 0; i < each; i += 1) {
        const before = performance.now();
        await post(server, agent, `/api/sessions/${session}/inputs`, { inputs: [{ kind: "advance" }] });
        own.push(performance.now() - before);
      }
      return own;
    }),
  );
  return times.flat();
};

/** What the budget asks of the server, inputs a second (design §8). */
const OFFERED = 2_000;

/**
 * Inputs come evenly, as many a second as the budget names, each client one
 * after the other's answer. A wait counts from the moment the input was due:
 * what is sent late because an answer was late is not forgiven.
 */
const offer = async (
  server: Server,
  clients: readonly Client[],
  each: number,
): Promise<readonly number[]> => {
  const between = (clients.length * 1000) / OFFERED;
  const start = performance.now();
  const times = await Promise.all(
    clients.map(async ({ session, agent }, index) => {
      const own: number[] = [];
      for (let i = 0; i < each; i += 1) {
        const due = start + (i + index / clients.length) * between;
        const early = due - performance.now();
        if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
        await post(server, agent, `/api/sessions/${session}/inputs`, { inputs: [{ kind: "advance" }] });
        own.push(performance.now() - due);
      }
      return own;
    }),
  );
  return times.flat();
};

interface Client {
  readonly session: string;
  readonly agent: Agent;
}

const connect = async (server: Server, count: number): Promise<readonly Client[]> => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const made = (await post(server, agent, "/api/protocols", { name: "ring", source: RING })) as {
    id: string;
  };
  const clients: Client[] = [];
  for (let i = 0; i < count; i += 1) {
    const body = { protocol: made.id, decisions: "first" };
    const opened = (await post(server, agent, "/api/sessions", body)) as { session: { id: string } };
    clients.push({ session: opened.session.id, agent: new Agent({ keepAlive: true, maxSockets: 1 }) });
  }
  agent.destroy();
  return clients;
};

/**
 * Durable inputs per second over HTTP: the server in a process of its own with
 * FULL durability, clients with a connection and a session each that share
 * this process, and so the machine. First as many as it takes, where a wait is
 * the number of clients over the rate; then as many as the budget names, which
 * is what its p99 is about.
 */
export const http = async (clients = 100, each = 60) => {
  const folder = mkdtempSync(join(tmpdir(), "parley-bench-"));
  const server = await startServer(folder);
  try {
    const connected = await connect(server, clients);
    await pass(server, connected, each);
    const cpu = server.cpuMs();
    const rates: number[] = [];
    const times: number[] = [];
    for (let i = 0; i < 3; i += 1) {
      const start = performance.now();
      times.push(...(await pass(server, connected, each)));
      rates.push((clients * each * 1000) / (performance.now() - start));
    }
    const cpuMs = (server.cpuMs() - cpu) / times.length;
    const offered = await offer(server, connected, each);
    for (const { agent } of connected) agent.destroy();
    return {
      clients,
      inputs: times.length,
      inputsPerSecond: Math.round(quantile(rates, 0.5)),
      bestInputsPerSecond: Math.round(Math.max(...rates)),
      serverCpuMsPerInput: rounded(cpuMs, 3),
      p50Ms: rounded(quantile(times, 0.5)),
      p99Ms: rounded(quantile(times, 0.99)),
      offeredPerSecond: OFFERED,
      offeredP50Ms: rounded(quantile(offered, 0.5)),
      offeredP99Ms: rounded(quantile(offered, 0.99)),
    };
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

if (import.meta.main) console.log(JSON.stringify(await http(), null, 1));
