import type { AdmissionMatrixRequest } from "@parley/wire/http";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "../api/api.ts";

/** What is fetched for the admission, by name. */
export const runtimeKeys = {
  profiles: ["runtime-profiles"] as const,
  matrix: (asked: string) => ["admission", "matrix", asked] as const,
};

/** The runtime profiles of the workspace. */
export const useRuntimes = () =>
  useQuery({ queryKey: runtimeKeys.profiles, queryFn: () => api.runtimes.list(), staleTime: 0 });

/** What a runtime admits and refuses, of every protocol. */
export const useMatrix = (request: AdmissionMatrixRequest) => {
  const asked = JSON.stringify(request);
  return useQuery({
    queryKey: runtimeKeys.matrix(asked),
    queryFn: () => api.runtimes.matrix(JSON.parse(asked) as AdmissionMatrixRequest),
    staleTime: 0,
    retry: false,
    placeholderData: keepPreviousData,
  });
};
