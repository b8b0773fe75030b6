import { AnnotationMode, OPS, type PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";

/** What a page draws, one operator after another; arguments are whatever the file and pdf.js made of them. */
export type Operators = Iterable<readonly [operator: number, args: unknown]>;

/** Costs about 7 ms a page; images are not decoded (`maxImageSize` 0 in `engine.ts`). */
export async function operatorsOf(page: PDFPageProxy): Promise<Operators> {
  const { fnArray, argsArray } = await page.getOperatorList({ annotationMode: AnnotationMode.DISABLE });
  const args: readonly unknown[] = argsArray;
  return fnArray.map((operator, i) => [operator, args[i]] as const);
}

/** The numbers among the arguments, whether they came as an array or as a typed one. */
export function numbersOf(args: unknown): readonly number[] {
  if (args instanceof Float32Array || args instanceof Float64Array) return Array.from(args);
  return Array.isArray(args) ? args.filter((value) => typeof value === "number") : [];
}

export { OPS };
