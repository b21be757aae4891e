// The only script that may run on Node 20: it installs what is missing, then
// hands the task to the Node 24 that the install brought.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const PNPM = "pnpm@12.21.0";
const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const node = join(root, "node_modules/node/bin/node");
const stampFile = join(root, "node_modules/.parley-stamp");

const manifests = () => {
  const groups = ["apps", "packages"].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => join(group, name)),
  );
  const folders = [".", "db", "protocols", "conformance", "bench", ...groups];
  const files = folders.map((folder) => join(folder, "package.json"));
  return [...files, "pnpm-lock.yaml", "pnpm-workspace.yaml"]
    .filter((file) => existsSync(join(root, file)))
    .sort();
};

const stamp = () => {
  const hash = createHash("sha256");
  for (const file of manifests()) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest("hex");
};

const run = (command, args, options = {}) =>
  spawnSync(command, args, { cwd: root, stdio: "inherit", shell: process.platform === "win32", ...options })
    .status ?? 1;

const installed = () =>
  existsSync(node) && existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp();

if (!installed()) {
  // To stderr: the answer of `parley … --format json` stays alone on stdout.
  process.stderr.write("Installing dependencies …\n");
  const frozen = existsSync(join(root, "pnpm-lock.yaml")) ? ["--frozen-lockfile"] : [];
  const status = run("npx", ["--yes", "--prefer-offline", PNPM, "install", ...frozen], {
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) process.exit(status);
  writeFileSync(stampFile, stamp());
}

const [task, ...rest] = process.argv.slice(2);
const script = task === "parley" ? "apps/cli/src/main.ts" : `scripts/${task}.ts`;
process.env.PATH = `${join(root, "node_modules/.bin")}:${dirname(node)}:${process.env.PATH}`;
// A server holds much and makes little: small young spaces give memory back sooner, at no cost that was measured.
const serves = task === "start" || (task === "parley" && rest[0] === "serve");
const flags = ["--disable-warning=ExperimentalWarning", ...(serves ? ["--max-semi-space-size=4"] : [])];
const child = spawn(node, [...flags, join(root, script), ...rest], {
  cwd: task === "parley" ? process.cwd() : root,
  stdio: "inherit",
});
// A stop of this process is meant for the one that does the work; it ends first.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (status, signal) => process.exit(status ?? (signal ? 1 : 0)));
