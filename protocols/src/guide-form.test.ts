import { analyse, applyFix } from "@parley/core";
import { createHost, memoryStore, operator } from "@parley/runtime/host";
import { expect, it } from "vitest";
import { catalogue } from "./catalogue.ts";
import { playScenario } from "./play-scenario.ts";

/** As the guide prints it. */
const printed = `tell! {
    #[namespace = "secure_request"]
    protocol SecureRequest {
        roles: Client, Server;

        Client[guard_capability = "chat:message:send", flow_cost = 50]
        -> Server: SendRequest(RequestData);

        Server[guard_capability = "chat:message:send", flow_cost = 30, journal_facts = "response_sent"]
        -> Client: SendResponse(ResponseData);
    }
}
`;

it("the guide's SecureRequest, pasted and mended by its one fix, runs to the end as the shipped one does", async () => {
  const [found, ...more] = analyse(printed).diagnostics;
  if (found?.fix === undefined) throw new Error("no fix is offered");
  expect(more).toEqual([]);
  const source = applyFix(printed, found.fix);
  const piece = catalogue().find(({ namespace }) => namespace === "secure_request");
  if (piece === undefined) throw new Error("SecureRequest is not shipped");
  const store = memoryStore();
  let byte = 0;
  const host = await createHost({
    store,
    drafts: store,
    clock: { now: () => 1 },
    random: { bytes: (count) => Uint8Array.from({ length: count }, () => (byte = (byte * 5 + 17) % 256)) },
  });
  const created = await host.createProtocol(operator, { name: piece.title, source });
  if (!created.ok) throw new Error(created.error.kind);
  await host.saveVersion(operator, created.value.id, { source });
  const opened = await host.openSession(operator, { protocol: created.value.id, families: {} });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  expect(opened.value.admission.admitted).toBe(true);
  const played = await playScenario(host, opened.value.session.id, piece.scenario);
  expect(played).toMatchObject({ ok: true, view: { status: "completed" } });
});
