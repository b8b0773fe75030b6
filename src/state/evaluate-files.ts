import type { InputFile } from "#core/evaluate/formats/imported.ts";

/** A chosen file as the readers of question sets take it: never whole in memory. */
export function inputFile(file: File): InputFile {
  return {
    path: file.webkitRelativePath || file.name,
    bytes: file.size,
    text: async function* () {
      const reader = file.stream().pipeThrough(new TextDecoderStream()).getReader();
      try {
        for (;;) {
          const { done, value } = await reader.read();
          if (done) return;
          yield value;
        }
      } finally {
        // Left half way: the stream lets go of the file.
        await reader.cancel().catch(() => {});
      }
    },
  };
}
