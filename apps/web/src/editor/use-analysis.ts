import { useEffect, useRef, useState } from "react";
import { useFindingSettings } from "../findings/use-finding-settings.ts";
import type { AnalysisResult, Pictures } from "./analysis.ts";
import { LanguageClient, uriOf } from "./language-client.ts";
import { type OtherText, useStudioFiles } from "./studio-files.ts";

/** What the analysis says now, and the last pictures of a sound text. */
export interface Analysed {
  readonly result: AnalysisResult | undefined;
  readonly lastSound: Pictures | undefined;
  /** The text has changed since `result`. */
  readonly stale: boolean;
  /** The worker, for the questions of the editor. */
  readonly language: LanguageClient | undefined;
  /** The other texts of the studio, once this one is a module or imports one. */
  readonly others: readonly OtherText[];
}

const DELAY_MS = 60;

interface Request {
  readonly version: number;
  readonly text: string;
}

/**
 * Analyses the text of a protocol in a worker. One request is under way at a
 * time; what was typed meanwhile is asked next, so a slow answer never piles
 * up. Other texts of the studio go along once this one imports any.
 */
export const useAnalysis = (protocol: string, text: string): Analysed => {
  const [result, setResult] = useState<AnalysisResult>();
  const [lastSound, setLastSound] = useState<Pictures>();
  const [version, setVersion] = useState(0);
  const [language, setLanguage] = useState<LanguageClient>();
  const busy = useRef(false);
  const wanted = useRef<Request>(undefined);
  const { files, ready } = useStudioFiles(protocol, text);
  const severities = useFindingSettings();

  useEffect(() => {
    const made = new LanguageClient(uriOf(protocol));
    made.onAnalysed = (answer) => {
      busy.current = false;
      if (wanted.current) {
        busy.current = true;
        made.analyse(wanted.current.version, wanted.current.text);
        wanted.current = undefined;
      }
      setResult((before) => (before && before.version > answer.version ? before : answer));
      if (answer.pictures) setLastSound(answer.pictures);
    };
    busy.current = false;
    setLanguage(made);
    return () => made.dispose();
  }, [protocol]);

  useEffect(() => {
    if (language && files !== language.files) language.setFiles(files);
  }, [files, language]);

  useEffect(() => language?.setSeverities(severities), [severities, language]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the worker has other texts or settings by now, and judges the same text anew.
  useEffect(() => {
    // Without the texts it imports from, a text would be judged wrong for a moment.
    if (!language || !ready) return;
    const timer = setTimeout(() => {
      setVersion((before) => {
        const request = { version: before + 1, text };
        if (busy.current) wanted.current = request;
        else {
          busy.current = true;
          language.analyse(request.version, request.text);
        }
        return before + 1;
      });
    }, DELAY_MS);
    return () => clearTimeout(timer);
  }, [text, files, ready, severities, language]);

  return {
    result,
    lastSound,
    stale: result === undefined || result.version < version,
    language,
    others: files,
  };
};
