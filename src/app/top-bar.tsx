import { CircleHelp, Download, FolderOpen, Link, Minimize2, Moon, Presentation, Sun } from 'lucide-react';
import { useRef } from 'react';
import { SCENES, shippedTraces } from '../scenarios/registry.ts';
import { useApp, useParts } from '../views/shared/app-context.ts';
import { copyLink, togglePresenter, toggleTheme } from './actions.ts';
import { KernelPick } from './kernel-pick.tsx';
import { Pick } from './pick.tsx';
import { SeedField } from './seed-field.tsx';
import { useSession } from './session-context.ts';
import { useLater } from './use-later.ts';
import { ViewsButton } from './views-button.tsx';

/** What the menu's values of traces begin with; scenes have no such mark in their ids. */
const TRACE = 'trace:';

function ScenePick() {
  const session = useSession();
  const scenario = useApp((s) => s.scenario);
  const traces = useLater(shippedTraces);
  const options = [
    ...(traces ?? []).map(({ id, title }) => ({ value: TRACE + id, label: title, group: 'Recorded kernels' })),
    ...SCENES.map(({ id, title }) => ({ value: id, label: title, group: 'Simulated' })),
  ];
  const trace = scenario?.traces?.A ?? scenario?.traces?.B;
  const known = options.some((option) => option.value === scenario?.id);
  const all = scenario && !known ? [...options, { value: scenario.id, label: scenario.title }] : options;
  return (
    <Pick
      label="Scene"
      value={trace === undefined ? (scenario?.id ?? SCENES[0]?.id ?? '') : TRACE + trace.name}
      options={all}
      shown={trace && <TraceWords />}
      onPick={(id) =>
        void (id.startsWith(TRACE) ? session.openShippedTrace(id.slice(TRACE.length)) : session.openScene(id))
      }
      className="scene-pick"
    />
  );
}

/** A trace and what it plays beside, which a narrow screen has no room for. */
function TraceWords() {
  const { A, B } = useApp((s) => s.scenario?.traces) ?? {};
  const scene = useApp((s) => s.scene?.title);
  return (
    <>
      {(A ?? B)?.name}
      <span className="not-narrow"> beside {A && B ? B.name : scene}</span>
    </>
  );
}

function OpenFile() {
  const session = useSession();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        className="quiet not-presenting"
        aria-label="Open file"
        title="Open file"
        onClick={() => input.current?.click()}
      >
        <FolderOpen size={16} aria-hidden="true" />
        <span>Open file</span>
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Trace, recording or scenario file"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = '';
          if (files.length > 0) void session.openFiles(files);
        }}
      />
    </>
  );
}

function Export() {
  const open = useApp((s) => s.openDefinition);
  return (
    <button
      type="button"
      className="quiet not-presenting"
      aria-label="Export"
      title="Export"
      onClick={() => open('export')}
    >
      <Download size={16} aria-hidden="true" />
      <span>Export</span>
    </button>
  );
}

export function TopBar() {
  const parts = useParts();
  const session = useSession();
  const theme = useApp((s) => s.theme);
  const presenting = useApp((s) => s.mode === 'presenter');
  const openDefinition = useApp((s) => s.openDefinition);
  return (
    <header className="top-bar">
      <strong className="brand">Reclaimscope</strong>
      <ScenePick />
      <KernelPick machine="A" />
      <KernelPick machine="B" />
      <SeedField />
      <span className="gap" />
      <div className="not-narrow">
        <OpenFile />
        <Export />
      </div>
      <ViewsButton
        extra={
          <>
            <OpenFile />
            <Export />
          </>
        }
      />
      <button type="button" className="boxed" aria-label="Copy link" onClick={() => void copyLink(parts, session)}>
        <Link size={15} aria-hidden="true" />
        <span>Copy link</span>
      </button>
      <button
        type="button"
        className="icon wide-only"
        onClick={() => togglePresenter(parts)}
        aria-pressed={presenting}
        aria-label="Presenter: large type, no knobs"
        title="Presenter: large type, no knobs (Shift P)"
      >
        {presenting ? <Minimize2 size={17} aria-hidden="true" /> : <Presentation size={17} aria-hidden="true" />}
      </button>
      <button
        type="button"
        className="icon"
        onClick={() => toggleTheme(parts)}
        aria-label={theme === 'dark' ? 'Light theme' : 'Dark theme'}
      >
        {theme === 'dark' ? <Moon size={17} aria-hidden="true" /> : <Sun size={17} aria-hidden="true" />}
      </button>
      <button type="button" className="icon" onClick={() => openDefinition('help')} aria-label="Help and keys">
        <CircleHelp size={17} aria-hidden="true" />
      </button>
    </header>
  );
}
