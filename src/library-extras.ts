import { emptyJudgedSet, JUDGED_SET, mergeJudged } from "#core/evaluate/judge.ts";
import type { SearchSettings } from "#core/model.ts";
import type { EvaluationStore } from "#core/ports.ts";
import { questionSetsFrom } from "#storage/question-set-schema.ts";

/** What an exported library carries besides its documents: view settings, and question sets where there are any. */
export async function extrasOf(settings: SearchSettings | undefined, evaluations: EvaluationStore): Promise<unknown> {
  // The library is the backup of the documents; it must not fail because the sets cannot be read.
  const sets = await evaluations.listSets().catch(() => []);
  return sets.length === 0 ? settings : { ...settings, questionSets: sets.toReversed() };
}

/** Takes in the sets of an imported library. What is here already stays: a set of the same id, a grade of the same passage. */
export async function takeSets(extras: unknown, evaluations: EvaluationStore): Promise<number> {
  let taken = 0;
  for (const set of questionSetsFrom(extras)) {
    const own = await evaluations.getSet(set.id);
    if (set.id === JUDGED_SET) await evaluations.putSet(mergeJudged(own ?? emptyJudgedSet(set.madeAt), set));
    else if (own === undefined) await evaluations.putSet(set);
    else continue;
    taken += 1;
  }
  return taken;
}
