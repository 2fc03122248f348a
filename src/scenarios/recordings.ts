/** A recording that ships with the program. Its bytes are fetched (or read) by whoever starts the run, never bundled. */
export interface ShippedRecording {
  readonly id: string;
  readonly title: string;
  /** Paths under public/. */
  readonly files: readonly string[];
}

export const RECORDINGS: readonly ShippedRecording[] = [
  {
    id: 'mmap-dd',
    title: 'Random stores through a 64 MiB mapping beside a 48 MiB dd (Linux 6.1, first 12 s)',
    files: ['recordings/mmap-dd/trace.txt.gz', 'recordings/mmap-dd/trace-rw.txt.gz', 'recordings/mmap-dd/files.txt'],
  },
];
