/** A file as it lies in a folder or was dropped: plain or gzipped, told apart by content, never by name. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}
