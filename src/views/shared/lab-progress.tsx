import './lab-progress.css';

/** One line that is always there: how far the lab is, or what there is to say when it is done. */
export function LabProgress({
  isBusy,
  done,
  says,
}: {
  readonly isBusy: boolean;
  readonly done: number;
  readonly says: string;
}) {
  return (
    <p className="lab-progress" aria-live="polite">
      {isBusy ? `running it again: ${Math.round(done * 100)} %` : says}
      <progress value={isBusy ? done : 1} max={1} hidden={!isBusy} aria-label="The run, again" />
    </p>
  );
}
