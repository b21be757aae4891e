import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** How one numbered part is carried: by an export and a test, or by a reason why not. */
export type InventoryEntry =
  | { readonly part: string; readonly export: string; readonly test: string }
  | { readonly part: string; readonly reason: string };

export type Inventory = Readonly<Record<string, InventoryEntry>>;

/** The last number of the source inventory. */
export const INVENTORY_SIZE = 513;

const root = join(import.meta.dirname, "../..");

/** `file#name`: the file must export the name (or, for a text, hold it). */
const exportProblem = (reference: string): string | undefined => {
  const [file = "", name = ""] = reference.split("#");
  if (!existsSync(join(root, file))) return `${file} is not there`;
  if (name === "") return undefined;
  const text = readFileSync(join(root, file), "utf8");
  const found = file.endsWith(".ts")
    ? new RegExp(`export [^\\n]*\\b${name}\\b`).test(text)
    : text.includes(name);
  return found ? undefined : `${file} does not export ${name}`;
};

/** `file#words of the test's name`. */
const testProblem = (reference: string): string | undefined => {
  const [file = "", words = ""] = reference.split("#");
  if (!/\.(test|spec)\.tsx?$/.test(file)) return `${file} is no test`;
  if (!existsSync(join(root, file))) return `${file} is not there`;
  return readFileSync(join(root, file), "utf8").includes(words)
    ? undefined
    : `${file} has no test “${words}”`;
};

const entryProblems = (number: string, entry: InventoryEntry): readonly string[] => {
  const known = /^\d+$/.test(number) && Number(number) >= 1 && Number(number) <= INVENTORY_SIZE;
  const problems = [known ? undefined : "no such number"];
  if ("reason" in entry) problems.push(entry.reason.trim() === "" ? "the reason is empty" : undefined);
  else problems.push(exportProblem(entry.export), testProblem(entry.test));
  return problems
    .filter((problem) => problem !== undefined)
    .map((problem) => `${number} (${entry.part}): ${problem}`);
};

/** Every entry that dangles, in words; empty when the inventory holds. */
export const inventoryProblems = (inventory: Inventory): readonly string[] =>
  Object.entries(inventory).flatMap(([number, entry]) => entryProblems(number, entry));

export const readInventory = (): Inventory =>
  JSON.parse(readFileSync(join(root, "conformance/inventory.json"), "utf8")) as Inventory;
