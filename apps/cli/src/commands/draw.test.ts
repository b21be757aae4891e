import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { broken, folderWith, parley, sound } from "../testing/parley.ts";

const files = () => {
  const folder = folderWith({ "sound.tell": sound, "broken.tell": broken });
  return { folder, good: join(folder, "sound.tell"), bad: join(folder, "broken.tell") };
};

describe("draw", () => {
  test("gives the same picture each time, as SVG, Mermaid, DOT or JSON, of the sequence, the roles or one automaton", async () => {
    const { good } = files();
    const forms: readonly (readonly [view: string, form: string, start: string])[] = [
      ["sequence", "svg", "<svg "],
      ["sequence", "mermaid", "sequenceDiagram"],
      ["roles", "svg", "<svg "],
      ["roles", "mermaid", "flowchart LR"],
      ["roles", "dot", 'digraph "Greet"'],
      ["automaton", "svg", "<svg "],
      ["automaton", "mermaid", "stateDiagram-v2"],
      ["automaton", "dot", 'digraph "Greet · B"'],
    ];
    for (const [view, form, start] of forms) {
      const args = ["draw", good, "--view", view, "--as", form, "--role", "B"];
      const [once, twice] = await Promise.all([parley(...args), parley(...args)]);
      expect([view, form, once.code, once.out.startsWith(start)]).toEqual([view, form, 0, true]);
      expect(twice.out).toBe(once.out);
    }
    for (const view of ["sequence", "roles", "automaton"]) {
      const { code, json } = await parley("draw", good, "--view", view, "--as", "json");
      expect([code, typeof json()]).toEqual([0, "object"]);
    }
  });

  test("writes a file when told where, in the theme asked for", async () => {
    const { folder, good } = files();
    const out = join(folder, "picture.svg");
    const { code, out: said } = await parley("draw", good, "--theme", "dark", "-o", out);
    expect([code, said]).toEqual([0, ""]);
    const light = (await parley("draw", good, "--theme", "light")).out;
    const dark = readFileSync(out, "utf8");
    expect(dark).toContain("Hello");
    expect(dark).not.toBe(light);
  });

  test("draws a text with errors as far as it goes, and says so by its status", async () => {
    const { bad } = files();
    const { code, out, err } = await parley("draw", bad);
    expect(code).toBe(1);
    expect(out).toContain("<svg ");
    expect(err).toContain("PAR2001");
  });

  test("refuses what it cannot draw as wrong usage", async () => {
    const { good } = files();
    const wrong = [
      ["draw"],
      ["draw", good, "--as", "png"],
      ["draw", good, "--view", "clock"],
      ["draw", good, "--as", "dot"],
      ["draw", good, "--view", "automaton", "--role", "Nobody"],
      ["draw", good, "--unfold", "W"],
    ];
    const said = await Promise.all(wrong.map((args) => parley(...args)));
    expect(said.map(({ code }) => code)).toEqual(wrong.map(() => 2));
  });
});
