import type { ProtocolSummary } from "@parley/wire/http";
import { api } from "../api/api.ts";
import { keys, queryClient } from "../api/query-client.ts";
import { toast, toastProblem } from "../ui/toast.tsx";

const refresh = (): Promise<void> => queryClient.invalidateQueries({ queryKey: keys.protocols });

/** Runs a command and says why when the server refuses. */
const attempt = async <T>(command: () => Promise<T>): Promise<T | undefined> => {
  try {
    const result = await command();
    await refresh();
    return result;
  } catch (error) {
    toastProblem(error);
    return undefined;
  }
};

export const createProtocol = (name: string, source: string): Promise<string | undefined> =>
  attempt(async () => (await api.protocols.create(name, source)).id);

export const renameProtocol = (id: string, name: string): Promise<unknown> =>
  attempt(() => api.protocols.rename(id, name));

export const duplicateProtocol = async (protocol: ProtocolSummary): Promise<string | undefined> => {
  const copy = await attempt(() => api.protocols.duplicate(protocol.id));
  if (copy) toast({ text: `Copied as “${copy.name}”` });
  return copy?.id;
};

/** Hides a protocol; the toast brings it back. */
export const deleteProtocol = async (protocol: ProtocolSummary): Promise<void> => {
  const gone = await attempt(async () => {
    await api.protocols.remove(protocol.id);
    return true;
  });
  if (gone)
    toast({
      text: `Deleted “${protocol.name}”`,
      undo: () => void attempt(() => api.protocols.restore(protocol.id)),
    });
};
