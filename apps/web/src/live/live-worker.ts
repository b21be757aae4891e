/// <reference lib="webworker" />
/**
 * The SharedWorker that holds the one event stream of this browser: over
 * HTTP/1.1 a stream a tab would use up the six connections there are.
 */
import type { FromWorker, ToWorker } from "./live-protocol.ts";
import { LiveSource } from "./live-source.ts";

const wanted = new Map<MessagePort, readonly string[]>();
let connection: FromWorker = { kind: "connection", connection: { state: "connecting" } };

const source = new LiveSource((message) => {
  if (message.kind === "connection") connection = message;
  for (const port of wanted.keys()) port.postMessage(message);
});

const update = (): void => source.setTopics([...wanted.values()].flat());

(self as unknown as SharedWorkerGlobalScope).addEventListener("connect", (event) => {
  const port = (event as MessageEvent).ports[0];
  if (!port) return;
  port.addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
    if (data.kind === "bye") wanted.delete(port);
    else wanted.set(port, data.topics);
    update();
  });
  port.start();
  port.postMessage(connection);
});
