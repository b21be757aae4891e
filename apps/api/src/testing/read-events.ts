/** A server-sent event as a reader sees it. */
export interface SeenEvent {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: string;
}

export interface EventReader {
  /** The next event, or undefined when the stream ended. Rejects when it was cut off. */
  next(): Promise<SeenEvent | undefined>;
  /** The next `count` events named `entry`. */
  entries(count: number): Promise<readonly SeenEvent[]>;
  cancel(): Promise<void>;
}

const parse = (block: string): SeenEvent => {
  const field = (name: string) =>
    block
      .split("\n")
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2);
  return { event: field("event") ?? "message", id: field("id"), data: field("data") ?? "" };
};

/** Reads an answer event by event, at the test's own pace. */
export const readEvents = (response: Response): EventReader => {
  const reader = (response.body ?? new ReadableStream()).getReader();
  const decoder = new TextDecoder();
  let text = "";
  const next = async (): Promise<SeenEvent | undefined> => {
    for (;;) {
      const end = text.indexOf("\n\n");
      if (end >= 0) {
        const block = text.slice(0, end);
        text = text.slice(end + 2);
        return parse(block);
      }
      const { done, value } = await reader.read();
      if (done) return undefined;
      text += decoder.decode(value, { stream: true });
    }
  };
  return {
    next,
    entries: async (count) => {
      const seen: SeenEvent[] = [];
      while (seen.length < count) {
        const event = await next();
        if (event === undefined) break;
        if (event.event === "entry") seen.push(event);
      }
      return seen;
    },
    cancel: () => reader.cancel(),
  };
};
