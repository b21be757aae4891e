import { create } from "zustand";

const useAnnouncement = create<{ text: string }>(() => ({ text: "" }));

/** Says to a screen reader what a step did; one polite voice for the whole studio. */
export const announce = (text: string): void => useAnnouncement.setState({ text });

export const Announcer = () => (
  <div role="status" aria-live="polite" className="visually-hidden">
    {useAnnouncement((state) => state.text)}
  </div>
);
