import { expect, test } from "vitest";
import { decodeImage, encodeImage } from "../machine/code/image.ts";
import { imageOfText } from "../testing/simulated.ts";
import { broadcastLegs } from "./broadcast-legs.ts";

const image = imageOfText(
  `module spread exposing (Spread)
protocol Spread =
  roles A, F[N], C
  A -> C : Plain
  A ->* : All
  rec Again
    choice A at
      | More =>
        A -> F[*] : More
        F[*] -> A : Done
        A -> C : Note
        continue Again
      | Stop =>
        A -> F[*] : Stop
        A ->* : Over
`,
  { F: 3 },
);

const legs = (role: string, edgeId: string): readonly string[] =>
  broadcastLegs(image, role, edgeId).map(({ edgeId: leg, peer }) => `${leg} ${peer}`);

test("the first leg knows all legs of its broadcast in order of sending, alone, in a loop and as an arm's first message", () => {
  expect(legs("A", "1#0")).toEqual(["1#0 F[0]", "1#1 F[1]", "1#2 F[2]", "1#3 C"]);
  const inLoop = image.programs[image.roles.indexOf("A")]?.states.flatMap((state) =>
    state.kind === "send" ? state.branches.map(({ edgeId }) => edgeId) : [],
  );
  const more = inLoop?.find((id) => id.includes("More") && id.endsWith("#0")) ?? "";
  const send = more.slice(0, -2);
  expect(legs("A", more)).toEqual([`${send}#0 F[0]`, `${send}#1 F[1]`, `${send}#2 F[2]`]);
  const firsts = inLoop?.filter((id) => id.includes("Stop") && id.endsWith("#0")) ?? [];
  // The second broadcast right after the first is one of its own.
  expect(firsts.map((id) => legs("A", id).length)).toEqual([3, 4]);
});

test("a later leg, a plain send, the legs of many senders and a control frame answer for nobody else", () => {
  expect(legs("A", "1#1")).toEqual([]);
  expect(legs("A", "0")).toEqual([]);
  expect(legs("B", "1#0")).toEqual([]);
  const done = image.programs[image.roles.indexOf("F[1]")]?.states.flatMap((state) =>
    state.kind === "send" ? state.branches.filter(({ label }) => label === "Done") : [],
  );
  expect(done).toHaveLength(1);
  expect(legs("F[1]", done?.[0]?.edgeId ?? "")).toEqual([]);
});

test("they are the same of an image that was written and read again: nothing of them is in its bytes", () => {
  const read = decodeImage(encodeImage(image));
  if (!read.ok) throw new Error(read.error.kind);
  expect(broadcastLegs(read.image, "A", "1#0")).toEqual(broadcastLegs(image, "A", "1#0"));
});
