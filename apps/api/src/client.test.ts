import { type ApiClient, ApiError, createClient } from "@parley/wire/client";
import { describe, expect, test } from "vitest";
import { endless, shop } from "./testing/sources.ts";
import { type TestStudio, testStudio } from "./testing/test-studio.ts";

const clientOf = (studio: TestStudio): ApiClient => {
  let keys = 0;
  return createClient({
    fetch: async (url, init) => studio.app.request(url, init),
    newKey: () => `key-${++keys}`,
    base: "",
  });
};

const refusal = async (promise: Promise<unknown>): Promise<ApiError["problem"]> => {
  const error = await promise.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(ApiError);
  return (error as ApiError).problem;
};

describe("the typed client", () => {
  test("reaches every route about protocols", async () => {
    const { protocols, check } = clientOf(await testStudio());
    const { id } = await protocols.create("Shop", shop);
    expect((await protocols.rename(id, "Market")).name).toBe("Market");
    expect((await protocols.list("?q=market")).items).toHaveLength(1);
    expect(await protocols.remove(id)).toBeUndefined();
    expect((await protocols.list()).items).toEqual([]);
    expect((await protocols.restore(id)).hidden).toBe(false);
    expect((await protocols.duplicate(id)).id).not.toBe(id);
    expect((await protocols.putDraft(id, endless, 0)).revision).toBe(1);
    expect((await protocols.saveVersion(id, endless, "second")).label).toBe("second");
    expect((await protocols.versions(id)).items).toHaveLength(2);
    expect((await protocols.get(id)).source).toBe(endless);
    expect((await check(shop)).verdict).toBe("sound");
  });

  test("reaches every route about sessions", async () => {
    const studio = await testStudio();
    const { protocols, sessions, admission, authorities } = clientOf(studio);
    const protocol = (await protocols.create("Endless", endless)).id;
    expect((await admission({ protocol })).admitted).toBe(true);
    const { session } = await sessions.open({ protocol });
    const { id } = session;
    expect((await sessions.input(id, { inputs: [{ kind: "advance" }] })).head).toBe(1);
    expect((await sessions.get(id, 0)).at).toBe(0);
    expect((await sessions.programs(id)).roles.map(({ role }) => role)).toEqual(["A", "B"]);
    const fork = await sessions.fork(id, 0, "What if");
    expect((await sessions.list(`?parent=${id}`)).items.map((item) => item.id)).toEqual([fork.id]);
    await sessions.run(id, { maxEntries: 1_000_000 });
    expect(await sessions.cancelRun(id)).toBeUndefined();
    await studio.host.runEnded(id);
    expect((await sessions.log(id, 1, 1)).items.map(({ seq }) => seq)).toEqual([1]);
    expect((await authorities()).items.length).toBeGreaterThan(0);
  });

  test("a command sent again under its own key is answered again, not repeated", async () => {
    const { protocols, sessions } = clientOf(await testStudio());
    const protocol = (await protocols.create("Endless", endless)).id;
    const { session } = await sessions.open({ protocol }, "open");
    expect((await sessions.open({ protocol }, "open")).session.id).toBe(session.id);
    const advance = { inputs: [{ kind: "advance" as const }] };
    const first = await sessions.input(session.id, advance, "once");
    expect(await sessions.input(session.id, advance, "once")).toEqual({ ...first, replayed: true });
    expect((await sessions.input(session.id, advance)).head).toBe(first.head + 1);
  });

  test("a refusal is an error with the problem in it, whatever is in a name", async () => {
    const { protocols, sessions } = clientOf(await testStudio());
    expect(await refusal(sessions.get("no/such session?"))).toMatchObject({
      status: 404,
      code: "PAR7001",
      fields: { what: "session", id: "no/such session?" },
    });
    expect(await refusal(protocols.create("", shop))).toMatchObject({ status: 422, code: "PAR7802" });
  });

  test("a server that is gone, breaks off, or is somebody else is an error with a code of its own", async () => {
    const asked = (fetch: Parameters<typeof createClient>[0]["fetch"]) =>
      refusal(createClient({ fetch, newKey: () => "k", base: "http://x" }).authorities());
    const answer = (status: number, text: string) => async () => ({ status, text: async () => text });
    const gone = { status: 0, code: "PAR7990" };
    expect(await asked(() => Promise.reject(new TypeError("refused")))).toMatchObject(gone);
    const broken = async () => ({ status: 200, text: () => Promise.reject(new TypeError("reset")) });
    expect(await asked(broken)).toMatchObject(gone);
    expect(await asked(answer(502, "<h1>Bad gateway</h1>"))).toMatchObject({ status: 502, code: "PAR7991" });
    expect(await asked(answer(500, "null"))).toMatchObject({ status: 500, code: "PAR7991" });
    expect(await asked(answer(200, "<html>"))).toMatchObject({ status: 200, code: "PAR7991" });
  });
});
