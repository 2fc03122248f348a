import { Pause, Play } from 'lucide-react';
import { selectIsPlaying } from '../store/playback.ts';
import { useApp, useParts } from '../views/shared/app-context.ts';
import { togglePlay } from './actions.ts';

export function PlayButton({ size }: { readonly size: number }) {
  const parts = useParts();
  const playing = useApp(selectIsPlaying);
  const failed = useApp((s) => s.playback.at === 'failed');
  const Icon = playing ? Pause : Play;
  return (
    <button
      type="button"
      className="play"
      onClick={() => togglePlay(parts)}
      aria-label={playing ? 'Pause' : 'Play'}
      disabled={failed}
    >
      <Icon size={size} fill="currentColor" strokeWidth={0} aria-hidden="true" />
    </button>
  );
}
