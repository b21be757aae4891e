import { join } from "node:path";
import { expect, test } from "vitest";
import { folderWith, parley } from "../testing/parley.ts";

const voyage = `protocol Voyage =
  roles Captain, Mate
  Captain -> Mate : Course
  Mate -> Captain : Aye
`;
const home = `topology Home for Voyage {
  mode: local;
  Captain: local;
  Mate: host1:8080;
  channel_capacities { Captain -> Mate: 1024; }
}
`;

test("a topology file is checked by itself, and against the protocol it is for", async () => {
  const stranger = home.replace("Captain -> Mate: 1024", "Captain -> Cook: 1024");
  const folder = folderWith({ "voyage.tell": voyage, "home.topology": home, "stranger.topology": stranger });
  const at = (name: string): string => join(folder, name);
  expect((await parley("topology", at("home.topology"), "--for", at("voyage.tell"))).code).toBe(0);
  expect((await parley("topology", at("stranger.topology"))).code).toBe(0);
  const refused = await parley("topology", at("stranger.topology"), "--for", at("voyage.tell"));
  expect([refused.code, refused.out.includes("Cook")]).toEqual([1, true]);
  const json = (await parley("topology", at("home.topology"), "--format", "json")).json();
  expect(json).toMatchObject({ verdict: "sound", diagnostics: [] });
  expect((await parley("topology", at("home.topology"), "--for", at("home.topology"))).code).toBe(2);
});

test("printing a topology file and reading it again gives the same text", async () => {
  const folder = folderWith({ "home.topology": home });
  const { code, out } = await parley("topology", join(folder, "home.topology"), "--print");
  expect(code).toBe(0);
  const again = folderWith({ "again.topology": out });
  expect((await parley("topology", join(again, "again.topology"), "--print")).out).toBe(out);
});
