import type { Answer, Exploration, Soundness } from "@parley/core/explore";
import type { SampleVerdict } from "./soundness.ts";

/** How something is known. */
export type Proof = "by exploration" | "by projection" | "not known";

/** One thing that was asked of a protocol, and the answer. */
export interface Verdict {
  readonly id: "deadlocks" | "progress" | "buffers" | "arms" | "states";
  readonly title: string;
  readonly answer: Answer;
  /** The answer in a word or two. */
  readonly short: string;
  readonly sentence: string;
  readonly proof: Proof;
}

const number = (n: number): string => n.toLocaleString("en");
const things = (n: number, one: string, many = `${one}s`): string => `${number(n)} ${n === 1 ? one : many}`;
const listed = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;

const deadlocks = ({ deadlockFree, by, exploration }: Soundness): Verdict => {
  const base = { id: "deadlocks", title: "Free of deadlocks", answer: deadlockFree } as const;
  const seen = things(exploration.states, "state");
  if (deadlockFree === "no") {
    const why = exploration.faults[0]?.why ?? "A run gets stuck.";
    return { ...base, short: "No", sentence: why, proof: "by exploration" };
  }
  if (deadlockFree === "unknown") {
    return { ...base, short: "Not known", sentence: `None of ${seen} is a deadlock.`, proof: "not known" };
  }
  return by === "exploration"
    ? {
        ...base,
        short: "Yes",
        sentence: `In none of the ${seen} that can be reached does anybody wait for ever, and no message is left over or not understood.`,
        proof: "by exploration",
      }
    : {
        ...base,
        short: "Yes",
        sentence: `Every role is a projection of one text without a finding, so none can wait for ever. ${seen} were also looked at.`,
        proof: "by projection",
      };
};

const progress = ({ progress: answer, exploration }: Soundness): Verdict => {
  const base = { id: "progress", title: "Progress", answer } as const;
  if (answer === "yes") {
    return {
      ...base,
      short: "Yes",
      sentence: "Wherever a run has got to, whoever has not ended can act again.",
      proof: "by exploration",
    };
  }
  if (answer === "unknown") {
    return {
      ...base,
      short: "Not known",
      sentence: "Only every reachable state together can tell, and not all were seen.",
      proof: "not known",
    };
  }
  const stuck = (exploration.progress ?? []).flatMap(({ role, ok }) => (ok ? [] : [role]));
  const sentence =
    stuck.length === 0
      ? "A run ends where somebody can never act again."
      : `${listed(stuck)} may get where ${stuck.length === 1 ? "it" : "they"} can never act again.`;
  return { ...base, short: "No", sentence, proof: "by exploration" };
};

const buffers = ({ buffers: used, ranOut, outcome, bound }: Exploration): Verdict => {
  const base = { id: "buffers", title: "Bounded buffers" } as const;
  const most = Math.max(0, ...used.map(({ max }) => max));
  if (outcome === "complete") {
    return {
      ...base,
      answer: "yes",
      short: `At most ${number(most)}`,
      sentence:
        most === 0
          ? "Nothing is ever on its way."
          : `Never more than ${things(most, "message")} on the way from one role to another.`,
      proof: "by exploration",
    };
  }
  if (ranOut.includes("buffer")) {
    const full = used.filter(({ max }) => max >= bound).map(({ from, to }) => `${from} → ${to}`);
    return {
      ...base,
      answer: "unknown",
      short: `${number(bound)} do not suffice`,
      sentence: `${listed(full)} can fill ${things(bound, "place")}: nothing slows the sender down there.`,
      proof: "not known",
    };
  }
  return {
    ...base,
    answer: "unknown",
    short: `At least ${number(most)}`,
    sentence: `Up to ${things(most, "message")} on the way so far; not every state was seen.`,
    proof: "not known",
  };
};

const arms = ({ unreachable }: Exploration): Verdict => {
  const base = { id: "arms", title: "Every arm can be taken" } as const;
  if (unreachable === undefined) {
    return {
      ...base,
      answer: "unknown",
      short: "Not known",
      sentence: "Arms that were not taken yet may still be: not every state was seen.",
      proof: "not known",
    };
  }
  if (unreachable.length === 0) {
    return {
      ...base,
      answer: "yes",
      short: "Yes",
      sentence: "For every arm of every decision there is a run that takes it.",
      proof: "by exploration",
    };
  }
  const which = unreachable.map(({ role, label }) => `${label} of ${role}`);
  return {
    ...base,
    answer: "no",
    short: "No",
    sentence: `No run gets to ${listed(which)}.`,
    proof: "by exploration",
  };
};

const reach = ({ states, moves, outcome, ranOut, bound }: Exploration): Verdict => {
  const seen = `${things(states, "state")} and ${things(moves, "move")} between them`;
  const why = [
    ...(ranOut.includes("states") ? ["the budget of states ran out"] : []),
    ...(ranOut.includes("buffer") ? [`buffers of ${bound} were full`] : []),
  ];
  return {
    id: "states",
    title: "States explored",
    answer: outcome === "complete" ? "yes" : "unknown",
    short: outcome === "complete" ? "All of them" : "Not all",
    sentence: outcome === "complete" ? `${seen}: all there are.` : `${seen}, then ${listed(why)}.`,
    proof: outcome === "complete" ? "by exploration" : "not known",
  };
};

/** Everything that was asked of one sample, in words. */
export const verdictsOf = (sound: Soundness): readonly Verdict[] => [
  deadlocks(sound),
  progress(sound),
  buffers(sound.exploration),
  arms(sound.exploration),
  reach(sound.exploration),
];

/**
 * What the status line may say of all samples together: only `free` when every
 * state of every one was seen, `stuck` as soon as one run gets stuck.
 */
export const inShort = (
  verdicts: readonly SampleVerdict[],
  through: boolean,
): "free" | "stuck" | undefined => {
  if (verdicts.some(({ sound }) => sound.deadlockFree === "no")) return "stuck";
  const all = through && verdicts.length > 0;
  return all && verdicts.every(({ sound }) => sound.by === "exploration") ? "free" : undefined;
};
