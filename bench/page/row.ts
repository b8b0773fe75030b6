/** One line of the table. */
export interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** Smallest and largest of the rounds. */
  readonly range?: readonly [number, number];
  /** Below `floor` a number cannot be true: neither pass nor over, but to be measured again. */
  readonly budget?: { readonly most: number; readonly floor?: number } | { readonly least: number };
  readonly note?: string;
}

export interface Options {
  readonly rounds: number;
  /** Of the part `evaluate`. */
  readonly questions: number;
  /** URLs of more PDFs, relative to the page. */
  readonly extra: readonly string[];
  /** `bench/kernel/read.as`, compiled, base64. */
  readonly readKernel: string;
  /** What pdftotext reads in each PDF of `truth/`, by its name; null where it is not installed. */
  readonly pdftotext: Readonly<Record<string, string>> | null;
}

export type Part = (options: Options, say: (text: string) => void) => Promise<Row[]>;
