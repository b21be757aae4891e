import { type RefObject, useEffect, useState } from "react";

export interface ScrollWindow {
  readonly top: number;
  readonly height: number;
  readonly width: number;
}

/** Multiples of this many pixels count as one place, so that scrolling renders a few times, not at every pixel. */
const GRAIN = 60;

/** What part of a scrolling element is in sight. */
export const useWindow = (ref: RefObject<HTMLElement | null>): ScrollWindow => {
  const [view, setView] = useState<ScrollWindow>({ top: 0, height: 800, width: 720 });
  useEffect(() => {
    const box = ref.current;
    if (!box) return;
    const read = (): void => {
      const next = {
        top: Math.floor(box.scrollTop / GRAIN) * GRAIN,
        height: box.clientHeight,
        width: box.clientWidth,
      };
      setView((before) =>
        before.top === next.top && before.height === next.height && before.width === next.width
          ? before
          : next,
      );
    };
    read();
    box.addEventListener("scroll", read, { passive: true });
    const observer = new ResizeObserver(read);
    observer.observe(box);
    return () => {
      box.removeEventListener("scroll", read);
      observer.disconnect();
    };
  }, [ref]);
  return view;
};
