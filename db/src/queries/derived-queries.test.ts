import { chainBuilder } from "@parley/runtime/testing";
import type { WorkspaceInput } from "@parley/wire";
import { expect, test } from "vitest";
import { openForTest } from "../testing/open-for-test.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { sessionPin, writeWorkspace } from "../testing/workspace-log.ts";

const created = (id: string, name: string, origin: "mine" | "catalogue" = "mine"): WorkspaceInput => ({
  kind: "protocol.created",
  id,
  name,
  origin,
});

test("protocols are listed newest change first, with their latest version, and hidden ones apart", async () => {
  const store = await openForTest({ folder: temporaryFolder() });
  await writeWorkspace(store, [
    created("p1", "guardian_ceremony", "catalogue"),
    created("p2", "Hello"),
    { kind: "protocol.versioned", id: "p1", version: "v1", source: "one" },
    { kind: "protocol.versioned", id: "p1", version: "v2", source: "two", label: "second" },
    { kind: "protocol.renamed", id: "p2", name: "Hello again" },
    created("p3", "Gone"),
    { kind: "protocol.hidden", id: "p3" },
  ]);
  const { items } = await store.queries.protocols();
  expect(items.map(({ id, name, latest, versions }) => [id, name, latest, versions])).toEqual([
    ["p2", "Hello again", null, 0],
    ["p1", "guardian_ceremony", "v2", 2],
  ]);
  const ids = async (filter: Parameters<typeof store.queries.protocols>[0]) =>
    (await store.queries.protocols(filter)).items.map(({ id }) => id);
  expect(await ids({ hidden: true })).toEqual(["p3"]);
  expect(await ids({ hidden: "any" })).toEqual(["p3", "p2", "p1"]);
  expect(await ids({ origin: "catalogue" })).toEqual(["p1"]);
  expect(await ids({ search: "HELLO" })).toEqual(["p2"]);
  expect(await ids({ search: "n_c" })).toEqual(["p1"]);
  expect(await ids({ search: "%" })).toEqual([]);
  await writeWorkspace(store, [{ kind: "protocol.restored", id: "p3" }]);
  expect((await store.queries.protocol("p3"))?.hidden).toBe(false);
  expect(await store.queries.protocol("nowhere")).toBeUndefined();
});

test("versions come with their source, newest first, and are found by id", async () => {
  const store = await openForTest({ folder: temporaryFolder() });
  await writeWorkspace(store, [
    created("p", "P"),
    { kind: "protocol.versioned", id: "p", version: "v1", source: "one" },
    { kind: "protocol.versioned", id: "p", version: "v2", source: "two" },
    { kind: "protocol.versioned", id: "p", version: "v1", source: "one", label: "again" },
  ]);
  const { items } = await store.queries.versions("p");
  expect(items.map(({ version, source, label }) => [version, source, label])).toEqual([
    ["v1", "one", "again"],
    ["v2", "two", null],
    ["v1", "one", null],
  ]);
  expect((await store.queries.version("p", "v1"))?.label).toBe("again");
  expect(await store.queries.version("p", "v9")).toBeUndefined();
});

test("pages follow each other without gap or repetition, to the last one", async () => {
  const store = await openForTest({ folder: temporaryFolder() });
  await writeWorkspace(
    store,
    Array.from({ length: 7 }, (_, index) => created(`p${index}`, "P")),
  );
  const seen: string[] = [];
  const sizes: number[] = [];
  for (let after: number | undefined; ; ) {
    const page = await store.queries.protocols({ limit: 3, ...(after === undefined ? {} : { after }) });
    seen.push(...page.items.map(({ id }) => id));
    sizes.push(page.items.length);
    if (page.next === undefined) break;
    after = page.next;
  }
  expect(sizes).toEqual([3, 3, 1]);
  expect(seen).toEqual(["p6", "p5", "p4", "p3", "p2", "p1", "p0"]);
});

test("sessions carry their pin, their seats, their place and the status their events leave them in", async () => {
  const store = await openForTest({ folder: temporaryFolder() });
  const log = chainBuilder("s", "session");
  const registered: WorkspaceInput = { kind: "session.registered", id: "s", protocol: "p", version: "v" };
  await writeWorkspace(store, [registered]);
  await store.append([
    {
      appends: [
        log.append({ input: sessionPin("s", "p", "v"), at: 50 }, { input: { kind: "advance" }, at: 60 }),
      ],
    },
  ]);
  expect(await store.queries.session("s")).toMatchObject({
    title: "Session s",
    protocol: "p",
    version: "v",
    status: "open",
    seq: 1,
    created: 50,
    updated: 60,
    drive: "manual",
    parent: null,
  });
  expect((await store.queries.seats("s")).map(({ role, authority }) => [role, authority])).toEqual([
    ["Client", "alice"],
    ["Server", "bob"],
  ]);
  const fork = chainBuilder("f", "session");
  await store.append([
    {
      appends: [log.append({ input: { kind: "advance" }, events: [{ kind: "completed", tick: 3, sid: 0 }] })],
    },
    {
      appends: [
        fork.append({
          input: {
            kind: "fork",
            stream: "f",
            title: "What if",
            parent: "s",
            at: 1,
            parentHash: "",
            commit: 3,
          },
        }),
      ],
    },
  ]);
  await writeWorkspace(store, [{ ...registered, id: "f", parent: "s", at: 1 }]);
  expect((await store.queries.session("s"))?.status).toBe("completed");
  expect((await store.queries.sessions({ parent: "s" })).items).toMatchObject([
    { id: "f", title: "What if", protocol: "p", version: "v", forkSeq: 1, status: "open", clock: "manual" },
  ]);
  expect((await store.queries.sessions({ protocol: "p" })).items.map(({ id }) => id)).toEqual(["f", "s"]);
  expect((await store.queries.sessions({ status: "completed" })).items.map(({ id }) => id)).toEqual(["s"]);
  expect(await store.rebuild()).toMatchObject({ equal: true });
});

test("authorities come with their devices in the order they were added; contexts and registrations are found", async () => {
  const store = await openForTest({ folder: temporaryFolder() });
  const alice = chainBuilder("alice", "authority");
  const device = (name: string) => ({ input: { kind: "device.added", device: name, name } as const });
  await store.append([
    {
      appends: [
        alice.append(
          { input: { kind: "authority.created", stream: "alice", name: "Alice", hue: 40 } },
          device("z"),
          device("a"),
        ),
        chainBuilder("c", "context").append({
          input: { kind: "context.created", stream: "c", title: "Home" },
        }),
      ],
    },
  ]);
  await writeWorkspace(store, [
    { kind: "protocol.registered", protocolId: "x", class: "A", budget: 1, policy: "one" },
    { kind: "protocol.registered", protocolId: "x", class: "B", budget: 2, policy: "two" },
  ]);
  const { items } = await store.queries.authorities();
  expect(items.map(({ name, hue, devices }) => [name, hue, devices.map((one) => one.device)])).toEqual([
    ["Alice", 40, ["z", "a"]],
  ]);
  expect((await store.queries.contexts()).items.map(({ title }) => title)).toEqual(["Home"]);
  expect(await store.queries.registration("x")).toMatchObject({ class: "B", budget: 2, policy: "two" });
});
