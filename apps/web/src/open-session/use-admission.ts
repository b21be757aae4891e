import type { AdmissionReport, OpenSessionRequest } from "@parley/wire/http";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "../api/api.ts";

const PAUSE_MS = 250;

const useSettled = <T>(value: T): T => {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
};

export interface Admission {
  readonly report: AdmissionReport | undefined;
  readonly error: unknown;
  /** The report is of an earlier form. */
  readonly stale: boolean;
  readonly retry: () => void;
}

/** The report on the form as it stands, once typing pauses. Nothing is written by asking. */
export const useAdmission = (request: OpenSessionRequest | undefined): Admission => {
  // As text, since equal requests are the same question.
  const asked = useSettled(request === undefined ? "" : JSON.stringify({ ...request, title: undefined }));
  const query = useQuery({
    queryKey: ["admission", asked],
    queryFn: () => api.admission(JSON.parse(asked) as OpenSessionRequest),
    enabled: asked !== "",
    retry: false,
    placeholderData: keepPreviousData,
  });
  const now = request === undefined ? "" : JSON.stringify({ ...request, title: undefined });
  return {
    report: query.data,
    error: query.error,
    stale: query.isPlaceholderData || now !== asked,
    retry: () => void query.refetch(),
  };
};
