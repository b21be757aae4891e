/**
 * A soak: 1,000 sessions on the real host over the SQLite store, kept busy for
 * some minutes with random commands and faults, the host's process killed and
 * started again on the way. Ends with status 1 unless every answered entry is
 * still there after every kill, replaying every log gives its hashes, and the
 * heap after collection stays flat over the thirds of the time.
 *
 * `npm run bench -- --soak 10`, or `node bench/src/soak.ts MINUTES [SESSIONS]`.
 */
import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Answered, FromLife, ToLife } from "./soak-messages.ts";

type FromOf<K extends FromLife["kind"]> = Extract<FromLife, { readonly kind: K }>;

/** Growth of the heap from the first third to the last that still counts as flat. */
const FLAT = 1.25;

export interface SoakReport {
  readonly minutes: number;
  readonly sessions: number;
  readonly commands: number;
  readonly faults: number;
  readonly kills: number;
  readonly entries: number;
  /** Heap of the host after collection, with every session in memory, at the end of each third. */
  readonly heapMb: readonly number[];
  readonly lost: readonly string[];
  readonly differing: readonly string[];
  readonly flat: boolean;
}

/** The host's process and what it has answered, through all its lives. */
class Soak {
  readonly last = new Map<string, Answered>();
  commands = 0;
  faults = 0;
  kills = 0;
  private child: ChildProcess | undefined;
  private readonly folder: string;
  private waiting: ((message: FromLife) => void) | undefined;
  private failed: ((cause: Error) => void) | undefined;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Starts a life; resolves once its host has opened the folder. */
  async begin(): Promise<void> {
    const child = fork(join(import.meta.dirname, "soak-life.ts"), [this.folder], {
      execArgv: ["--expose-gc"],
    });
    this.child = child;
    child.on("message", (message: FromLife) => {
      if (message.kind === "answered") this.note(message);
      else this.waiting?.(message);
    });
    child.on("exit", (status) => {
      if (this.child === child && status !== 0)
        this.failed?.(new Error(`the host's process ended with status ${status}`));
    });
    await this.wait("ready");
  }

  private note({ answers, commands, faults }: FromOf<"answered">): void {
    for (const one of answers) {
      const known = this.last.get(one[0]);
      if (known === undefined || known[1] < one[1]) this.last.set(one[0], one);
    }
    this.commands += commands;
    this.faults += faults;
  }

  private wait<K extends FromLife["kind"]>(kind: K): Promise<FromOf<K>> {
    return new Promise((resolve, reject) => {
      this.failed = reject;
      this.waiting = (message) => {
        if (message.kind === kind) resolve(message as FromOf<K>);
      };
    });
  }

  tell(message: ToLife): void {
    this.child?.send(message);
  }

  ask<K extends FromLife["kind"]>(message: ToLife, kind: K): Promise<FromOf<K>> {
    const answer = this.wait(kind);
    this.tell(message);
    return answer;
  }

  /** Ends the process at once, in the middle of whatever it does. */
  async kill(): Promise<void> {
    const { child } = this;
    if (child === undefined) return;
    this.child = undefined;
    if (child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await gone;
    this.kills += 1;
  }

  async end(): Promise<void> {
    const { child } = this;
    if (child === undefined) return;
    this.child = undefined;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.send({ kind: "end" } satisfies ToLife);
    await gone;
  }
}

/** One third: some kills at random moments, then a stretch in peace, then the weighing. */
const third = async (
  soak: Soak,
  ids: readonly string[],
  seconds: number,
  lost: string[],
): Promise<number> => {
  const until = performance.now() + seconds * 1_000;
  const kills = Math.max(1, Math.round(seconds / 40));
  for (let n = 0; n < kills; n += 1) {
    await sleep(((0.5 + Math.random()) * seconds * 1_000 * 0.6) / kills);
    await soak.kill();
    await soak.begin();
    const { lost: missing } = await soak.ask(
      { kind: "verify", answers: [...soak.last.values()] },
      "verified",
    );
    lost.push(...missing);
    soak.tell({ kind: "work", ids });
  }
  await sleep(Math.max(0, until - performance.now()));
  return (await soak.ask({ kind: "weigh" }, "weighed")).heapMb;
};

/** Runs a soak in a folder of its own and clears up behind it. */
export const runSoak = async (minutes: number, sessions = 1_000): Promise<SoakReport> => {
  const folder = mkdtempSync(join(tmpdir(), "parley-soak-"));
  const soak = new Soak(folder);
  try {
    await soak.begin();
    const { ids } = await soak.ask({ kind: "open", sessions }, "opened");
    soak.tell({ kind: "work", ids });
    const lost: string[] = [];
    const heapMb: number[] = [];
    for (let n = 0; n < 3; n += 1) heapMb.push(await third(soak, ids, minutes * 20, lost));
    const { entries, differing } = await soak.ask({ kind: "replay", ids }, "replayed");
    const { lost: missing } = await soak.ask(
      { kind: "verify", answers: [...soak.last.values()] },
      "verified",
    );
    await soak.end();
    const [first = 0, , last = 0] = heapMb;
    return {
      minutes,
      sessions: ids.length,
      commands: soak.commands,
      faults: soak.faults,
      kills: soak.kills,
      entries,
      heapMb,
      lost: [...lost, ...missing],
      differing,
      flat: last <= first * FLAT,
    };
  } finally {
    await soak.kill();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Runs a soak, prints what it found and sets the exit status. */
export const soakCommand = async (minutes: number, sessions?: number): Promise<void> => {
  const report = await runSoak(minutes, sessions);
  console.log(JSON.stringify(report, null, 1));
  const good =
    report.lost.length === 0 && report.differing.length === 0 && report.flat && report.commands > 0;
  console.log(good ? "nothing lost, memory flat" : "FAILED");
  process.exitCode = good ? 0 : 1;
};

if (import.meta.main) await soakCommand(Number(process.argv[2] ?? 10), Number(process.argv[3] ?? 1_000));
