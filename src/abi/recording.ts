/** A recorded workload, decoded: one row per access, columns in time order. What the replayer in engine/workloads plays. */
export interface Recording {
  readonly name: string;
  readonly tasks: readonly string[];
  readonly files: readonly RecordedFile[];
  /** Time of the access in the recording, ns since its first access. */
  readonly timeNs: Float64Array;
  /** Row in `tasks`. */
  readonly task: Uint16Array;
  /** One of ACCESS. */
  readonly what: Uint8Array;
  /** Row in `files`. */
  readonly file: Uint16Array;
  /** Byte position and length (READ, WRITE); for faults position = page index * 4096, length 4096; 0 otherwise. */
  readonly pos: Float64Array;
  readonly length: Float64Array;
  /** What was left out and why: said on screen and by the CLI, never silently. */
  readonly dropped: {
    /** Lines by kworker and jbd2. */
    readonly kernelThreadLines: number;
    /** Lines on the block device's own inode (file system metadata). */
    readonly metadataLines: number;
    /** Lines that are no event this importer knows, comments apart. */
    readonly unknownLines: number;
  };
}
export interface RecordedFile {
  readonly inode: number;
  readonly path: string;
  /** Size at the start of the recording; 0 where the file was made during it. */
  readonly sizeBytes: number;
  /** Largest byte the recording touches, so that the simulated disk has room for it. */
  readonly reachBytes: number;
}
export const ACCESS = { READ: 0, WRITE: 1, FAULT_READ: 2, FAULT_WRITE: 3, FSYNC: 4, UNLINK: 5, TRUNCATE: 6 } as const;
