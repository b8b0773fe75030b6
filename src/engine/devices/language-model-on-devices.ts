import { toEngineError } from "#core/base/errors.ts";
import type {
  ChatMessage,
  Generated,
  GenerateRequest,
  LanguageModel,
  LanguageModelReport,
  OnText,
  TokenChance,
} from "#core/llm/port.ts";
import type { TokenCount } from "#core/model.ts";
import { agreeOnChances, CHECK_QUERY } from "#core/models/self-check.ts";
import type { OnProgress, Signal } from "#core/ports.ts";
import { NEVER } from "../never.ts";
import { OnDevices, type DeviceParts } from "./on-devices.ts";

const CHECK: GenerateRequest = { messages: [{ role: "user", content: CHECK_QUERY }], maxTokens: 1, logprobs: 5 };

/** A language model on the best device that gives right numbers. */
export class LanguageModelOnDevices implements LanguageModel {
  readonly #devices: OnDevices<LanguageModel>;

  constructor(parts: DeviceParts<LanguageModel>) {
    this.#devices = new OnDevices(parts, agree);
  }

  load(signal: Signal, onProgress: OnProgress): Promise<LanguageModelReport> {
    return this.#devices.load(signal, onProgress);
  }

  /** A device that fails is left. The call is made again on the next one, unless text was shown: it would come twice. */
  generate(request: GenerateRequest, signal: Signal, onText?: OnText): Promise<Generated> {
    let isShown = false;
    const show: OnText = (delta) => {
      isShown = true;
      return onText?.(delta);
    };
    return this.#run(
      signal,
      (port) => port.generate(request, signal, show),
      () => !isShown,
    );
  }

  countTokens(messages: readonly ChatMessage[]): Promise<TokenCount> {
    return this.#run(
      NEVER,
      (port) => port.countTokens(messages),
      () => true,
    );
  }

  release(): void {
    this.#devices.release();
  }

  reset(): void {
    this.#devices.reset();
  }

  async #run<T>(signal: Signal, task: (port: LanguageModel) => Promise<T>, isAgain: () => boolean): Promise<T> {
    for (;;) {
      // Loading checks the device.
      if (!this.#devices.isReady) await this.#devices.load(signal, () => {});
      const [device, port] = await this.#devices.port();
      try {
        return await task(port);
      } catch (thrown) {
        if (!this.#devices.fallBack(thrown, device, port) || !isAgain()) throw thrown;
      }
    }
  }
}

/** The chances of the first word of one answer. A model that WASM has no memory for is right if it gives numbers at all. */
async function agree(given: LanguageModel, reference: LanguageModel, signal: Signal): Promise<boolean> {
  const mine = await chances(given, signal);
  const theirs = await chances(reference, signal).catch((thrown: unknown) => {
    if (toEngineError(thrown).code === "OUT_OF_MEMORY") return null;
    throw thrown;
  });
  return agreeOnChances(mine, theirs);
}

async function chances(model: LanguageModel, signal: Signal): Promise<readonly TokenChance[]> {
  const { logprobs } = await model.generate(CHECK, signal);
  return logprobs?.[0]?.top ?? [];
}
