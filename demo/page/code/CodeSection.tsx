import { useEffect, useRef, useState } from 'react';
import tenantHandler from '../../backend/tenantHandler.ts?raw';
import framedDashboard from '../dashboard/FramedDashboard.tsx?raw';
import nativeDashboard from '../dashboard/NativeDashboard.tsx?raw';
import tenantProvider from '../TenantProvider.tsx?raw';
import type { SceneId } from '../scenes/scenes.ts';

type FileId = 'provider' | 'dashboard' | 'backend';

/** Which line a scene turns on, and why. */
const KEYS: Record<SceneId, { file: FileId; line: string; why: string }> = {
  sleep: {
    file: 'dashboard',
    line: '<SecureUpsolveDashboard',
    why: 'No line is about sleep: the guard shows nothing without a token that is good now.',
  },
  failure: {
    file: 'provider',
    line: 'refreshEndpoint=',
    why: 'The provider asks here in good time, and again for as long as it fails.',
  },
  tenant: {
    file: 'provider',
    line: 'tenantId=',
    why: 'Another tenant id is all there is to a switch.',
  },
};

/** The files that this very page and its backend run on. */
export function CodeSection({ scene, isFramed }: { scene: SceneId; isFramed: boolean }) {
  const [chosen, setChosen] = useState<{ scene: SceneId; file: FileId } | null>(null);
  const key = KEYS[scene];
  const file = chosen?.scene === scene ? chosen.file : key.file;
  const files: Record<FileId, { name: string; text: string }> = {
    provider: { name: 'Provider', text: tenantProvider },
    dashboard: { name: 'Dashboard', text: isFramed ? framedDashboard : nativeDashboard },
    backend: { name: 'Backend', text: tenantHandler },
  };
  const pre = useRef<HTMLPreElement>(null);
  useEffect(() => {
    const mark = pre.current?.querySelector('mark');
    // By hand: scrollIntoView() would scroll the page as well.
    pre.current?.scrollTo(0, mark ? mark.offsetTop - pre.current.clientHeight / 3 : 0);
  }, [scene, file, isFramed]);

  return (
    <section className="card code" aria-labelledby="code">
      <div className="head">
        <h2 id="code">The code</h2>
        <div className="switch" role="group" aria-labelledby="code">
          {(Object.keys(files) as FileId[]).map((id) => (
            <button key={id} type="button" aria-pressed={id === file} onClick={() => setChosen({ scene, file: id })}>
              {files[id].name}
            </button>
          ))}
        </div>
      </div>
      <p className="why">{key.why}</p>
      <pre ref={pre} tabIndex={0} role="region" aria-label={`${files[file].name}, code`}>
        {files[file].text
          .split('\n')
          .map((line, index) =>
            file === key.file && line.includes(key.line) ? (
              <mark key={index}>{line + '\n'}</mark>
            ) : (
              <span key={index}>{line + '\n'}</span>
            ),
          )}
      </pre>
    </section>
  );
}
