import { type Canonical, encodeCanonical } from "@parley/wire";
import { expect, test } from "vitest";
import { hostFixture } from "../testing/host-fixture.ts";
import { operator } from "./caller.ts";
import type { Host } from "./host-api.ts";
import type { Result } from "./host-error.ts";
import { decodeSessionFile } from "./transfer/session-file.ts";

const harbour = (label: string): string =>
  `module harbour exposing (Moor)\nprotocol Moor =\n  roles Captain, Mate\n  Captain -> Mate : ${label}\n`;
const sea = `module sea exposing (Voyage)
import harbour exposing (Moor)
protocol Voyage =
  roles Captain, Mate
  call Moor
  Mate -> Captain : Fast
`;

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const create = async (host: Host, source: string): Promise<string> =>
  must(await host.createProtocol(operator, { name: "Text", source })).id;
const save = async (host: Host, id: string, source: string) =>
  must(await host.saveVersion(operator, id, { source }));
const open = async (host: Host, protocol: string, version?: string): Promise<string> =>
  must(await host.openSession(operator, { protocol, ...(version === undefined ? {} : { version }) })).session
    .id;
const labels = async (host: Host, id: string): Promise<readonly unknown[]> => {
  must(await host.run(operator, id, { until: "end", maxEntries: 50 }));
  await host.runEnded(id);
  const { items } = must(await host.log(id, 0, 100));
  return items.flatMap(({ events }) => events.flatMap((one) => (one.kind === "sent" ? [one.label] : [])));
};

test("a version keeps what it imported, whatever becomes of that; a new save picks up the change", async () => {
  const { host } = await hostFixture();
  const port = await create(host, harbour("Rope"));
  const ship = await create(host, sea);
  const [first] = must(await host.versions(ship));
  expect(first).toMatchObject({ verdict: "sound", imports: [{ module: "harbour", protocol: port }] });
  const before = await open(host, ship);

  await save(host, port, harbour("Chain"));
  expect(must(await host.view(before)).imports[0]?.source).toContain("Rope");
  const fork = must(await host.fork(operator, before, { at: 0 })).id;
  expect(await labels(host, before)).toEqual(["Rope", "Fast"]);
  expect(await labels(host, fork)).toEqual(["Rope", "Fast"]);
  expect(must(await host.replay(before)).ok).toBe(true);
  expect(must(await host.replay(fork)).ok).toBe(true);
  expect(await labels(host, await open(host, ship))).toEqual(["Rope", "Fast"]);

  const second = await save(host, ship, sea);
  expect(second.version).not.toBe(first?.version);
  expect(await labels(host, await open(host, ship))).toEqual(["Chain", "Fast"]);
  expect(await labels(host, await open(host, ship, first?.version))).toEqual(["Rope", "Fast"]);
  expect(await save(host, ship, sea)).toEqual(second);
});

test("a copy has the pinned imports of its original, and never takes its place", async () => {
  const { host } = await hostFixture();
  const port = await create(host, harbour("Rope"));
  const ship = await create(host, sea);
  await save(host, port, harbour("Chain"));
  const copy = must(await host.duplicateProtocol(operator, ship)).id;
  const [original] = must(await host.versions(ship));
  const [copied] = must(await host.versions(copy));
  expect(copied?.imports).toEqual(original?.imports);
  expect(copied?.version).toBe(original?.version);

  const other = must(await host.duplicateProtocol(operator, port)).id;
  await save(host, other, harbour("Wire"));
  expect((await save(host, ship, sea)).imports[0]).toMatchObject({
    protocol: port,
    source: harbour("Chain"),
  });
});

test("a session taken elsewhere brings what its version imports, and opens anew there", async () => {
  const { host } = await hostFixture();
  await create(host, harbour("Rope"));
  const ship = await create(host, sea);
  const id = await open(host, ship);
  const file = must(await host.exportSession(id));
  const { host: away } = await hostFixture();
  const view = must(await away.importSession(operator, file));
  expect(view.imports.map(({ module }) => module)).toEqual(["harbour"]);
  expect(await labels(away, view.id)).toEqual(["Rope", "Fast"]);
  expect(await labels(away, await open(away, view.protocol.id))).toEqual(["Rope", "Fast"]);
});

test("a session file with malformed imports is refused, and so is one whose imports were changed", async () => {
  const { host } = await hostFixture();
  await create(host, harbour("Rope"));
  const id = await open(host, await create(host, sea));
  const read = must(decodeSessionFile(must(await host.exportSession(id))));
  const { protocol } = read;
  const withImports = (imports: unknown) =>
    encodeCanonical({ ...read, protocol: { ...protocol, imports } } as unknown as Canonical);
  const kinds = [];
  for (const imports of [
    {},
    ["harbour"],
    [{ ...protocol.imports?.[0], source: 1 }],
    [{ ...protocol.imports?.[0], source: harbour("Chain") }],
  ]) {
    const { host: away } = await hostFixture();
    const taken = await away.importSession(operator, withImports(imports));
    kinds.push(taken.ok ? "taken" : taken.error.kind);
  }
  expect(kinds).toEqual(["bad-export", "bad-export", "bad-export", "export-differs"]);
});

test("an unknown module is saved and said; opening refuses with the finding, even when it comes later", async () => {
  const { host } = await hostFixture();
  const ship = await create(host, sea);
  expect(must(await host.versions(ship))[0]).toMatchObject({ verdict: "errors", imports: [] });
  const refused = async () => {
    const opened = await host.openSession(operator, { protocol: ship });
    return opened.ok ? undefined : opened.error;
  };
  const error = await refused();
  expect(error?.kind === "does-not-check" && error.findings[0]?.code).toBe("PAR3604");
  await create(host, harbour("Rope"));
  expect((await refused())?.kind).toBe("does-not-check");
  expect((await save(host, ship, sea)).verdict).toBe("sound");
  expect(await refused()).toBeUndefined();
});

test("a text is checked among the saved ones; hidden protocols cannot be imported, and are pinned all the same", async () => {
  const { host } = await hostFixture();
  const port = await create(host, harbour("Rope"));
  const ship = await create(host, sea);
  const [version] = must(await host.versions(ship));
  expect(host.check({ source: sea }).verdict).toBe("sound");
  expect(host.check({ source: sea.replace("harbour", "harbor") }).diagnostics[0]?.message).toContain(
    "did you mean `harbour`?",
  );
  must(await host.hideProtocol(operator, port));
  expect(host.check({ source: sea }).verdict).toBe("errors");
  expect(host.check({ source: sea, protocol: ship, version: version?.version }).verdict).toBe("sound");
  expect(await labels(host, await open(host, ship))).toEqual(["Rope", "Fast"]);
});

test("a restarted host knows the pins and the settings", async () => {
  const { host, store } = await hostFixture();
  await create(host, harbour("Rope"));
  const ship = await create(host, sea);
  const id = await open(host, ship);
  const settings = { severities: { PAR3613: "error" as const } };
  expect(must(await host.putFindingSettings(operator, settings))).toEqual(settings);
  await host.close();
  const { host: again } = await hostFixture({ store });
  expect(must(await again.view(id)).imports).toHaveLength(1);
  expect(await labels(again, await open(again, ship))).toEqual(["Rope", "Fast"]);
  expect(again.findingSettings()).toEqual(settings);
});

test("what fails closed cannot be lowered, and nothing of such a request is kept", async () => {
  const { host } = await hostFixture();
  const refused = await host.putFindingSettings(operator, {
    severities: { PAR3613: "error", PAR3604: "off", PAR0000: "error" },
  });
  expect(refused).toMatchObject({ ok: false, error: { code: "PAR7108", kind: "bad-settings" } });
  expect(refused.ok || refused.error.kind !== "bad-settings" || refused.error.reasons).toHaveLength(2);
  expect(host.findingSettings()).toEqual({ severities: {} });
});

test("a text without imports has the version it always had", async () => {
  const { host } = await hostFixture();
  const alone = await create(host, harbour("Rope"));
  const [version] = must(await host.versions(alone));
  expect(version?.imports).toEqual([]);
  const { host: other } = await hostFixture();
  await create(other, sea);
  const same = await create(other, harbour("Rope"));
  expect(must(await other.versions(same))[0]?.version).toBe(version?.version);
});
