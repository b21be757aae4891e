import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readScenario, type Scenario } from "./scenario.ts";

/** One shipped protocol: its text, its page, a scenario that runs it to its end. */
export interface CataloguePiece {
  /** The namespace, which is also its folder. */
  readonly namespace: string;
  readonly title: string;
  readonly source: string;
  readonly page: string;
  readonly scenario: Scenario;
  /** What it is simulated with, by name: TOML of the folder `simulations`. */
  readonly simulations: readonly { readonly name: string; readonly text: string }[];
}

/** In the order a newcomer should meet them. */
const order = [
  "secure_request",
  "invitation",
  "amp_transport",
  "rendezvous",
  "invitation_device_enrollment",
  "epoch_rotation",
  "device_epoch_rotation",
  "guardian_setup",
  "guardian_ceremony",
  "guardian_membership_change",
  "recovery_protocol",
  "ota_activation",
  "session_coordination",
  "aura_consensus",
];

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

const simulationsOf = (namespace: string): CataloguePiece["simulations"] => {
  const folder = join(root, namespace, "simulations");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(".toml"))
    .sort()
    .map((file) => ({ name: file.slice(0, -5), text: readFileSync(join(folder, file), "utf8") }));
};

const read = (namespace: string): CataloguePiece => {
  const file = (name: string): string => readFileSync(join(root, namespace, name), "utf8");
  const page = file("page.md");
  return {
    namespace,
    title: /^# (.+)$/m.exec(page)?.[1] ?? namespace,
    source: file(`${namespace}.tell`),
    page,
    scenario: readScenario(file("scenario.toml")),
    simulations: simulationsOf(namespace),
  };
};

/** The catalogue, read from the folders beside `src`. */
export const catalogue = (): readonly CataloguePiece[] => {
  const folders = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !["src", "node_modules"].includes(entry.name))
    .map((entry) => entry.name);
  const known = order.filter((namespace) => folders.includes(namespace));
  return [...known, ...folders.filter((namespace) => !order.includes(namespace)).sort()].map(read);
};
