import { LogitsProcessor, LogitsProcessorList, type Tensor } from "@huggingface/transformers";
import { EngineError } from "#core/base/errors.ts";

/** Sees the logits of each step as the model gave them, and changes none. */
export class Watcher {
  #logits: Float32Array | null = null;
  readonly list = new LogitsProcessorList();

  constructor() {
    const see = (logits: Tensor): void => {
      this.#logits = logits.data as Float32Array;
    };
    class Seeing extends LogitsProcessor {
      override _call(_ids: bigint[][], logits: Tensor): Tensor {
        see(logits);
        return logits;
      }
    }
    this.list.push(new Seeing());
  }

  /** Of the step before, good until the next one. */
  get logits(): Float32Array {
    if (this.#logits === null) throw new EngineError("UNEXPECTED", "no step was seen");
    return this.#logits;
  }
}
