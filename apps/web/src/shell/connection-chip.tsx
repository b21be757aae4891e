import { useEffect, useState } from "react";
import { useConnection } from "../live/live.ts";
import { Chip } from "../ui/chip.tsx";

const useSeconds = (active: boolean): number => {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [active]);
  return now;
};

/** What is true of the connection right now, in words. */
export const ConnectionChip = () => {
  const { connection, lastAt } = useConnection();
  const lost = connection.state === "reconnecting";
  const now = useSeconds(lost);
  if (connection.state === "live") {
    return (
      <Chip tone="ok" title="Changes arrive as they happen">
        <span aria-hidden="true">●</span> <span className="live-word">Live</span>
      </Chip>
    );
  }
  if (!lost) return <Chip icon="wait">Connecting</Chip>;
  const seconds = Math.max(0, Math.round((now - lastAt) / 1000));
  return (
    <Chip
      tone="warn"
      icon="warn"
      title="Reading stays possible; nothing can be changed until the server answers"
    >
      Reconnecting, last update {seconds} s ago
    </Chip>
  );
};
