import type { SessionView } from "@parley/wire/http";
import { useNames } from "../ceremonies/ceremony-data.ts";
import { useOpenSession } from "../sessions/session-context.ts";
import { laneSpans } from "./lane-spans.ts";
import "./ownership.css";
import { useOwnershipActions } from "./use-ownership-actions.ts";

type Lanes = NonNullable<SessionView["lanes"]>;

/** What is broken, in words. */
const brokenWords = ({ crashed, cut, garbled }: Lanes["topology"][number]): string => {
  const parts = [
    ...crashed.map((site) => `${site} is down`),
    ...cut.map(({ from, to }) => `${from} and ${to} are cut`),
    ...garbled.map(({ from, to }) => `${from} to ${to} is garbled`),
  ];
  return parts.length === 0 ? "all sites are up" : parts.join(", ");
};

interface Bar {
  readonly from: number;
  readonly to: number;
  readonly words: string;
  readonly short: string;
  readonly colour: string;
}

const Lane = ({
  name,
  bars,
  head,
}: {
  readonly name: string;
  readonly bars: readonly Bar[];
  readonly head: number;
}) => (
  <div
    className="time-lane"
    role="img"
    aria-label={`${name}: ${bars.map(({ from, words }) => `from ${from} ${words}`).join("; ")}`}
  >
    {bars.map(({ from, to, words, short, colour }) => (
      <span
        key={from}
        title={`#${from}…#${to}: ${words}`}
        style={{
          insetInlineStart: `${(100 * from) / (head + 1)}%`,
          width: `${(100 * (to - from + 1)) / (head + 1)}%`,
          borderColor: colour,
        }}
      >
        {short}
      </span>
    ))}
  </div>
);

/** Under the ticks of the timeline: whose the session was, and what was broken of its sites and links. */
export const TimelineLanes = () => {
  const { data } = useOpenSession();
  const names = useNames();
  useOwnershipActions(data.id);
  const { lanes } = data.head;
  const { head } = data.place;
  if (!lanes) return null;
  const owned = laneSpans(lanes.ownership, head).map(({ from, to, item }): Bar => {
    const who = item.owner === null ? undefined : names(item.owner);
    return {
      from,
      to,
      words: who ? `${who.name} with generation ${item.generation}: ${item.scope}` : "nobody",
      short: who ? `${who.name} ${item.generation}` : "nobody",
      colour: who ? `hsl(${who.hue} 62% 48%)` : "var(--hair-2)",
    };
  });
  const broken = laneSpans(lanes.topology, head).map(({ from, to, item }): Bar => {
    const some = item.crashed.length + item.cut.length + item.garbled.length > 0;
    return {
      from,
      to,
      words: brokenWords(item),
      short: some ? brokenWords(item) : "",
      colour: some ? "var(--bad)" : "var(--hair)",
    };
  });
  return (
    <>
      {owned.length > 0 ? <Lane name="Owners" bars={owned} head={head} /> : null}
      {broken.length > 0 ? <Lane name="Topology" bars={broken} head={head} /> : null}
    </>
  );
};
