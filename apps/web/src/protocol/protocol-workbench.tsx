import type { ProtocolDetail } from "@parley/wire/http";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { lazy, type RefObject, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Group, Panel, Separator } from "react-resizable-panels";
import type { Action } from "../actions/action.ts";
import { usePalette } from "../actions/palette.tsx";
import { useActions } from "../actions/registry.ts";
import { api } from "../api/api.ts";
import { keys, queryClient } from "../api/query-client.ts";
import type { Pictures, Problem } from "../editor/analysis.ts";
import { uriOf } from "../editor/language-client.ts";
import type { EditorHandle } from "../editor/text-editor.tsx";
import { useAnalysis } from "../editor/use-analysis.ts";
import { useEditorActions } from "../editor/use-editor-actions.ts";
import { useSelection } from "../selection/selection.ts";
import { type OpenedAtRun, openAtRun } from "../sessions/open-at-run.ts";
import { TopSlot } from "../shell/top-bar.tsx";
import { useSoundness } from "../soundness/use-soundness.ts";
import type { ShownRun } from "../soundness/verdict-list.tsx";
import { inShort } from "../soundness/verdict-words.ts";
import { LoadingState } from "../ui/states.tsx";
import { toast, toastProblem } from "../ui/toast.tsx";
import { CategoryLine } from "./category-line.tsx";
import { DraftBands } from "./draft-bands.tsx";
import { ModuleLine } from "./module-line.tsx";
import { PictureTabs } from "./picture-tabs.tsx";
import { Problems } from "./problems.tsx";
import "./protocol.css";
import { saveImported } from "./save-imported.ts";
import { SaveVersionDialog } from "./save-version-dialog.tsx";
import { useShownProblem } from "./shown-problem.ts";
import { type DraftControl, type keptText, useDraft } from "./use-draft.ts";
import { useNarrow } from "./use-narrow.ts";
import { useTextBreakpoints } from "./use-text-breakpoints.ts";
import { WorkbenchStatus } from "./workbench-status.tsx";

const TextEditor = lazy(() =>
  import("../editor/text-editor.tsx").then((module) => ({ default: module.TextEditor })),
);
const nothing: readonly string[] = [];
const route = getRouteApi("/protocols/$id");

interface WorkbenchProps {
  readonly protocol: ProtocolDetail;
  readonly kept: ReturnType<typeof keptText>;
}

/** Selection by message on one side, by place in the text on the other. */
const useTextSelection = (pictures: Pictures | undefined) => {
  const selection = useSelection((state) => state.selection);
  const select = useSelection((state) => state.select);
  const spans = useMemo(() => new Map(pictures?.spans.map((span) => [span.edge, span])), [pictures]);
  const highlight = useMemo(() => {
    if (selection.span) return selection.span;
    if (selection.edge === undefined) return undefined;
    return spans.get(selection.edge) ?? spans.get(selection.edge.replace(/#\d+$/, ""));
  }, [selection, spans]);
  const onCursor = useCallback(
    (offset: number): void => {
      const found = [...spans.values()].find(({ start, end }) => start <= offset && offset <= end);
      if (found) select({ edge: found.edge, span: { start: found.start, end: found.end }, source: "editor" });
    },
    [spans, select],
  );
  return { highlight, onCursor };
};

const useVersions = (protocol: ProtocolDetail, draft: DraftControl, reached: readonly string[]) => {
  const navigate = useNavigate();
  const lastSaved = useRef(
    protocol.latestVersion === null ? undefined : protocol.draftRevision === 0 ? protocol.source : undefined,
  );
  /** A version takes its imports from saved texts, so what is only drafted there is saved first. */
  const saveImports = async (): Promise<void> => {
    const names = await saveImported(reached);
    if (names.length === 0) return;
    toast({ text: `Also saved, since it is imported: ${names.join(", ")}` });
    await queryClient.invalidateQueries({ queryKey: keys.protocols });
  };
  const save = async (label?: string): Promise<void> => {
    try {
      await draft.flush();
      await saveImports();
      await api.protocols.saveVersion(protocol.id, draft.text, label);
      lastSaved.current = draft.text;
      await queryClient.invalidateQueries({ queryKey: keys.versions(protocol.id) });
      toast({ text: label ? `Saved as “${label}”` : "Saved as a version" });
    } catch (error) {
      toastProblem(error);
    }
  };
  /** Sessions are opened from versions: text that is not one yet becomes one first. */
  const saved = async (): Promise<void> => {
    await draft.flush();
    await saveImports();
    // What it imports may have changed since; the same text with the same imports is kept once.
    if (lastSaved.current !== draft.text || reached.length > 0)
      await api.protocols.saveVersion(protocol.id, draft.text);
    lastSaved.current = draft.text;
    await queryClient.invalidateQueries({ queryKey: keys.protocol(protocol.id) });
  };
  const open = async (): Promise<void> => {
    try {
      await saved();
      await navigate({ to: "/protocols/$id/open", params: { id: protocol.id } });
    } catch (error) {
      toastProblem(error);
    }
  };
  const openWith = async (opening: () => Promise<OpenedAtRun>): Promise<void> => {
    try {
      await saved();
      const { id, short } = await opening();
      if (short) toast({ text: short });
      await navigate({ to: "/sessions/$id", params: { id } });
    } catch (error) {
      toastProblem(error);
    }
  };
  const openRun = ({ title, run, sample }: ShownRun): Promise<void> =>
    openWith(() => openAtRun({ protocol: protocol.id, title, run, ...sample.bindings }));
  const compare = async (): Promise<void> => {
    try {
      await draft.flush();
      await navigate({ to: "/protocols/$id/compare", params: { id: protocol.id } });
    } catch (error) {
      toastProblem(error);
    }
  };
  return { save, open, openRun, openWith, compare };
};

interface AuthorActions {
  readonly canOpen: boolean;
  readonly open: () => void;
  readonly save: () => void;
  readonly compare: () => void;
  readonly format: () => void;
  readonly problems: readonly Problem[];
  readonly show: (problem: Problem) => void;
  readonly fix: (problem: Problem) => void;
}

const useAuthorActions = ({
  canOpen,
  open,
  save,
  compare,
  format,
  problems,
  show,
  fix,
}: AuthorActions): void => {
  const fixable = problems.find((problem) => problem.fix);
  const [first] = problems;
  const actions = useMemo<readonly Action[]>(
    () => [
      {
        id: "protocol.open",
        label: "Open session",
        group: "Protocol",
        keys: ["Mod+Enter"],
        enabled: canOpen,
        whileTyping: true,
        run: open,
      },
      {
        id: "protocol.save",
        label: "Save a named version",
        group: "Protocol",
        keys: ["Mod+s"],
        whileTyping: true,
        run: save,
      },
      {
        id: "protocol.compare",
        label: "Compare versions",
        group: "Protocol",
        keys: ["g v"],
        run: compare,
      },
      {
        id: "protocol.format",
        label: "Format the text",
        group: "Protocol",
        keys: ["Alt+Shift+f"],
        whileTyping: true,
        run: format,
      },
      {
        id: "protocol.fix",
        label: "Fix the first problem that has a fix",
        group: "Protocol",
        keys: ["Mod+."],
        enabled: fixable !== undefined,
        whileTyping: true,
        run: () => fixable && fix(fixable),
      },
      {
        id: "protocol.show",
        label: "Show the first problem",
        group: "Protocol",
        keys: ["Mod+'"],
        enabled: first !== undefined,
        whileTyping: true,
        run: () => first && show(first),
      },
    ],
    [canOpen, open, save, compare, format, fixable, fix, first, show],
  );
  useActions(actions);
};

const useFormat = (editor: RefObject<EditorHandle | null>, text: string) =>
  useCallback(async (): Promise<void> => {
    const { format } = await import("@parley/core");
    const formatted = format(text);
    if (formatted.diagnostics.some(({ severity }) => severity === "error"))
      toast({ text: "Text with syntax errors is left as it is" });
    else editor.current?.replaceAll(formatted.text);
  }, [editor, text]);

export const ProtocolWorkbench = ({ protocol, kept }: WorkbenchProps) => {
  const restored = kept !== undefined && kept.text !== protocol.source ? kept : undefined;
  const draft = useDraft(protocol.id, protocol.source, protocol.draftRevision);
  const { edit } = draft;
  const analysed = useAnalysis(protocol.id, draft.text);
  const { result, lastSound } = analysed;
  const editor = useRef<EditorHandle>(null);
  const navigate = useNavigate();
  const [saving, setSaving] = useState(false);
  const [band, setBand] = useState(restored !== undefined);
  const search = route.useSearch();
  const narrow = useNarrow();
  const { highlight, onCursor } = useTextSelection(result?.pictures ?? lastSound);
  const { gutter, breaks } = useTextBreakpoints({
    protocol: protocol.id,
    text: draft.text,
    model: analysed.stale ? undefined : (result?.pictures?.sequence ?? result?.sketch),
  });
  const { save, open, openRun, openWith, compare } = useVersions(
    protocol,
    draft,
    result?.links.reached ?? nothing,
  );
  const runFormat = useFormat(editor, draft.text);
  const soundness = useSoundness({
    uri: uriOf(protocol.id),
    text: draft.text,
    files: analysed.others,
    ready: result?.verdict === "sound" && !analysed.stale,
  });

  // What was typed before the tab was closed comes back first; undo in the band.
  useEffect(() => {
    if (restored) edit(restored.text);
  }, [restored, edit]);
  useEffect(() => {
    if (search.sel) useSelection.getState().select({ edge: search.sel, source: "url" });
    return () => useSelection.getState().clear();
  }, [search.sel]);

  useEffect(
    () =>
      useSelection.subscribe(({ selection }) => {
        if (selection.source === undefined) useShownProblem.setState({ problem: undefined });
      }),
    [],
  );

  const problems = result?.problems ?? [];
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const canOpen = result?.verdict === "sound" && !analysed.stale;
  const show = useCallback((problem: Problem): void => {
    useShownProblem.setState({ problem });
    editor.current?.reveal(problem.start, problem.end);
    editor.current?.focus();
  }, []);
  const fix = useCallback((problem: Problem): void => {
    if (problem.fix) editor.current?.apply(problem.fix.edits);
    editor.current?.focus();
  }, []);
  const openNow = useCallback(() => void open(), [open]);
  const saveNow = useCallback(() => setSaving(true), []);
  const compareNow = useCallback(() => void compare(), [compare]);
  const formatNow = useCallback(() => void runFormat(), [runFormat]);
  useEditorActions(editor);
  useAuthorActions({
    canOpen,
    open: openNow,
    save: saveNow,
    compare: compareNow,
    format: formatNow,
    problems,
    show,
    fix,
  });

  const textPane = (
    <section className="pane" aria-label="Text">
      <DraftBands
        draft={draft}
        restored={band}
        onDiscard={() => {
          setBand(false);
          editor.current?.replaceAll(protocol.source);
        }}
        onKeep={() => setBand(false)}
        onTheirs={(text) => editor.current?.replaceAll(text)}
      />
      <ModuleLine links={result?.links} others={analysed.others} />
      <CategoryLine protocol={protocol} />
      <div className="editor-box" style={{ flex: 1, minHeight: 0 }}>
        <Suspense fallback={<LoadingState what="the editor" />}>
          <TextEditor
            handle={editor}
            protocol={protocol.id}
            language={analysed.language}
            onElsewhere={(id) => void navigate({ to: "/protocols/$id", params: { id } })}
            initial={restored?.text ?? protocol.source}
            problems={problems}
            highlight={highlight}
            onChange={draft.edit}
            onCursor={onCursor}
            gutter={gutter}
            onKey={(action) => {
              if (action === "palette") usePalette.setState({ open: true });
              else if (action === "save") setSaving(true);
              else if (action === "format") formatNow();
              else if (canOpen) openNow();
            }}
          />
        </Suspense>
      </div>
    </section>
  );
  const problemPane = <Problems problems={problems} onShow={show} onFix={fix} />;
  const pictures = (
    <PictureTabs
      protocol={protocol}
      soundness={soundness}
      onOpenRun={openRun}
      onOpenSession={openWith}
      others={analysed.others}
      ready={canOpen}
      result={result}
      lastSound={lastSound}
      text={draft.text}
      language={analysed.language}
      onRestore={(source) => editor.current?.replaceAll(source)}
      onSave={saveNow}
      onShowProblem={show}
      onFixProblem={fix}
      breaks={breaks}
    />
  );
  return (
    <div className="author">
      <h1 className="visually-hidden">{protocol.name}</h1>
      <TopSlot>
        <WorkbenchStatus
          verdict={result?.verdict}
          errors={errors}
          stale={analysed.stale}
          runs={inShort(soundness.verdicts, soundness.phase === "done" && soundness.skipped.length === 0)}
          save={draft.state}
          canOpen={canOpen}
          onOpen={openNow}
          onSave={saveNow}
        />
      </TopSlot>
      {narrow ? (
        <div className="stack">
          {textPane}
          {problemPane}
          {pictures}
        </div>
      ) : (
        <Group orientation="horizontal" id="author">
          <Panel defaultSize="46%" minSize="24%" id="text">
            <Group orientation="vertical" id="author-left">
              <Panel minSize="30%" id="editor">
                {textPane}
              </Panel>
              <Separator className="handle flat" aria-label="Resize problems" />
              <Panel defaultSize="26%" minSize="10%" id="problems">
                {problemPane}
              </Panel>
            </Group>
          </Panel>
          <Separator className="handle" aria-label="Resize text and diagram" />
          <Panel minSize="24%" id="pictures">
            {pictures}
          </Panel>
        </Group>
      )}
      <SaveVersionDialog open={saving} onClose={() => setSaving(false)} onSave={save} />
    </div>
  );
};
