import type { SequenceModel } from "@parley/core/diagram";
import type { ProtocolDetail } from "@parley/wire/http";
import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense, useMemo } from "react";
import type { Action } from "../actions/action.ts";
import { useActions } from "../actions/registry.ts";
import type { BreakMarks } from "../diagram/sequence-band.tsx";
import type { AnalysisResult, Pictures, Problem } from "../editor/analysis.ts";
import type { LanguageClient } from "../editor/language-client.ts";
import type { StudioFile } from "../editor/worker-messages.ts";
import type { OpenedAtRun } from "../sessions/open-at-run.ts";
import { SoundnessTab } from "../soundness/soundness-tab.tsx";
import type { SoundnessState } from "../soundness/use-soundness.ts";
import type { ShownRun } from "../soundness/verdict-list.tsx";
import { Markdown } from "../ui/markdown.tsx";
import { EmptyState, LoadingState } from "../ui/states.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { AutomataTab, RolesTab, SequenceTab } from "./pictures.tsx";
import { useShownProblem } from "./shown-problem.ts";
import { TypesTab } from "./types-tab.tsx";
import { UnfoldTool, useUnfolded, useUnfolding } from "./unfolding.tsx";
import { VersionsTab } from "./versions-tab.tsx";

const ProtocolAdmission = lazy(() =>
  import("../admission/protocol-admission.tsx").then((module) => ({ default: module.ProtocolAdmission })),
);
const SimulationTab = lazy(() =>
  import("../simulation/simulation-tab.tsx").then((module) => ({ default: module.SimulationTab })),
);
const route = getRouteApi("/protocols/$id");

type TabId =
  | "sequence"
  | "roles"
  | "automata"
  | "types"
  | "versions"
  | "page"
  | "admission"
  | "soundness"
  | "simulate";

const all: readonly { readonly id: TabId; readonly label: string }[] = [
  { id: "sequence", label: "Sequence" },
  { id: "roles", label: "Roles" },
  { id: "automata", label: "Automata" },
  { id: "types", label: "Types" },
  { id: "versions", label: "Versions" },
  { id: "page", label: "Page" },
  { id: "admission", label: "Admission" },
  { id: "soundness", label: "Soundness" },
  { id: "simulate", label: "Simulate" },
];

const notPictures: ReadonlySet<TabId> = new Set(["versions", "page", "admission", "soundness", "simulate"]);

interface PictureTabsProps {
  readonly protocol: ProtocolDetail;
  readonly result: AnalysisResult | undefined;
  readonly lastSound: Pictures | undefined;
  readonly text: string;
  readonly language: LanguageClient | undefined;
  readonly onRestore: (source: string) => void;
  readonly onSave: () => void;
  /** Breakpoints beside the sequence diagram. */
  readonly breaks: BreakMarks;
  readonly soundness: SoundnessState;
  /** Opens a session of the text as it is, at the end of a run. */
  readonly onOpenRun: (run: ShownRun) => Promise<void>;
  readonly onShowProblem: (problem: Problem) => void;
  readonly onFixProblem: (problem: Problem) => void;
  /** The other texts of the studio, and whether this one is sound as it is now. */
  readonly others: readonly StudioFile[];
  readonly ready: boolean;
  /** Saves the text as a version, lets a session of it be opened, and shows it. */
  readonly onOpenSession: (open: () => Promise<OpenedAtRun>) => Promise<void>;
}

const Nothing = ({ verdict }: { readonly verdict: string | undefined }) =>
  verdict === "errors" ? (
    <EmptyState title="No picture yet">
      There is one as soon as the text can be read. The problems are under it.
    </EmptyState>
  ) : (
    <EmptyState title="An empty page">
      Write a protocol on the left: a <code>protocol</code> line, its <code>roles</code>, and who sends what
      to whom. It is drawn here as you type.
    </EmptyState>
  );

interface BodyProps extends PictureTabsProps {
  readonly active: TabId;
  readonly dimmed: boolean;
}

interface FamilySequenceProps extends BodyProps {
  readonly sketch: SequenceModel;
  /** A problem is drawn on the folded picture. */
  readonly foldedOnly: boolean;
}

/** The sequence diagram, with families folded or member by member. */
const FamilySequence = ({
  protocol,
  result,
  language,
  text,
  sketch,
  dimmed,
  foldedOnly,
  breaks,
}: FamilySequenceProps) => {
  const [unfolding, setUnfolding] = useUnfolding(protocol.id);
  const families = result?.families === true;
  const asked = { ...unfolding, on: unfolding.on && families && !foldedOnly };
  const unfolded = useUnfolded(asked, language, text);
  return (
    <SequenceTab
      model={unfolded ?? sketch}
      dimmed={dimmed}
      problems={result?.problems ?? []}
      breaks={breaks}
      tools={families ? <UnfoldTool unfolding={unfolding} onChange={setUnfolding} /> : null}
    />
  );
};

/** What the open tab shows. */
const PictureBody = (props: BodyProps) => {
  const { active, dimmed, protocol, result, lastSound, text, onRestore, onSave } = props;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const pictures = result?.pictures ?? lastSound;
  // A problem that is shown is drawn on the text as it is now, not on the last sound picture.
  const showing = useShownProblem(({ problem }) => problem !== undefined) ? result?.sketch : undefined;
  const sketch = showing ?? pictures?.sequence ?? result?.sketch;
  if (active === "versions") {
    return (
      <div className="picture">
        <VersionsTab id={protocol.id} current={text} onRestore={onRestore} onSave={onSave} />
      </div>
    );
  }
  if (active === "page") {
    return (
      <div className="picture page-tab">
        <Markdown text={protocol.page ?? ""} />
      </div>
    );
  }
  if (active === "admission") {
    return (
      <div className="picture">
        <Suspense fallback={<LoadingState what="the admission" />}>
          <ProtocolAdmission
            protocol={protocol}
            text={text}
            problems={result?.problems ?? []}
            packs={result?.packs ?? []}
            onShow={props.onShowProblem}
            onFix={props.onFixProblem}
          />
        </Suspense>
      </div>
    );
  }
  if (active === "soundness") {
    return (
      <div className="picture">
        <SoundnessTab
          state={props.soundness}
          result={result}
          sequence={pictures?.sequence}
          onOpenRun={props.onOpenRun}
        />
      </div>
    );
  }
  if (active === "simulate") {
    return (
      <div className="picture">
        <Suspense fallback={<LoadingState what="the scenarios" />}>
          <SimulationTab
            protocol={protocol}
            text={text}
            files={props.others}
            result={result}
            ready={props.ready}
            sequence={pictures?.sequence}
            onOpenSession={props.onOpenSession}
          />
        </Suspense>
      </div>
    );
  }
  if (active === "sequence" && sketch && sketch.lanes.length > 0) {
    return (
      <FamilySequence
        {...props}
        key={protocol.id}
        sketch={sketch}
        dimmed={dimmed && !showing}
        foldedOnly={showing !== undefined}
      />
    );
  }
  if (!pictures || active === "sequence") return <Nothing verdict={result?.verdict} />;
  if (active === "roles") return <RolesTab pictures={pictures} dimmed={dimmed} />;
  if (active === "types") {
    return (
      <div className="picture">
        <TypesTab pictures={pictures} />
      </div>
    );
  }
  const onRole = (role: string): void =>
    void navigate({ search: (before) => ({ ...before, role }), replace: true });
  return <AutomataTab pictures={pictures} role={search.role} onRole={onRole} dimmed={dimmed} />;
};

/** The pictures of the text beside it. With errors the last sound ones stay, dimmed. */
export const PictureTabs = (props: PictureTabsProps) => {
  const { protocol, result, lastSound } = props;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const tabs = all.filter(({ id }) => id !== "page" || protocol.page !== null);
  const active = tabs.find(({ id }) => id === search.tab)?.id ?? "sequence";
  const actions = useMemo<readonly Action[]>(
    () =>
      all.map(({ id, label }, index) => ({
        id: `tab.${id}`,
        label: `Show ${label.toLowerCase()}`,
        group: "Protocol",
        keys: [`Alt+${index + 1}`],
        whileTyping: true,
        run: () =>
          void navigate({
            search: (before) => ({ ...before, tab: id === "sequence" ? undefined : id }),
            replace: true,
          }),
      })),
    [navigate],
  );
  useActions(actions);
  const go = (id: TabId): void => actions.find((action) => action.id === `tab.${id}`)?.run();
  const errors = result?.problems.filter(({ severity }) => severity === "error").length ?? 0;
  const dimmed = result?.verdict === "errors" && lastSound !== undefined;
  const isPicture = !notPictures.has(active);
  return (
    <section className="pane" aria-label="Pictures">
      <Tabs label="Pictures" tabs={tabs} active={active} onChange={go} panel="picture-panel" />
      <div id="picture-panel" role="tabpanel" aria-label={active} className="author-main">
        {dimmed && isPicture ? (
          <p className="band plain" role="status">
            The last sound picture; {errors} {errors === 1 ? "error" : "errors"} since.
          </p>
        ) : null}
        <PictureBody {...props} active={active} dimmed={dimmed} />
      </div>
    </section>
  );
};
