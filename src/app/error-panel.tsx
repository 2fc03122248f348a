import { useEffect, useState } from 'react';
import { describeError } from '../abi/errors.ts';
import { selectBroughtBack, selectCanGoOn, selectFailure } from '../store/playback.ts';
import { useApp, useParts } from '../views/shared/app-context.ts';
import { seconds } from '../views/shared/format.ts';
import { useSession } from './session-context.ts';

/** One sentence, a link that does it again, and a way on. The last frame stays behind it. */
export function ErrorPanel() {
  const failure = useApp(selectFailure);
  const share = useApp(selectBroughtBack);
  const wanted = useApp((s) => s.wanted);
  if (wanted) {
    return (
      <div className="panel" role="alert">
        <p>
          This link plays {wanted.name} ({wanted.bytes} bytes), which is not part of the page: drop its file here or use
          “Open file”.
        </p>
      </div>
    );
  }
  if (share !== undefined) return <WayBack share={share} />;
  if (!failure) return null;
  return <Failure sentence={describeError(failure)} />;
}

/** New threads do the run again up to the last frame, which stays behind this. */
function WayBack({ share }: { readonly share: number }) {
  const { feed } = useParts();
  return (
    <div className="panel" role="status" data-testid="way-back">
      <p>Going on: new threads repeat the run up to {seconds(feed.latest()?.atNs ?? 0)} s.</p>
      <progress value={share} aria-label="Share of the way" />
    </div>
  );
}

function Failure({ sentence }: { readonly sentence: string }) {
  const session = useSession();
  const canGoOn = useApp(selectCanGoOn);
  const hasRun = useApp((s) => s.scenario !== undefined);
  const [link, setLink] = useState<string>();
  useEffect(() => {
    let current = true;
    void session.link().then((made) => current && setLink(made));
    return () => {
      current = false;
    };
  }, [session]);
  const startOver = () => {
    // The address may be what was wrong.
    history.replaceState(null, '', location.pathname + location.search);
    void session.open('');
  };
  return (
    <div className="panel" role="alert" data-testid="error">
      <p>{sentence}</p>
      <div className="panel-actions">
        {hasRun && (
          <button type="button" className="boxed" onClick={() => void session.goOn()}>
            {canGoOn ? 'Go on' : 'Try again'}
          </button>
        )}
        <button type="button" className="boxed" onClick={startOver}>
          Open the first scene
        </button>
        {link && (
          <a href={link} data-testid="reproducer">
            Link to this place
          </a>
        )}
      </div>
    </div>
  );
}
