/** An answer to a policy question: one file in policies/<question>/ and its place in the registry's row. */
export interface Answer {
  readonly id: string;
  readonly label: string;
  /** Mail, commit or source the answer is read from, with model.md rules. */
  readonly source: string;
}
