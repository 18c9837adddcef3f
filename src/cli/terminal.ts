/** Where the command line writes: the real terminal, or a test. */
export interface Terminal {
  /** Results: standard output. */
  readonly out: (text: string) => void;
  /** Progress and problems: standard error. */
  readonly err: (text: string) => void;
  /** Whether standard error is a terminal, where a line can be written over. */
  readonly isInteractive: boolean;
  /** Its width; what it is where there is no terminal does not matter. */
  readonly columns: number;
  /** Asks for something secret, which is not shown; absent where no one can answer. */
  readonly ask?: (question: string) => Promise<string>;
}
