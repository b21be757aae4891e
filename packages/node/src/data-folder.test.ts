import { expect, test } from "vitest";
import { dataFolder } from "./data-folder.ts";

test("the data folder is `data` in the project unless PARLEY_DATA moves it", () => {
  expect(dataFolder("/srv/parley", {})).toBe("/srv/parley/data");
  expect(dataFolder("/srv/parley", { PARLEY_DATA: " " })).toBe("/srv/parley/data");
  expect(dataFolder("/srv/parley", { PARLEY_DATA: "/var/lib/parley" })).toBe("/var/lib/parley");
  expect(dataFolder("/srv/parley", { PARLEY_DATA: "elsewhere" })).toBe("/srv/parley/elsewhere");
});
