/** What the page knows of language models and rerank APIs, and what a person can do with them. */
import type { ErrorData } from "#core/base/errors.ts";
import type { ChatEndpoint, RerankEndpoint } from "#core/llm/endpoint.ts";
import type { ChunkId, Milliseconds, TokenCount } from "#core/model.ts";
import type { PositionBias } from "#core/rerank/llm/consistency.ts";
import type { LlmRun } from "#core/rerank/llm/run.ts";
import type { LlmSettings } from "#core/rerank/llm/settings.ts";

/** Where the language model is. Off until a person turns it on. */
export const LANGUAGE_PLACES = ["off", "endpoint", "tab", "browser"] as const;
export type LanguagePlace = (typeof LANGUAGE_PLACES)[number];

export interface OfferedModel {
  readonly id: string;
  readonly context: TokenCount | null;
}

/** A short question to see that everything is right. */
export interface Trial {
  readonly isRunning: boolean;
  /** What came back; empty where nothing did. */
  readonly text: string;
  readonly milliseconds: Milliseconds | null;
  readonly error: ErrorData | null;
}

/** For a million tokens, in whatever currency. */
export interface TokenPrice {
  readonly in: number;
  readonly out: number;
}

export interface ShuffleTest {
  /** Of the run whose pool was shuffled. */
  readonly run: LlmRun;
  readonly done: number;
  readonly of: number;
  /** null while it goes on, and where it failed. */
  readonly bias: PositionBias | null;
  readonly error: ErrorData | null;
}

/** What outlives the page; keys only where the person says so, and apart from the rest. */
export interface LanguageSettings {
  readonly place: LanguagePlace;
  readonly chat: ChatEndpoint;
  /** Id of a model of this browser or site; null: none is chosen. */
  readonly tab: string | null;
  readonly usesRerank: boolean;
  readonly rerank: RerankEndpoint;
  readonly ranking: LlmSettings;
  readonly price: TokenPrice | null;
  readonly remembersChatKey: boolean;
  readonly remembersRerankKey: boolean;
}

export interface LanguageState extends LanguageSettings {
  readonly builtIn: "unknown" | "absent" | "downloadable" | "ready";
  /** A language model can be asked now. */
  readonly isSetUp: boolean;
  /** A rerank API can be asked now. */
  readonly isRerankSetUp: boolean;
  readonly offered: {
    readonly isAsking: boolean;
    readonly models: readonly OfferedModel[];
    readonly error: ErrorData | null;
  };
  readonly chatTrial: Trial | null;
  readonly rerankTrial: Trial | null;
  /** Runs of this visit, the newest first. */
  readonly runs: readonly LlmRun[];
  readonly shuffle: ShuffleTest | null;
}

export interface LanguageActions {
  change(settings: Partial<LanguageSettings>): void;
  /** Another address loses the key: it was given to the one before. */
  changeChat(endpoint: Partial<ChatEndpoint>): void;
  changeRerank(endpoint: Partial<RerankEndpoint>): void;
  changeRanking(settings: Partial<LlmSettings>): void;
  /** Asks the endpoint which models it has. */
  listModels(): void;
  tryChat(): void;
  tryRerank(): void;
  stopTrials(): void;
  findBuiltIn(): void;
  /** Has the pool of a run ranked again in other orders. */
  testShuffles(run: LlmRun, texts: ReadonlyMap<ChunkId, string>): void;
  stopShuffles(): void;
}

export type LanguageView = LanguageState & LanguageActions;
