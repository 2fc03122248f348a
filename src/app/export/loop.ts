import { paintElement } from './paint-element.ts';

const FRAMES_PER_S = 20;
const KINDS = ['video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm'];
const BITS_PER_S = 6e6;
/** Video has even sizes only. */
const even = (value: number): number => 2 * Math.ceil(value / 2);

export const loopKind = (): string | undefined =>
  typeof MediaRecorder === 'undefined' ? undefined : KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));

/** Films a part of the page for some seconds of wall time; undefined when it was called off or could not be begun. */
export async function filmElement(
  element: HTMLElement,
  seconds: number,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<Blob | undefined> {
  const kind = loopKind();
  const canvas = document.createElement('canvas');
  const { width, height } = element.getBoundingClientRect();
  Object.assign(canvas, { width: even(width), height: even(height) });
  const ctx = canvas.getContext('2d', { alpha: false });
  if (!kind || !ctx) return undefined;
  const ground = getComputedStyle(document.documentElement).getPropertyValue('--bg');
  const paint = () => {
    ctx.fillStyle = ground;
    ctx.fillRect(0, 0, canvas.width, canvas.height);
    paintElement(element, { ctx, redrawn: false, chart: () => undefined });
  };
  paint();
  const recorder = new MediaRecorder(canvas.captureStream(FRAMES_PER_S), {
    mimeType: kind,
    videoBitsPerSecond: BITS_PER_S,
  });
  const chunks: Blob[] = [];
  recorder.addEventListener('dataavailable', ({ data }) => chunks.push(data));
  const ended = new Promise((resolve) => recorder.addEventListener('stop', resolve, { once: true }));
  recorder.start();
  await eachFrame(seconds * 1000, signal, (done) => {
    paint();
    onProgress(done);
  });
  recorder.stop();
  await ended;
  return signal.aborted ? undefined : new Blob(chunks, { type: 'video/webm' });
}

function eachFrame(forMs: number, signal: AbortSignal, act: (done: number) => void): Promise<void> {
  return new Promise((resolve) => {
    const startMs = performance.now();
    let lastMs = Number.NEGATIVE_INFINITY;
    const onFrame = (nowMs: number) => {
      const done = (nowMs - startMs) / forMs;
      if (signal.aborted || done >= 1) return resolve();
      if (nowMs - lastMs >= 1000 / FRAMES_PER_S) {
        lastMs = nowMs;
        act(done);
      }
      requestAnimationFrame(onFrame);
    };
    requestAnimationFrame(onFrame);
  });
}
