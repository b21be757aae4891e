import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import type { Severities } from "../editor/worker-messages.ts";
import { toastProblem } from "../ui/toast.tsx";

const none: Severities = {};

/** What findings count here, as the workspace has it; as the language says while that is not known. */
export const useFindingSettings = (): Severities =>
  useQuery({
    queryKey: keys.findings,
    queryFn: async () => (await api.settings.findings()).severities,
  }).data ?? none;

/** Sets the severity of one code, or with `undefined` gives it back to the language. */
export const useSetSeverity = () => {
  const client = useQueryClient();
  return async (code: string, severity: Severities[string] | undefined): Promise<void> => {
    const { [code]: _, ...rest } = client.getQueryData<Severities>(keys.findings) ?? none;
    const severities = severity === undefined ? rest : { ...rest, [code]: severity };
    try {
      const kept = await api.settings.putFindings({ severities });
      client.setQueryData(keys.findings, kept.severities);
    } catch (error) {
      toastProblem(error);
    }
  };
};
