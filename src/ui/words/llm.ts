import type { LanguageModelPlace } from "#core/llm/port.ts";
import type { LlmCost } from "#core/rerank/llm/cost.ts";
import type { ApiSummary, LlmSummary } from "#core/rerank/llm/run.ts";
import { isListwise } from "#core/rerank/llm/settings.ts";
import type { TokenPrice } from "#state/language-view.ts";
import { count, plural } from "./numbers.ts";

/** What a run says of itself; `isWarning` where replies were not what they should be. */
export interface RunWords {
  readonly notes: readonly string[];
  readonly isWarning: boolean;
}

/** "to api.openai.com", "in this tab". */
function placeWords(place: LanguageModelPlace): string {
  if (place.kind === "endpoint") return `to ${place.host}`;
  return place.kind === "tab" ? "in this tab" : "to the browser’s own model";
}

function wentWhere(place: LanguageModelPlace, passages: number, calls: number): string {
  const many = `${plural(passages, "passage")} in ${plural(calls, "call")}`;
  if (place.kind === "endpoint") return `Sent to ${place.host}: ${many}`;
  return place.kind === "tab" ? `Nothing left this tab: ${many}` : `Read by the browser’s own model: ${many}`;
}

/** "0.0123"; empty without a price. */
function priceWords(tokensIn: number, tokensOut: number, price: TokenPrice | null): string {
  if (price === null) return "";
  const cost = (tokensIn * price.in + tokensOut * price.out) / 1_000_000;
  return cost === 0 ? "" : ` (${cost.toPrecision(2)} at your price)`;
}

export function costWords(cost: LlmCost, place: LanguageModelPlace | null, price: TokenPrice | null): string {
  const most = cost.isMost ? "at most " : "";
  const where = place === null ? "" : ` ${placeWords(place)}`;
  const tokens = `about ${count(cost.tokensIn)} tokens${where} and ${count(cost.tokensOut)} back`;
  return `${most}${plural(cost.calls, "call")}, ${tokens}${priceWords(cost.tokensIn, cost.tokensOut, price)}`;
}

export function runWords(run: LlmSummary, price: TokenPrice | null): RunWords {
  const { calls, replies, unread, identity, place, passages, tokensIn, tokensOut, estimated } = run;
  const tokens = `${estimated ? "about " : ""}${count(tokensIn)} tokens in, ${count(tokensOut)} out`;
  const notes = [`${wentWhere(place, passages, calls.done)}, ${tokens}${priceWords(tokensIn, tokensOut, price)}.`];
  const answered = calls.done - calls.failed;
  if (calls.failed > 0) notes.push(`${plural(calls.failed, "call")} failed: what it was about keeps its order.`);
  if (isListwise(run.method)) {
    const faults = [
      replies.missing > 0 ? `${count(replies.missing)} left passages out` : "",
      replies.repetition > 0 ? `${count(replies.repetition)} named some twice` : "",
      replies["wrong-format"] > unread ? `${count(replies["wrong-format"] - unread)} came in another form` : "",
      unread > 0 ? `${count(unread)} could not be read, so that the window keeps its order` : "",
    ].filter((fault) => fault !== "");
    if (faults.length > 0) {
      const rest = replies.ok > 0 ? "; the rest was as asked for" : "";
      notes.push(`Of ${plural(answered, "reply", "replies")} ${faults.join(", ")}${rest}.`);
    }
    if (identity > 0) {
      const all = identity === answered;
      notes.push(
        all
          ? "Every reply repeats the order that was shown: no signal."
          : `${plural(identity, "reply", "replies")} of ${count(answered)} repeated the order that was shown: no signal there.`,
      );
    }
  } else if (unread > 0) {
    notes.push(`${count(unread)} of ${plural(answered, "reply", "replies")} could not be read; they change nothing.`);
  }
  if (run.smallerWindow !== null) {
    notes.push(`Windows hold ${count(run.smallerWindow)} passages: more do not fit the model’s context.`);
  }
  return { notes, isWarning: calls.failed > 0 || unread > 0 };
}

export function apiWords(api: ApiSummary): RunWords {
  const notes = [`${wentWhere(api.place, api.passages, api.calls.done)}, about ${count(api.tokensIn)} tokens.`];
  if (api.missing > 0) notes.push(`${plural(api.missing, "passage")} came back without a score and keeps its order.`);
  if (api.duplicates > 0) notes.push(`${plural(api.duplicates, "passage")} came back twice: the first score counts.`);
  if (api.outOfRange > 0) notes.push(`${plural(api.outOfRange, "score")} belonged to no passage.`);
  return { notes, isWarning: api.missing + api.duplicates + api.outOfRange > 0 };
}
