/**
 * Runs a task at most once at a time, and once more if it was asked for
 * meanwhile: a hundred events cost two reads, and the last is never missed.
 */
export const coalesce = (task: () => Promise<unknown>): (() => void) => {
  let running = false;
  let again = false;
  const run = async (): Promise<void> => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    do {
      again = false;
      await task().catch(() => undefined);
    } while (again);
    running = false;
  };
  return () => void run();
};
