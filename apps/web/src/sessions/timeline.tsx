import { type KeyboardEvent, memo, useEffect, useMemo, useRef, useState } from "react";
import { roleColour } from "../diagram/role-colour.ts";
import { TimelineLanes } from "../ownership/lanes.tsx";
import { Button } from "../ui/button.tsx";
import { BranchMarks } from "./branch-marks.tsx";
import { type Speed, speedFrom, speeds, speedWords } from "./debug/speed.ts";
import { OutsideMarks } from "./interventions/outside-marks.tsx";
import { entryWords, messagesOf } from "./log-event.ts";
import { RunProgress } from "./run-progress.tsx";
import { useOpenSession } from "./session-context.ts";
import { backFrom, placeWords, shownAt, ticksOf } from "./timeline-model.ts";

/** A tick a position, in the hue of who sent; hair where nothing was sent or it has not been read yet. */
const Ticks = memo(
  ({
    head,
    at,
    colours,
  }: {
    readonly head: number;
    readonly at: number;
    readonly colours: readonly string[];
  }) => (
    <svg
      className="ticks"
      viewBox={`0 0 ${colours.length * 4} 20`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {ticksOf(head).map(({ from }, index) => (
        <rect
          key={from}
          x={index * 4 + 1}
          y={from > at ? 8 : 2}
          width={2}
          height={from > at ? 6 : 16}
          fill={colours[index]}
          opacity={from > at ? 0.45 : 1}
        />
      ))}
    </svg>
  ),
);

const useColours = (): readonly string[] => {
  const { data, ordinals } = useOpenSession();
  const { log, place, entries } = data;
  return useMemo(() => {
    void entries;
    return ticksOf(place.head).map(({ from, to }) => {
      for (let seq = from; seq <= to; seq += 1) {
        const entry = log.at(seq);
        const sender = entry && messagesOf(entry)[0]?.from;
        if (sender !== undefined) return roleColour(ordinals.get(sender) ?? 0);
      }
      return "var(--hair-2)";
    });
  }, [log, place.head, ordinals, entries]);
};

/** Long enough to gather the steps of a drag, too short to be felt. */
const DRAG_MS = 40;

/** The handle moves at once; the page follows when the drag pauses, so that a sweep asks for few positions. */
const useDrag = (at: number, go: (seq: number) => void) => {
  const [held, setHeld] = useState<number>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: wherever the page has gone, the handle is there.
  useEffect(() => {
    if (timer.current === undefined) setHeld(undefined);
  }, [at]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const hold = (seq: number): void => {
    setHeld(seq);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      timer.current = undefined;
      if (seq === at) setHeld(undefined);
      else go(seq);
    }, DRAG_MS);
  };
  return { value: held ?? at, hold };
};

const Slider = () => {
  const { data, commands } = useOpenSession();
  const { place, log, view } = data;
  const at = shownAt(place);
  const entry = log.at(at);
  const colours = useColours();
  const { value, hold } = useDrag(at, commands.go);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "ArrowRight" || value < place.head) return;
    event.preventDefault();
    commands.step();
  };
  return (
    <div className="slider">
      <BranchMarks />
      <OutsideMarks />
      <Ticks head={place.head} at={view.at} colours={colours} />
      <input
        type="range"
        aria-label="Position"
        aria-valuetext={`${placeWords(place)}${entry ? `: ${entryWords(entry)}` : ""}`}
        min={0}
        max={Math.max(1, place.head)}
        step={1}
        value={value}
        onChange={({ target }) => hold(Number(target.value))}
        onKeyDown={onKeyDown}
      />
      <TimelineLanes />
    </div>
  );
};

/** Where the page looks, and the ways to move: along the log, or on with the machine. */
export const Timeline = ({
  playing,
  onPlay,
  speed,
  onSpeed,
}: {
  readonly playing: boolean;
  readonly onPlay: () => void;
  readonly speed: Speed;
  readonly onSpeed: (speed: Speed) => void;
}) => {
  const { data, commands } = useOpenSession();
  const { place } = data;
  const at = shownAt(place);
  const off = commands.busy || !commands.canStep;
  return (
    <section className="timeline" aria-label="Timeline">
      <div className="controls">
        <Button icon="start" aria-label="To start" disabled={at === 0} onClick={() => commands.go(0)} />
        <Button
          icon="back"
          aria-label="Back"
          disabled={at === 0}
          onClick={() => commands.go(backFrom(place))}
        />
        <Button
          icon={playing ? "pause" : "play"}
          aria-label={playing ? "Pause" : "Play"}
          aria-pressed={playing}
          disabled={!playing && !data.past && off}
          onClick={onPlay}
        />
        <select
          className="input speed"
          aria-label="Playback speed"
          value={speed}
          onChange={({ target }) => onSpeed(speedFrom(target.value))}
        >
          {speeds.map((one) => (
            <option key={one} value={one}>
              {speedWords(one)}
            </option>
          ))}
        </select>
        {data.past ? (
          <Button icon="forward" aria-label="Forward" onClick={() => commands.go(at + 1)} />
        ) : (
          <Button icon="step" disabled={off} onClick={commands.step} title={commands.blocked}>
            Step
          </Button>
        )}
        <Button
          className="wide-only"
          disabled={off}
          onClick={commands.round}
          title="One round of the machine"
        >
          Single round
        </Button>
        <Button icon="end" disabled={off} onClick={() => commands.run()}>
          Run to end
        </Button>
      </div>
      <Slider />
      <RunProgress />
      <span className="mono place">
        {at} / {place.head}
      </span>
    </section>
  );
};
