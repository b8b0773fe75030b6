import { EngineError } from "#core/base/errors.ts";
import { formatOf } from "#core/page/format-of.ts";
import type { DocumentReader } from "#core/ports.ts";

export interface FormatReaders {
  readonly pdf: DocumentReader;
  /** Text, Markdown, HTML, Word. */
  readonly text: DocumentReader;
}

/** Hands each file to the reader of its format, by its bytes and then its name. */
export function readerByFormat({ pdf, text }: FormatReaders): DocumentReader {
  return {
    async read(file, signal, onProgress) {
      if (file.bytes.byteLength === 0) throw new EngineError("FILE_EMPTY", "", { name: file.name });
      const format = formatOf(file.name, new Uint8Array(file.bytes));
      if (format === null) throw new EngineError("FILE_NOT_PDF", "", { name: file.name });
      return (format === "pdf" ? pdf : text).read(file, signal, onProgress);
    },
  };
}
