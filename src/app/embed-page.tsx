import './embed.css';
import { ExternalLink } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useApp, useTwin } from '../views/shared/app-context.ts';
import { seconds } from '../views/shared/format.ts';
import { ErrorPanel } from './error-panel.tsx';
import { Lane } from './lane.tsx';
import { PageMain } from './page-main.tsx';
import { PlayButton } from './play-button.tsx';
import { useSession } from './session-context.ts';

/** The page in a frame of another page (640 × 360): the strips, the disk, a play button and the way to the rest. */
export default function EmbedPage() {
  return (
    <>
      <PageMain>
        <section className="lanes" aria-label="Machines">
          <Lane machine="A" />
          <Lane machine="B" />
        </section>
        <ErrorPanel />
      </PageMain>
      <EmbedBar />
    </>
  );
}

function EmbedBar() {
  const watch = useApp((s) => s.scenario?.watch);
  const atNs = useTwin()?.atNs ?? 0;
  return (
    <footer className="embed-bar">
      <PlayButton size={16} />
      <span className="embed-clock" data-testid="clock">
        {seconds(atNs)} s
      </span>
      <p className="embed-watch">{watch}</p>
      <OpenLink />
    </footer>
  );
}

const EVERY_MS = 1000;

/** The whole page at the place this one shows; while it plays, at most a second behind. */
function OpenLink() {
  const session = useSession();
  const twin = useTwin(EVERY_MS);
  const [link, setLink] = useState(location.pathname);
  useEffect(() => {
    let current = true;
    void twin;
    void session.link().then((made) => {
      if (current && made) setLink(withoutEmbed(made));
    });
    return () => {
      current = false;
    };
  }, [session, twin]);
  return (
    <a className="boxed" href={link} target="_blank" rel="noopener">
      <ExternalLink size={15} aria-hidden="true" />
      Open
    </a>
  );
}

function withoutEmbed(link: string): string {
  const url = new URL(link);
  url.searchParams.delete('embed');
  return url.href;
}
