import { openWorkspace } from "@parley/core/service";
import { describe, expect, test } from "vitest";
import { moduleLinks } from "./module-links.ts";

const text = (module: string, ...imports: readonly string[]): string =>
  `module ${module} exposing (P)\n${imports.map((one) => `import ${one} exposing (P)\n`).join("")}protocol P =\n  roles A, B\n  A -> B : M\n`;
const files = {
  sea: text("sea", "harbour", "nowhere"),
  harbour: text("harbour", "deep"),
  deep: text("deep"),
};
const workspace = openWorkspace(Object.entries(files).map(([uri, source]) => ({ uri, source, version: 1 })));
const all = ["sea", "harbour", "deep"].map((module) => ({ uri: module, module }));

describe("how texts hang together", () => {
  test("imports lead to their texts, an unknown one nowhere; what is reached goes all the way", () => {
    expect(moduleLinks(workspace, "sea", all)).toEqual({
      imports: [
        { module: "harbour", uri: "harbour", namesakes: 0 },
        { module: "nowhere", namesakes: 0 },
      ],
      reached: ["harbour", "deep"],
      usedBy: [],
      namesakes: [],
    });
    expect(moduleLinks(workspace, "deep", all).usedBy).toEqual(["harbour"]);
  });

  test("a name that several texts have is said on both ends", () => {
    const more = [...all, { uri: "copy", module: "harbour" }];
    expect(moduleLinks(workspace, "sea", more).imports[0]).toMatchObject({ namesakes: 1 });
    expect(moduleLinks(workspace, "harbour", more).namesakes).toEqual(["copy"]);
  });
});
